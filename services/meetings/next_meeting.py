"""By when the next meeting about a child is to be held: the day that this meeting set, until another was held. Pure."""

from collections.abc import Iterable
from datetime import date, datetime

from services.cases.views import AgencyName, ClockView
from services.clocks.rules import days_left, london_date
from services.errors import Invalid, Problem
from services.meetings.content import Content, NextMeeting
from services.meetings.views import EntryView
from services.regimes.words import ClockKind

KIND = "next_strategy_meeting"


def next_meeting(
    entries: Iterable[EntryView], authority: AgencyName, held_at: datetime, now: datetime
) -> ClockView | None:
    """The clock of the newest day that was set and stands; None: none was. No row of law counts it, so it has no proof
    but the words that were written down with the day."""
    days = [one.content for one in entries if isinstance(one.content, NextMeeting) and not one.is_withdrawn]
    if not days:
        return None
    due_on = days[-1].held_by
    return ClockView(
        kind=KIND,
        form=ClockKind.TARGET.value,
        awaits="strategy_meeting",
        awaits_agency=authority,
        starts_on=london_date(held_at),
        due_on=due_on,
        days_left=days_left(due_on, london_date(now)),
        proof={},
        regime_row=None,
    )


def day_problem(path: str, said: Content, this_one: date) -> Invalid | None:
    """The next meeting is not before this one."""
    if not isinstance(said, NextMeeting) or said.held_by >= this_one:
        return None
    words, remedy = "The next meeting would be before this one.", f"Give {this_one:%-d %B %Y} or a later day."
    return Invalid((Problem(f"{path}.heldBy", "before_this_meeting", words, remedy),))
