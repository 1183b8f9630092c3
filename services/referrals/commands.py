"""Sending a form: a referral, directly or from a concern that was recorded before, or a notification."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from policies.permit import Permit
from policies.vocabulary import Action, Relation
from services import gate
from services.cases.store import writes
from services.clocks.rules import LONDON, london_date
from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.gate import Admission
from services.once import Intent, key_problem, once
from services.reference.designations import Designation, designation
from services.referrals import channels, notifying, stated_meetings, submission, telling, validation
from services.referrals.answering import FORM_VERSION
from services.referrals.choices import Channel
from services.referrals.draft import ReferralDraft
from services.referrals.form import queries as form
from services.referrals.submission import Received
from services.tools import Reading

ACT = Action.REFERRAL_SUBMIT
FIRST_MOMENT = datetime(2009, 4, 1, tzinfo=LONDON)  # the mechanism's first day


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A form typed here, and how it came: `received_at` only for one that came by e-mail, fax or post."""

    draft: ReferralDraft
    channel: Channel = Channel.ONLINE
    received_at: datetime | None = None
    concern: str | None = None
    expected_version: int | None = None
    meeting: UUID | None = None


async def submit(reading: Reading, key: str, sent: Submission, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Refer a person, or notify of one: the id of the case or record that was made or continued."""
    received = key_problem(key) or examine(reading, sent)
    if not isinstance(received, Received):
        return received
    act = notifying.ACT if sent.draft.is_duty_to_notify else ACT
    intent = Intent(act, key, content, (sent.concern,) if sent.concern else ())
    return await once(reading, intent, lambda: send(reading, received, sent))


def examine(reading: Reading, sent: Submission) -> Received | Invalid | Refused:
    """The form fit to be sent by this actor, or everything that is wrong with it."""
    act = notifying.ACT if sent.draft.is_duty_to_notify else ACT
    arrival = _arrival(reading, sent)
    received_at = reading.now if arrival else sent.received_at or reading.now
    day = london_date(received_at)
    wrong = [one for one in validation.check(sent.draft, day) if not stated_meetings.says_instead(sent.meeting, one)]
    problems = [*filter(None, [arrival]), *_edition(sent.draft, day), *wrong, *notifying.unkeepable(sent.draft)]
    sender = _own(reading, sent.draft, received_at)
    if isinstance(sender, Problem):
        problems.append(sender)
    if problems or isinstance(sender, Problem):
        return Invalid(tuple(problems))
    if sent.concern is None and not gate.may_begin(reading, act):
        return Refused(None, f"Your function may not send {'notifications' if act is notifying.ACT else 'referrals'}.")
    return Received(draft=sent.draft, channel=sent.channel, received_at=received_at, sender=sender)


def _edition(draft: ReferralDraft, on: date) -> Iterator[Problem]:
    """A form is that of the day on which it is received; answers to other questions are never made into its own."""
    needed = form.in_force(on)
    if draft.form_version != needed.code and form.edition(draft.form_version) is not None:
        message = f"The form of {on:%-d %B %Y} is edition {needed.code}, and this is {draft.form_version}."
        remedy = "Answer the questions of that edition in a form begun anew, or correct the day of receipt."
        yield Problem(FORM_VERSION, "edition_of_another_day", message, remedy)


def _arrival(reading: Reading, sent: Submission) -> Problem | None:
    """An online form is received now. A form on paper says when it came, which was while forms on paper counted."""
    at = sent.received_at
    if sent.channel is Channel.ONLINE:
        message = "An online referral is received at the moment it is sent."
        return Problem("receivedAt", "not_for_online", message, "Leave receivedAt empty.") if at else None
    wrong = _moment(reading, at)
    if wrong or at is None:
        return wrong
    if channels.was_open(sent.channel, london_date(at)):
        return None
    message = f"A form that came in this way on {london_date(at):%-d %B %Y} was no referral: one is sent online."
    remedy = "Leave channel and receivedAt out: the referral is received when you send it."
    return Problem("channel", "online_only", message, remedy)


def _moment(reading: Reading, at: datetime | None) -> Problem | None:
    """Why no form can have come at that moment."""
    if at is None:
        wrong = ("required", "A referral by e-mail, fax or post was received at some time.", "Say when it arrived.")
    elif at.utcoffset() is None:
        wrong = ("time_zone", "Without a time zone this could be one of many moments.", "Add +01:00, or Z for UTC.")
    elif at < FIRST_MOMENT:
        wrong = ("too_early", "There was no National Referral Mechanism then.", "Give the time at which it arrived.")
    elif at > reading.now:
        wrong = ("in_the_future", "This time has not come yet.", "Give the time at which it arrived.")
    else:
        return None
    return Problem("receivedAt", *wrong)


def _own(reading: Reading, draft: ReferralDraft, received_at: datetime) -> Designation | Problem:
    """People refer for their own agency only; forms of others come through the import."""
    found = designation(draft.organisation, london_date(received_at))
    if found is None or found.organisation.code != reading.viewer.agency_code:
        return Problem(
            "organisation",
            "not_your_agency",
            "You can send a referral for your own agency only.",
            f"Give {reading.viewer.agency_name}, if it was a first responder on that day.",
        )
    return found


async def send(reading: Reading, received: Received, sent: Submission) -> UUID | WorkProblem:
    """Store an examined form and tell everybody; inside a once-only write."""
    if sent.draft.is_duty_to_notify:
        return await _notify(reading, received, sent)
    if sent.concern is not None:
        return await _submit_from_concern(reading, received, sent.concern, sent)
    record_id = await writes.open_record(reading, "case", ACT, telling.reason(Relation.REFERRER, ACT.value))
    permit = await submission.receive(reading, received, record_id, ACT)
    return record_id if isinstance(permit, Permit) else permit


async def _notify(reading: Reading, received: Received, sent: Submission) -> UUID | WorkProblem:
    if sent.concern is not None:
        remedy = "Send it without the concern, and close that with its reason."
        return Conflict("NEVER_A_CASE", "A Duty to Notify never continues a case.", remedy)
    return await notifying.notify(reading, received)


async def _submit_from_concern(
    reading: Reading, received: Received, lookup: str, sent: Submission
) -> UUID | WorkProblem:
    looked_at = stated_meetings.looked_at(sent.draft, sent.meeting)
    concern = await submission.still_a_concern(reading, lookup, sent.expected_version or 0, looked_at)
    if concern is None:
        return NotFound()
    if isinstance(concern, Conflict):
        return concern
    stated = await stated_meetings.stated(reading, concern, sent.meeting)
    if isinstance(stated, NotFound | Conflict | Invalid):
        return stated
    asked = await gate.ask(reading, ACT, str(concern.id))
    if not isinstance(asked, Admission):
        return asked
    await writes.become(reading, asked.permit, Relation.REFERRER, telling.reason(Relation.REFERRER, ACT.value))
    continued = replace(received, concern_on=london_date(concern.opened_at), strategy_meeting=stated)
    permit = await submission.receive(reading, continued, concern.id, ACT)
    if not isinstance(permit, Permit):
        return permit
    if Relation.OPENER in permit.relations:
        await writes.end_own_involvement(reading, permit, Relation.OPENER)
    return concern.id
