"""Property tests of the clocks of meetings: what is counted is worked, and everything between is accounted for."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.cases.views import AgencyName
from services.clocks.calendar import calendar_of
from services.clocks.rules import london_date, open_clock
from services.meetings.record_out import record_out
from services.regimes import queries as regimes
from services.regimes.words import ClockName, Nation

MOMENTS = st.datetimes(datetime(2012, 1, 1), datetime(2028, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
COUNCIL = AgencyName(UUID(int=1), "council", "Council")


@given(MOMENTS, st.sampled_from(Nation))
def test_the_record_is_due_on_the_first_day_worked_after_the_meeting(ends_at: datetime, nation: Nation) -> None:
    due = record_out(nation, COUNCIL, ends_at, ends_at)
    definition = regimes.clock_definition(ClockName.STRATEGY_RECORD_OUT, london_date(ends_at), nation)
    assert definition.calendar is not None
    calendar = calendar_of(definition.calendar)
    assert due.due_on is not None
    assert calendar.why_not_worked(due.due_on) is None
    between = [due.starts_on + timedelta(days=n) for n in range(1, (due.due_on - due.starts_on).days)]
    assert all(calendar.why_not_worked(day) for day in between)


@given(MOMENTS, st.sampled_from(Nation))
def test_the_conference_is_due_on_the_fifteenth_day_worked(started_at: datetime, nation: Nation) -> None:
    definition = regimes.clock_definition(ClockName.INITIAL_CONFERENCE, london_date(started_at), nation)
    assert definition.calendar is not None
    calendar, draft = calendar_of(definition.calendar), open_clock(definition, started_at)
    days = [draft.starts_on + timedelta(days=n) for n in range(1, (draft.due_on - draft.starts_on).days + 1)]
    assert sum(calendar.why_not_worked(day) is None for day in days) == 15
    assert calendar.why_not_worked(draft.due_on) is None


def test_from_friday_12_december_2025_the_conference_is_due_on_7_january() -> None:
    definition = regimes.clock_definition(ClockName.INITIAL_CONFERENCE, date(2025, 12, 12), Nation.ENGLAND)
    assert open_clock(definition, datetime(2025, 12, 12, 23, 30, tzinfo=UTC)).due_on == date(2026, 1, 7)
