"""Opening a case at the first concern: no authority, no clock, not counted; children's services know at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from policies.permit import Permit
from policies.vocabulary import Action, Relation
from services import gate
from services.cases.store import writes
from services.cases.store.writes import Clock, Reason
from services.cases.views import Stage
from services.clocks.rules import london_date
from services.errors import Invalid, Problem, Refused, WorkProblem
from services.gate import Admission
from services.once import Intent, key_problem, once
from services.outbox.kinds import NoticeKind
from services.reference import queries as reference
from services.referrals import participants, recording, telling
from services.referrals.choices import Consent, ReferralKind
from services.referrals.draft import ReferralDraft
from services.referrals.draft_concern import ConcernDraft
from services.referrals.limits import check_values
from services.referrals.participants import Participants
from services.referrals.recording import Facts
from services.tools import Reading

WHY = Reason(
    "Record a concern that a person may be a victim of modern slavery", "Public task (UK GDPR Art 6(1)(e))", "case.open"
)


async def open_concern(
    reading: Reading, key: str, draft: ConcernDraft, content: Mapping[str, Any]
) -> UUID | WorkProblem:
    """Record a concern with whatever is known; the id of the new case."""
    problem = key_problem(key) or _check(reading, draft)
    if problem:
        return problem
    if not gate.may_begin(reading, Action.CASE_OPEN):
        return Refused(None, "Your function may not record concerns here.")
    return await once(reading, Intent(Action.CASE_OPEN, key, content), lambda: _open(reading, draft))


def _check(reading: Reading, draft: ConcernDraft) -> Invalid | None:
    day = london_date(reading.now)
    problems = list(check_values(_as_form(reading, draft), day))
    if draft.local_authority and reference.entry("local_authorities", draft.local_authority, day) is None:
        problems.append(
            Problem(
                "localAuthority",
                "not_in_list",
                "The list 'local_authorities' has no such name on this date.",
                "Choose a name from the list 'local_authorities', or leave it empty.",
            )
        )
    return Invalid(tuple(problems)) if problems else None


def _as_form(reading: Reading, draft: ConcernDraft) -> ReferralDraft:
    """The same answers as a form has them, so that both are held to the same limits and lists."""
    return ReferralDraft(
        kind=ReferralKind.NRM,
        external_id="concern",
        form_version="concern",
        organisation=reading.viewer.agency_name,
        nation=draft.nation,
        age=draft.age,
        current_town=draft.current_town,
        current_region=draft.current_region,
        consent=Consent.NOT_ASKED,
        answers=draft.answers,
    )


async def _open(reading: Reading, draft: ConcernDraft) -> UUID | WorkProblem:
    facts = Facts(
        age=draft.age,
        nation=draft.nation.value,
        current_town=draft.current_town,
        current_region=draft.current_region,
        stage=Stage.CONCERN,
    )
    record_id = await writes.open_record(reading, "case", Action.CASE_OPEN, WHY)
    written = recording.groups_written(draft.answers, facts)
    admission = await gate.ask(reading, Action.CASE_OPEN, str(record_id), written)
    if not isinstance(admission, Admission):
        return admission
    permit, day = admission.permit, london_date(reading.now)
    await recording.record(reading, permit, draft.answers, facts, day, is_first=True)
    await writes.start_clock(reading, permit, _until_referred(reading))
    if draft.acts_as_child:
        await _tell_childrens_services(reading, permit, draft)
    return record_id


def _until_referred(reading: Reading) -> Clock:
    """A concern waits for its opener to refer or close it; no rule gives that a date."""
    return Clock(
        kind="referral_or_closure",
        form="open",
        awaits="referral_or_closure",
        awaits_agency=reading.actor.agency_id,
        starts_on=london_date(reading.now),
        due_on=None,
        proof={"event": "concern recorded"},
        regime_row=None,
    )


async def _tell_childrens_services(reading: Reading, permit: Permit, draft: ConcernDraft) -> None:
    """Whoever may be a child: the authority named, or a task to find one (Children Act 1989 s47)."""
    found = Participants()
    own = reading.viewer.agency_code
    day, notice = london_date(reading.now), NoticeKind.CHILD_CONCERN
    found.add(
        await participants.childrens_services(reading, day, draft.local_authority, own, notice),
        NoticeKind.FIND_CHILDRENS_SERVICES,
    )
    await telling.involve(reading, permit, found, telling.own_body(reading, Relation.OPENER))
