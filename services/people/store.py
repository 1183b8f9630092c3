"""SQL of people administration; the gatekeeper's functions judge, write and record everything."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import RowMapping, text

from services.tools import Reading, Tools

PROPOSE = text("SELECT id, problem FROM propose(:act, :agency, CAST(:content AS jsonb), :reason)")
DECIDE = text("SELECT id, problem FROM decide_proposal(:proposal, :outcome, :reason)")
ADMINISTER = text("SELECT id, problem FROM administer(:act, :agency, CAST(:content AS jsonb), :reason)")
REFUSE = text("SELECT refuse_administration(:act, :subject, :code)")
ACT_AS = text("SELECT act_as(:function) AS problem")
ACTING = text("SELECT my_function() AS function, my_access_level() AS access_level")
STANDING = text("SELECT function, access_level, valid_from, valid_until, missing FROM my_standing()")
TRAINING = text("SELECT kind, completed_on, expires_on FROM my_training()")
PEOPLE = text("SELECT id, name, provider, subject, state FROM administered_people(:after_name, :after_id, :first)")
TEAMS = text("SELECT id, name, function, is_intake, people, waits_for_nobody FROM administered_teams()")
FUNCTIONS_ON = text("SELECT * FROM functions_on(:day, :member)")
PROPOSALS = text("SELECT * FROM administrative_proposals(:only_open, :before_at, :before_id, :first)")
PROPOSAL = text("SELECT * FROM administrative_proposal_of(:proposal)")
LEDGER = text("SELECT * FROM administrative_ledger(CAST(:before AS uuid), :first)")
CARRY_OUT = text("SELECT carry_out_next_end() AS was_due")
LEAVE_EMPTY_TEAM = text("SELECT leave_next_empty_team() AS was_due")
ENTERED_ROWS = text("SELECT entered_regime_rows() AS rows")
ROWS_IN_SIGHT = text("SELECT * FROM regime_rows_in_sight()")
Answer = tuple[UUID | None, str | None]


async def propose(
    reading: Reading, act: str, agency: UUID | None, content: Mapping[str, object], reason: str
) -> Answer:
    """Keep a proposal; its id, or what stands against it."""
    return _answer(await reading.row(PROPOSE, act=act, agency=agency, content=_json(content), reason=reason))


async def decide(reading: Reading, proposal: UUID, outcome: str, reason: str) -> Answer:
    """Decide on a proposal and, when it is approved, do what it says."""
    return _answer(await reading.row(DECIDE, proposal=proposal, outcome=outcome, reason=reason))


async def administer(
    reading: Reading, act: str, agency: UUID | None, content: Mapping[str, object], reason: str
) -> Answer:
    """Do one administrator's own act."""
    return _answer(await reading.row(ADMINISTER, act=act, agency=agency, content=_json(content), reason=reason))


async def refuse(reading: Reading, act: str, subject: UUID | None, code: str) -> None:
    """Write the line of an act that was refused."""
    await reading.run(REFUSE, act=act, subject=subject, code=code)


async def act_as(reading: Reading, function: str) -> str | None:
    """Move the session to another function; what stands against it."""
    row = await reading.row(ACT_AS, function=function)
    return row["problem"] if row else None


async def acting(reading: Reading) -> RowMapping:
    """The function and level that the session has now."""
    row = await reading.row(ACTING)
    if row is None:
        raise RuntimeError("a SELECT without FROM gives one row")
    return row


async def standing(reading: Reading) -> Sequence[RowMapping]:
    """Every function of the person or the agency, and what is missing."""
    return await reading.rows(STANDING)


async def my_training(reading: Reading) -> Sequence[RowMapping]:
    """The signed-in person's own training."""
    return await reading.rows(TRAINING)


async def people(reading: Reading, after: tuple[str, UUID], first: int) -> Sequence[RowMapping]:
    """The agency's people by name."""
    return await reading.rows(PEOPLE, after_name=after[0], after_id=after[1], first=first)


async def teams(reading: Reading) -> Sequence[RowMapping]:
    """Every team of the agency; none for whoever may not read them. Written to the ledger."""
    return await reading.rows(TEAMS)


async def functions_on(reading: Reading, day: date, member: UUID | None) -> Sequence[RowMapping]:
    """Who had which function on a day."""
    return await reading.rows(FUNCTIONS_ON, day=day, member=member)


async def proposals(
    reading: Reading, before: tuple[datetime, UUID], first: int, *, only_open: bool
) -> Sequence[RowMapping]:
    """Proposals, the newest first."""
    return await reading.rows(PROPOSALS, only_open=only_open, before_at=before[0], before_id=before[1], first=first)


async def proposal(reading: Reading, wanted: UUID) -> RowMapping | None:
    """One proposal."""
    return await reading.row(PROPOSAL, proposal=wanted)


async def ledger(reading: Reading, before: UUID | None, first: int) -> Sequence[RowMapping]:
    """Lines of the administrative ledger, the newest first."""
    return await reading.rows(LEDGER, before=before, first=first)


async def carry_out_next_end(reading: Reading) -> bool:
    """Carry out the next end that is due; False: none is."""
    row = await reading.row(CARRY_OUT)
    return bool(row and row["was_due"])


async def leave_next_empty_team(reading: Reading) -> bool:
    """Hand over what the next team has in which nobody works, or tell that nobody could; False: there is none."""
    row = await reading.row(LEAVE_EMPTY_TEAM)
    return bool(row and row["was_due"])


async def entered_rows(reading: Reading) -> str | None:
    """The regime rows that were entered, as this operation sees them now."""
    row = await reading.row(ENTERED_ROWS)
    return row["rows"] if row else None


async def regime_rows_in_sight(reading: Reading) -> Sequence[RowMapping]:
    """Every regime row that was entered or waits for the second administrator; none for anybody else."""
    return await reading.rows(ROWS_IN_SIGHT)


async def entered_rows_at_start(tools: Tools) -> str | None:
    """The same, before anybody works."""
    async with tools.database.transaction() as connection:
        found: str | None = (await connection.execute(ENTERED_ROWS)).scalar_one()
        return found


def _answer(row: RowMapping | None) -> Answer:
    if row is None:
        raise RuntimeError("a function that returns one row returned none")
    return row["id"], row["problem"]


def _json(content: Mapping[str, object]) -> str:
    return json.dumps(content, default=str)
