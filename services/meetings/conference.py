"""The initial child protection conference: due from the discussion that first started section 47 enquiries, and from no
later one. A decision that is corrected or withdrawn corrects the clock."""

from datetime import UTC, datetime

from policies.permit import Permit
from policies.vocabulary import DataGroup
from services.cases.store import writes
from services.cases.store.writes import Clock
from services.clocks.rules import london_date, open_clock
from services.meetings.content import Content, Decision
from services.meetings.store import section_47
from services.regimes import queries as regimes
from services.regimes.words import ClockName, Nation
from services.tools import Reading

KIND = ClockName.INITIAL_CONFERENCE.value
GROUPS = frozenset({DataGroup.CLOCKS})


def concerns(said: Content) -> bool:
    """Whether writing this may start, move or end the clock: any decision may, when it takes another one's place."""
    return isinstance(said, Decision)


async def count(reading: Reading, permit: Permit, nation: Nation) -> None:
    """Let the case wait for the conference from the first discussion that started enquiries, as they now stand."""
    started_at = await section_47.started_at(reading, permit)
    counted_from = await section_47.counted_from(reading, permit, KIND)
    if started_at == counted_from:
        return
    if counted_from is not None:
        await writes.end_clocks(reading, permit, KIND)
    if started_at is not None:
        await writes.start_clock(reading, permit, _clock(reading, nation, started_at))


def _clock(reading: Reading, nation: Nation, started_at: datetime) -> Clock:
    definition = regimes.clock_definition(KIND, london_date(started_at), nation)
    draft = open_clock(definition, started_at.astimezone(UTC))
    return Clock(
        kind=KIND,
        form=draft.kind.value,
        awaits="initial_child_protection_conference",
        awaits_agency=reading.actor.agency_id,
        starts_on=draft.starts_on,
        due_on=draft.due_on,
        proof=draft.proof,
        regime_row=draft.row,
    )
