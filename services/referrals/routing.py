"""Where a form goes, by what it says itself: its answers on receipt, and nothing that becomes known later."""

from datetime import date

from policies.vocabulary import Function, Relation
from services.outbox.kinds import NoticeKind
from services.reference import queries as reference
from services.reference.designations import Designation
from services.referrals import participants
from services.referrals.answers import ChildProtection, Identity, Immigration
from services.referrals.draft import ReferralDraft
from services.referrals.partial_dates import first_birthday
from services.referrals.participants import Body
from services.regimes import queries as regimes
from services.regimes.routing import Recorded, Route, may_be_anothers, route
from services.tools import Reading

OF_AGE = 18


async def authority(
    reading: Reading, draft: ReferralDraft, day: date, sender: Designation
) -> tuple[Route, Body | None]:
    """The row by which a form received on this London date goes to an authority that decides on that day, and it."""
    found = route(day, sender.referrer_kind, recorded(draft, day, sender.organisation.code))
    if decides := await _decider(reading, found, day):
        return found, decides
    general = regimes.competent_authority(day, sender.referrer_kind)
    return general, await _decider(reading, general, day)


async def _decider(reading: Reading, by: Route, day: date) -> Body | None:
    role, notice = Relation.DECISION_MAKER, NoticeKind.REFERRAL_RECEIVED
    return await participants.body(reading, Function.DECISION_MAKER, role, day, code=str(by.authority), notice=notice)


def is_provisional(draft: ReferralDraft, day: date, authority: Route) -> bool:
    """Whether an adult came here by a form that never asks what would lead them to another authority of that day."""
    return not draft.acts_as_child and may_be_anothers(day, authority.authority)


def recorded(draft: ReferralDraft, day: date, sender: str) -> Recorded:
    """What a route may look at."""
    named = draft.of(ChildProtection).local_authority
    council = reference.entry("local_authorities", named) if named else None
    birth = draft.of(Identity).date_of_birth
    return Recorded(
        acts_as_child=draft.acts_as_child,
        circumstances=frozenset(draft.of(Immigration).circumstances or ()),
        police_force=participants.force_of(day, (draft.current_town, draft.current_region), sender),
        local_authority=council.code if council else None,
        turns_18_on=first_birthday(OF_AGE, birth) if birth else None,
    )
