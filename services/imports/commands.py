"""Taking in one submission message of the public form: a case, or a Duty to Notify record, or nothing and why."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from policies.permit import Permit
from policies.vocabulary import Action, Relation
from services import gate
from services.cases.store import writes
from services.cases.store.writes import Reason
from services.clocks.rules import london_date
from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.imports import message as messages
from services.imports import store
from services.once import Intent, once
from services.reference.designations import designation
from services.referrals import store as referrals
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
    if received_at > reading.now:
        return Invalid(
            (Problem("--received-at", "in_the_future", "This time has not come yet.", "Give when it came."),)
        )
    draft = messages.examine(message, london_date(received_at))
    if isinstance(draft, list):
        return Invalid(tuple(draft))
    act = Action.DUTY_TO_NOTIFY_IMPORT if draft.is_duty_to_notify else Action.REFERRAL_IMPORT
    if not gate.may_begin(reading, act):
        return Refused(None, "This session may not import messages.")
    known = await referrals.sent_before(reading, draft.external_id)
    if known is not None:
        return Imported(known, draft.kind.value, is_new=False)
    sender = designation(draft.organisation, london_date(received_at))
    if sender is None:
        raise LookupError("a form passed its checks without a designated sender")
    received = Received(draft=draft, channel=arrival.channel, received_at=received_at, sender=sender)
    outcome = await once(reading, _intent(act, draft), lambda: _take_in(reading, received, act, arrival.case))
    if not isinstance(outcome, UUID):
        return outcome
    return Imported(await store.reference_of(reading, draft.external_id), draft.kind.value, is_new=True)


def _intent(act: Action, draft: ReferralDraft) -> Intent:
    return Intent(act, f"message:{draft.external_id}", {"external_id": draft.external_id})


async def _take_in(reading: Reading, received: Received, act: Action, case: str | None) -> UUID | WorkProblem:
    if received.draft.is_duty_to_notify:
        if case is not None:
            return Conflict("NEVER_A_CASE", "A Duty to Notify message never joins a case.", "Import it without --case.")
        return await _notification(reading, received, act)
    reason = Reason("Take in a referral sent through the public form", BASIS, act.value)
    record_id = await store.join_concern(reading, case, reason) if case else None
    if case and record_id is None:
        return NotFound()
    record_id = record_id or await writes.open_record(reading, "case", act, reason)
    permit = await submission.receive(reading, received, record_id, act)
    return await _leave(reading, permit, record_id)


async def _notification(reading: Reading, received: Received, act: Action) -> UUID | WorkProblem:
    reason = Reason("Take in a notification sent through the public form", BASIS, act.value)
    record_id = await writes.open_record(reading, "duty_to_notify", act, reason)
    permit = await submission.receive_notification(reading, received, record_id, act)
    return await _leave(reading, permit, record_id)


async def _leave(reading: Reading, permit: Permit | WorkProblem, record_id: UUID) -> UUID | WorkProblem:
    """The import has no business with the record once it is in."""
    if not isinstance(permit, Permit):
        return permit
    await writes.end_own_involvement(reading, permit, Relation.IMPORTER)
    return record_id
