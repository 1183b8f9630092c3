"""What stands against a step, in words fit to show."""

from typing import Final

from services.errors import Conflict
from services.meetings.views import MeetingView
from services.meetings.words import MeetingState

OVER: Final = frozenset({MeetingState.CLOSED, MeetingState.CANCELLED})


def over(view: MeetingView) -> Conflict:
    """Nothing is changed in a meeting that is over."""
    words = "closed" if view.state is MeetingState.CLOSED else "cancelled"
    return Conflict(f"MEETING_{words.upper()}", f"This meeting was {words}.", "Read the meeting again.")


def moved(now: int, expected: int) -> Conflict:
    """Somebody was faster."""
    return Conflict(
        "VERSION_MOVED", f"This is at version {now} now, not {expected}.", "Read it again and go on from it."
    )
