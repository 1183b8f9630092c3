"""What a child's referral says of a strategy meeting: by naming one held on this platform, or in its own answers."""

from typing import Final
from uuid import UUID

from policies.vocabulary import DataGroup
from services.cases.views import RecordView
from services.errors import Conflict, Invalid, NotFound, Problem
from services.meetings import queries as meetings
from services.meetings.statement import Statement, statement
from services.meetings.words import MeetingState
from services.referrals.draft import ReferralDraft
from services.referrals.paths import Place, path_of
from services.referrals.values import value_at
from services.tools import Reading

TYPE: Final = Place("child_protection", "strategy_meeting_type")
SAID: Final = frozenset(
    path_of(Place("child_protection", f"strategy_meeting_{name}"))
    for name in ("type", "date", "professions", "all_agreed")
)
HELD: Final = frozenset({MeetingState.OPEN, MeetingState.CLOSED})
UNNAMED: Final = Problem(
    "fromConcern.meetingId",
    "required",
    "A strategy meeting about this child was held and is recorded on this concern.",
    "Name it; or say of another one its type, date, professions and whether everybody agreed.",
)


def says_instead(meeting: UUID | None, problem: Problem) -> bool:
    """Whether a meeting that is named says what the form would have to say otherwise."""
    return meeting is not None and problem.code == "required" and problem.path in SAID


def looked_at(draft: ReferralDraft, meeting: UUID | None) -> tuple[DataGroup, ...]:
    """What has to be looked at on a concern about a child of which the form says no meeting."""
    is_silent = draft.acts_as_child and meeting is None and not value_at(draft, TYPE)
    return (DataGroup.STRATEGY_MINUTES,) if is_silent else ()


async def stated(
    reading: Reading, concern: RecordView, meeting: UUID | None
) -> Statement | NotFound | Conflict | Invalid | None:
    """The meeting that is named, which its sender must be able to read; Invalid: one was held and none is."""
    if meeting is not None:
        return await _stated(reading, concern.id, meeting)
    lines = concern.meetings if isinstance(concern.meetings, tuple) else ()
    for line in lines:
        if line.state in HELD and isinstance(await _stated(reading, concern.id, line.id), Statement):
            return Invalid((UNNAMED,))
    return None


async def _stated(reading: Reading, concern: UUID, meeting: UUID) -> Statement | NotFound | Conflict:
    """What the referral states of a meeting about this child, which its sender must be able to read."""
    view = await meetings.one(reading, meeting)
    if view is None or view.record_id != concern:
        return NotFound()
    remedy = "Open the meeting and record it, or leave it out."
    return statement(view) or Conflict("MEETING_NOT_HELD", "This meeting was not held yet.", remedy)
