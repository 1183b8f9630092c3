"""What may be kept of a Duty to Notify form without cooperation: no identity, no contact, no free text,
and no town beside an answer that few give."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

from services.referrals.answers import Account, Answers
from services.referrals.content import value_types
from services.referrals.draft import ReferralDraft
from services.referrals.listed import LISTED
from services.referrals.paths import Place, path_of
from services.referrals.rarity import UNKNOWN, rare_beside_a_town
from services.referrals.values import answered

IDENTIFYING = ("identity", "contact", "immigration", "evidence", "child_protection", "support_plan")
"""Groups that name the adult, or that only someone who can be named is asked about."""

TOWNS = Place("account", "uk_towns")
"""Where somebody was exploited: beside a rare answer it could point to one person."""

OF_THE_REFERRER = frozenset(
    Place("referrer", name) for name in ("first_name", "last_name", "role", "email", "phone", "alternative_email")
)
"""What the first responder says of themselves. How they asked for consent says something of the adult."""


class UnscreenedError(RuntimeError):
    """A record without a name was about to get one: a fault, and nothing may be stored."""


def require_screened(draft: ReferralDraft) -> None:
    """The last look before storing: field by field, whatever the screening did or was forgotten to do."""
    if not draft.is_anonymous:
        return
    kept = [
        path_of(place) for place, kind, _ in answered(draft) if place.group in IDENTIFYING or is_free_text(place, kind)
    ]
    if rare_beside_a_town(draft):
        kept.append(path_of(TOWNS))
    if kept:
        raise UnscreenedError(f"an adult who does not cooperate would be described in {', '.join(kept)}")


def screened(draft: ReferralDraft) -> ReferralDraft:
    """The draft fit to be stored. Only an anonymous one changes: nobody has read its texts for names yet."""
    if not draft.is_anonymous:
        return draft
    kept = replace(draft, answers=_unidentifying(draft.answers))
    return _without_towns(kept) if rare_beside_a_town(kept) else kept


def _without_towns(draft: ReferralDraft) -> ReferralDraft:
    account = replace(draft.of(Account), uk_towns=(UNKNOWN,))
    return replace(draft, answers={**draft.answers, TOWNS.group: account})


def is_free_text(place: Place, kind: Any) -> bool:
    """Whether someone typed this. The referrer's own name and number are not about the adult."""
    return place not in OF_THE_REFERRER and place not in LISTED and (kind is str or str in get_args(kind))


def _unidentifying(answers: Mapping[str, Answers]) -> dict[str, Answers]:
    kept = {group: _without_free_text(group, one) for group, one in answers.items() if group not in IDENTIFYING}
    return {group: one for group, one in kept.items() if one != type(one)()}


def _without_free_text(group: str, answers: Answers) -> Answers:
    typed = [name for name, kind in value_types(type(answers)).items() if is_free_text(Place(group, name), kind)]
    blank: dict[str, Any] = dict.fromkeys(typed)
    return replace(answers, **blank)
