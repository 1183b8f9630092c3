"""A case page that trusts its own code: the rules decide in Python only, nothing is written to the ledger, and the
connection passes row security. It exists to be measured against, and only here."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import asyncpg
from sqlalchemy import RowMapping, text
from sqlalchemy.dialects.postgresql import JSONB

from policies import engine
from policies.vocabulary import Action, DataGroup
from services import gate
from services.database.addresses import as_role
from services.gate import CORE, Admission
from services.tools import Reading

PASSWORD = "benchmark-only"  # noqa: S105 - a role of a throw-away server on this machine
ROLE = f"""
    CREATE ROLE concordat_benchmark LOGIN BYPASSRLS PASSWORD '{PASSWORD}';
    GRANT concordat_app TO concordat_benchmark;
    GRANT EXECUTE ON FUNCTION record_ids(text[]), standing(uuid[]) TO concordat_benchmark;
    GRANT SELECT ON record TO concordat_benchmark;
"""

STANDINGS = text("""
    WITH asked AS MATERIALIZED (
        SELECT * FROM unnest(CAST(:lookups AS text[]), record_ids(:lookups)) AS l (looked_up, record_id))
    SELECT a.looked_up, a.record_id, r.kind, s.classes,
           jsonb_agg(jsonb_build_object('involvement', s.involvement_id, 'relation', s.relation, 'scoped', s.scoped,
                                        'scope', s.scope, 'pins', s.pins, 'items', s.items)) AS standings
    FROM standing(ARRAY(SELECT record_id FROM asked)) s
    JOIN asked a USING (record_id) JOIN record r ON r.id = a.record_id
    GROUP BY a.looked_up, a.record_id, r.kind, s.classes
""").columns(standings=JSONB)


async def open_to_everything(admin_url: str) -> str:
    """The address of the same database as a role that row security lets pass."""
    connection = await asyncpg.connect(admin_url)
    try:
        await connection.execute(ROLE)
    finally:
        await connection.close()
    return as_role(admin_url, "concordat_benchmark", PASSWORD)


async def look(reading: Reading, lookups: Sequence[str], asked: Iterable[DataGroup]) -> dict[str, Admission]:
    """As `gate.look`, decided once and unrecorded."""
    wanted = frozenset(asked) | CORE
    rows = await reading.rows(STANDINGS, lookups=list(lookups))
    return {row["looked_up"]: found for row in rows if (found := _admission(reading, row, wanted))}


def _admission(reading: Reading, row: RowMapping, wanted: frozenset[DataGroup]) -> Admission | None:
    facts = tuple(gate.record_facts(row["record_id"], row["classes"], standing) for standing in row["standings"])
    permit = engine.permit(reading.actor, facts, wanted, Action.SEE)
    if permit is None:
        return None
    hidden = wanted - permit.see - permit.summary
    return Admission(row["looked_up"], row["record_id"], row["kind"], permit, hidden, facts)


@contextmanager
def trusting() -> Iterator[None]:
    """While this lasts, `gate.look` is the one above."""
    real = gate.look
    gate.look = look
    try:
        yield
    finally:
        gate.look = real
