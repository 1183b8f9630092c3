"""What follows from a decision on the day it is issued: its reasons, the stage, and the clocks of that day's regime."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final
from uuid import UUID

from policies.permit import Permit
from policies.vocabulary import Action, DataGroup
from services.cases.store import writes
from services.cases.store.writes import Clock, Content, Fact
from services.cases.views import ProposalView, RecordView, Stage
from services.clocks.rules import london_date, open_clock
from services.decisions import steps_store, store
from services.decisions.choices import DecisionOutcome
from services.decisions.draft import REVOKED
from services.decisions.step_words import StepKind
from services.letters import store as letters
from services.letters.words import Matter
from services.regimes import queries as regimes
from services.regimes.row_types import ClockDefinition
from services.regimes.words import ClockName, DecisionKind
from services.tools import Reading

WRITTEN: Final = frozenset({DataGroup.CORE, DataGroup.CLOCKS, DataGroup.DECISIONS, DataGroup.DECISION_REASONS})
Issued = tuple[DecisionKind, DecisionOutcome]

RG, CG = DecisionKind.REASONABLE_GROUNDS, DecisionKind.CONCLUSIVE_GROUNDS
POSITIVE, NEGATIVE = DecisionOutcome.POSITIVE, DecisionOutcome.NEGATIVE
CLOCKS: Final[dict[Issued, tuple[tuple[ClockName, str], ...]]] = {
    (RG, POSITIVE): (
        (ClockName.RECOVERY_PERIOD, "conclusive_grounds_decision"),
        (ClockName.SUPPORT_PERIOD, "end_of_support"),
        (ClockName.PROGRESS_REVIEW, "progress_review"),
    ),
    (RG, NEGATIVE): ((ClockName.RECONSIDERATION, "reconsideration_request"),),
    (CG, POSITIVE): ((ClockName.MOVE_ON_AFTER_POSITIVE, "end_of_support"),),
    (CG, NEGATIVE): (
        (ClockName.RECONSIDERATION, "reconsideration_request"),
        (ClockName.MOVE_ON_AFTER_NEGATIVE, "end_of_support"),
    ),
}
"""What a case waits for after a decision; the rows of the day say for how long, and whether at all."""
OWED: Final = "conclusive_grounds"
COVERED_BEFORE: Final = "All that is told happened before an earlier positive decision."
ENDED: Final[frozenset[str]] = frozenset(
    {ClockName.REASONABLE_GROUNDS, ClockName.FURTHER_RECOVERY_PERIOD}
    | {OWED, "referral_completion", "reconsideration_answer", "decision_anew"}
    | {name for started in CLOCKS.values() for name, _ in started}
)
"""What a decision answers; child protection goes on beside it with clocks of its own."""


async def issue(
    reading: Reading, case: RecordView, permit: Permit, proposal: ProposalView, earlier_on: date | None
) -> UUID | None:
    """Make the decision and everything that hangs on its day; None: somebody answered the proposal before."""
    today = london_date(reading.now)
    made = DecisionKind(proposal.kind), DecisionOutcome(proposal.outcome)
    test = regimes.decision_test(made[0], today)
    decision = await store.issue(reading, case.id, proposal.id, test.row)
    if decision is None:
        return None
    kept = reason_keys(case)
    said = {name: part for name, part in proposal.content.items() if name != "panel"}  # who sat there stays inside
    reasons = {_key(made[0], kept): {"decision": str(decision), "test": test.wording, **said}}
    await writes.record_groups(reading, permit, [Content(DataGroup.DECISION_REASONS, reasons, kept=kept)])
    stage = Stage.AWAITING_CONCLUSIVE_GROUNDS if made == (RG, POSITIVE) else Stage.DECIDED
    await writes.add_facts(reading, permit, [Fact(DataGroup.CORE, "stage", stage.value)], today)
    stays = made == (RG, POSITIVE)  # whoever is in the mechanism goes on by their own word from 18
    await writes.end_clocks(reading, permit, *sorted(ENDED if stays else ENDED | {ClockName.CONSENT_AT_18}))
    started = list(clocks(reading, case, made, today))
    if earlier_on is not None:
        said = {"decision": decision, "earlier_on": earlier_on, "words": COVERED_BEFORE}
        await steps_store.take(reading, permit, Action.DECISION_ISSUE, StepKind.COVERED_BEFORE, said)
        started = [clock for clock in started if not hangs_on_recovery(clock)] + [_without_a_period(reading, today)]
    for clock in started:
        await writes.start_clock(reading, permit, clock)
    matter = Matter.REASONABLE_GROUNDS_POSITIVE_AGAIN if earlier_on else Matter(f"{made[0]}_{made[1]}")
    await letters.write(reading, case.id, matter, last_day(started))
    return case.id


def last_day(started: Iterable[Clock]) -> date | None:
    """Until when somebody recovers at least, or may ask for a reconsideration: a letter says so; None: no such day."""
    named = (ClockName.RECOVERY_PERIOD, ClockName.RECONSIDERATION)
    return next((clock.due_on for clock in started if clock.kind in named), None)


def hangs_on_recovery(clock: Clock) -> bool:
    """Whether it is the recovery period, or lasts as long as that by its row."""
    row = regimes.clock_row(clock.regime_row) if clock.regime_row else None
    is_recovery = clock.kind == ClockName.RECOVERY_PERIOD
    return is_recovery or (row is not None and row.extends_with == ClockName.RECOVERY_PERIOD)


def _without_a_period(reading: Reading, today: date) -> Clock:
    """The conclusive decision is owed as soon as it can be made: no minimum stands before it."""
    return Clock(
        kind=OWED,
        form="open",
        awaits="conclusive_grounds_decision",
        awaits_agency=reading.actor.agency_id,
        starts_on=today,
        due_on=None,
        proof={},
        regime_row=None,
    )


def reason_keys(case: RecordView) -> list[str]:
    """Under which keys reasons stand: a kind, `kind:2` where it was decided anew, `revoked:` and a decision's id."""
    keys: list[str] = []
    for each in case.decisions if isinstance(case.decisions, tuple) else ():
        keys.append(_key(DecisionKind(each.kind), keys))
    taken_back = [step.content["decision"] for step in case.steps if step.kind == StepKind.REVOKED and step.content]
    return keys + [f"{REVOKED}{decision}" for decision in taken_back]


def _key(kind: DecisionKind, keys: list[str]) -> str:
    before = sum(key.partition(":")[0] == kind for key in keys)
    return f"{kind.value}:{before + 1}" if before else kind.value


def clocks(reading: Reading, case: RecordView, issued: Issued, today: date) -> Iterator[Clock]:
    """The clocks that this decision starts in this case's nation, by the rows of the day."""
    if case.nation is None:
        raise LookupError("a decision on a case that was never referred")
    for name, awaits in CLOCKS[issued]:
        definition = regimes.clock_definition_if_any(name, today, case.nation)
        if definition is None:
            continue
        yield counted(reading, definition, awaits, reading.now)


def counted(reading: Reading, definition: ClockDefinition, awaits: str, event_at: datetime) -> Clock:
    """A clock by its row, beginning with this instant; the actor's authority is waited for."""
    opened = open_clock(definition, event_at)
    return Clock(
        kind=opened.clock.value,
        form=opened.kind.value,
        awaits=awaits,
        awaits_agency=reading.actor.agency_id,
        starts_on=opened.starts_on,
        due_on=opened.due_on,
        proof=opened.proof,
        regime_row=opened.row,
    )
