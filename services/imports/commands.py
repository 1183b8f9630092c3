"""Taking in one submission message of the public form: a case, or a Duty to Notify record, or nothing and why."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from policies.permit import Permit
from policies.vocabulary import Action, Relation
from services import gate
from services.agencies.directory import BEGINNING
from services.cases import queries as cases
from services.cases.store import writes
from services.cases.store.writes import Reason
from services.cases.views import Stage
from services.clocks.rules import london_date
from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.imports import message as messages
from services.imports import store
from services.once import Intent, once
from services.reference.designations import designation
from services.referrals import submission
from services.referrals.choices import Channel
from services.referrals.draft import ReferralDraft
from services.referrals.submission import Received
from services.tools import Reading

BASIS = "Public task (UK GDPR Art 6(1)(e))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What the message itself cannot say: how it came, when, and to which concern it belongs."""

    channel: Channel = Channel.ONLINE
    received_at: datetime | None = None
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a message; `is_new` is false for one that was taken in before."""

    reference: str
    kind: str
    is_new: bool


async def import_message(reading: Reading, message: object, arrival: Arrival) -> Imported | WorkProblem:
    """Take in one message whole, or refuse it whole with everything that is wrong; a repeat changes nothing."""
    received_at = arrival.received_at or reading.now
    wrong = _wrong_time(reading, received_at)
    if wrong is not None:
        return Invalid((wrong,))
    draft = messages.examine(message, london_date(received_at))
    if isinstance(draft, list):
        return Invalid(tuple(draft))
    act = Action.DUTY_TO_NOTIFY_IMPORT if draft.is_duty_to_notify else Action.REFERRAL_IMPORT
    if not gate.may_begin(reading, act):
        return Refused(None, "This session may not import messages.")
    sender = designation(draft.organisation, london_date(received_at))
    if sender is None:
        raise LookupError("a form passed its checks without a designated sender")
    code = sender.organisation.code
    may_import, known = await store.arriving(reading, code, draft.external_id)
    if not may_import:
        return Invalid((_of_somebody_else(),))
    if known is not None:
        return Imported(known, draft.kind.value, is_new=False)
    received = Received(draft=draft, channel=arrival.channel, received_at=received_at, sender=sender)
    intent = _intent(act, draft, arrival.case)
    outcome = await once(reading, intent, lambda: _take_in(reading, received, act, arrival.case))
    if not isinstance(outcome, UUID):
        return outcome
    return Imported(await store.reference_of(reading, code, draft.external_id), draft.kind.value, is_new=True)


def _of_somebody_else() -> Problem:
    message = "This form was sent by another organisation than yours."
    return Problem("Agent.Organisation", "not_your_agency", message, "Send the forms of your own agency only.")


def _wrong_time(reading: Reading, received_at: datetime) -> Problem | None:
    if received_at > reading.now:
        return Problem("--received-at", "in_the_future", "This time has not come yet.", "Give when it came.")
    if london_date(received_at) < BEGINNING:
        message = f"The National Referral Mechanism began on {BEGINNING.isoformat()}."
        return Problem("--received-at", "before_the_mechanism", message, "Give when it came.")
    return None


def _intent(act: Action, draft: ReferralDraft, case: str | None) -> Intent:
    lookups = () if case is None else (case,)
    return Intent(act, f"message:{draft.external_id}", {"external_id": draft.external_id}, lookups)


async def _take_in(reading: Reading, received: Received, act: Action, case: str | None) -> UUID | WorkProblem:
    if received.draft.is_duty_to_notify and case is not None:
        return Conflict("NEVER_A_CASE", "A Duty to Notify message never joins a case.", "Import it without --case.")
    if received.draft.is_duty_to_notify:
        reason = Reason("Take in a notification sent through the public form", BASIS, act.value)
        record_id = await writes.open_record(reading, "duty_to_notify", act, reason)
        return await _leave(reading, await submission.receive_notification(reading, received, record_id, act))
    reason = Reason("Take in a referral sent through the public form", BASIS, act.value)
    if case is not None:
        return await _continue(reading, received, act, case, reason)
    record_id = await writes.open_record(reading, "case", act, reason)
    return await _leave(reading, await submission.receive(reading, received, record_id, act))


async def _continue(reading: Reading, received: Received, act: Action, case: str, reason: Reason) -> UUID | WorkProblem:
    """Refer the person of a concern that somebody recorded before."""
    record_id = await store.join_concern(reading, case, reason)
    concern = await cases.one(reading, str(record_id), ()) if record_id else None
    if record_id is None or concern is None:
        return NotFound()
    if concern.stage is not Stage.CONCERN:
        remedy = "Import it without --case, and a new case is made."
        return Conflict("NOT_A_CONCERN", "This concern was closed before.", remedy)
    continued = replace(received, concern_on=london_date(concern.opened_at))
    return await _leave(reading, await submission.receive(reading, continued, record_id, act))


async def _leave(reading: Reading, permit: Permit | WorkProblem) -> UUID | WorkProblem:
    """The import has no business with the record once it is in."""
    if not isinstance(permit, Permit):
        return permit
    await writes.end_own_involvement(reading, permit, Relation.IMPORTER)
    return permit.record_id
