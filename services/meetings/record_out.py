"""Until when the record of a meeting has to be with everybody who was invited, with its proof. Pure."""

from datetime import datetime

from services.cases.views import AgencyName, ClockView
from services.clocks.rules import days_left, london_date, open_clock
from services.regimes import queries as regimes
from services.regimes.words import ClockName, Nation


def record_out(nation: Nation, authority: AgencyName, ends_at: datetime, now: datetime) -> ClockView:
    """Counted from the end of the meeting, in the working days of its nation."""
    definition = regimes.clock_definition(ClockName.STRATEGY_RECORD_OUT, london_date(ends_at), nation)
    draft = open_clock(definition, ends_at)
    return ClockView(
        kind=draft.clock.value,
        form=draft.kind.value,
        awaits="strategy_record_out",
        awaits_agency=authority,
        starts_on=draft.starts_on,
        due_on=draft.due_on,
        days_left=days_left(draft.due_on, london_date(now)),
        proof=draft.proof,
        regime_row=draft.row,
    )
