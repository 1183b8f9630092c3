"""What a meeting still needs before its chair can close it, and who dissents from a passage. Pure."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from policies.vocabulary import Function
from services.errors import Problem
from services.meetings.content import Attendance, Decision, Position, Referral
from services.meetings.views import EntryView, MeetingView
from services.meetings.words import Presence, SignOffAnswer


def missing(view: MeetingView, today: date) -> Iterator[Problem]:
    """Each thing that is missing by name, from the open part alone: nothing hidden can stand in the way of closing."""
    standing = [one for one in view.entries if not one.is_withdrawn and one.part == view.open_part]
    attended = [one.content for one in standing if isinstance(one.content, Attendance)]
    if not any(one.is_chair and one.presence is Presence.PRESENT for one in attended):
        yield _missing("no_chair", "Nobody chaired.", "Record who chaired among those present.")
    if not any(isinstance(one.content, Decision) for one in standing):
        yield _missing("no_decision", "Nothing was decided.", "Record at least one decision.")
    for one in standing:
        if isinstance(one.content, Decision | Referral) and not _is_judged(one, one.content):
            words = "A decision has neither its quorum nor the reason why it was made without."
            yield _missing(
                "no_quorum_statement", words, "Correct the attendances, or give the decision its reason and day."
            )
    if view.signing.sent_out is None:
        yield _missing("not_sent_out", "The minutes were not sent out to be signed off.", "Send them out.")
    elif today <= view.signing.sent_out.due_on and view.signing.awaited:
        words = f"Not signed off yet: {', '.join(view.signing.awaited)}."
        yield _missing("not_signed_off", words, f"Wait for them, or until after {view.signing.sent_out.due_on}.")


def quorum_statement(view: MeetingView) -> list[dict[str, object]]:
    """How each decision is judged on the day of closing."""
    return [
        {
            "entry": str(one.id),
            "is_quorate": one.judgement.is_quorate,
            "missing": [profession.value for profession in one.judgement.missing],
            "row": one.judgement.row,
        }
        for one in view.entries
        if one.judgement is not None
    ]


def dissents(view: MeetingView, entry: UUID, who: tuple[UUID, Function]) -> bool:
    """Whether this agency said at the meeting or at sign-off that it does not agree with the passage."""
    at_sign_off = any(
        one.entry == entry and one.answer is SignOffAnswer.DISPUTED and (one.agency.id, one.function) == who
        for one in view.signing.sign_offs
        if one.agency is not None
    )
    positions = [one.content for one in view.entries if isinstance(one.content, Position) and not one.is_withdrawn]
    return at_sign_off or any(
        one.on == entry and not one.agrees and (one.body.agency, one.body.function) == who for one in positions
    )


def _is_judged(entry: EntryView, said: Decision | Referral) -> bool:
    if entry.judgement is None:
        return False
    return entry.judgement.is_quorate or bool(said.inquorate_because and said.follow_up_on)


def _missing(code: str, message: str, remedy: str) -> Problem:
    return Problem("meetingId", code, message, remedy)
