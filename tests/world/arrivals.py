"""Messages of the public form arriving at the platform, as the import's own service brings them in."""

from datetime import datetime
from typing import Any

from services.errors import Invalid, WorkProblem
from services.imports.commands import Arrival, Imported, import_message
from services.referrals.choices import Channel
from tests.services.imports import upstream
from tests.world.platform import Platform
from tests.world.template import IMPORTER_SECRET

NOW = "2026-05-29T12:00+01:00"
THEN = "2026-05-22T12:00+01:00"  # the day on which the sample messages were received
PARTICIPANTS = """
    SELECT i.relation, a.code FROM involvement i JOIN record r ON r.id = i.record_id JOIN agency a ON a.id = i.agency_id
    WHERE r.reference = $1 AND i.until_at IS NULL
"""
SENT = """
    SELECT o.kind, a.code || '/' || o.function AS told, b.code AS about FROM outbox o
    JOIN record r ON r.id = o.record_id JOIN agency a ON a.id = o.agency_id
    LEFT JOIN agency b ON b.id = o.about_agency_id WHERE r.reference = $1
"""


async def arrive(
    platform: Platform,
    message: object,
    received: str | None = None,
    channel: Channel = Channel.ONLINE,
    case: str | None = None,
) -> Imported | WorkProblem:
    """What the import makes of a message, in a transaction of its own."""
    at = datetime.fromisoformat(received) if received else None
    async with platform.tools.enter(IMPORTER_SECRET) as reading:
        assert reading is not None
        return await import_message(reading, message, Arrival(channel=channel, received_at=at, case=case))


async def arrived(platform: Platform, name: str, received: str | None = None, **changes: Any) -> str:
    """The reference of what a sample message made; it has to work. By default received at noon of its own day."""
    at = received or f"{upstream.received(name).isoformat()}T12:00+00:00"
    outcome = await arrive(platform, upstream.message(name) | changes, at)
    assert isinstance(outcome, Imported), outcome
    assert outcome.is_new
    return outcome.reference


async def participants(platform: Platform, reference: str) -> dict[str, str]:
    """Whom a record involves now: relation and agency."""
    rows = await platform.admin.fetch(PARTICIPANTS, reference)
    assert len({row["relation"] for row in rows}) == len(rows)
    return {row["relation"]: row["code"] for row in rows}


async def sent(platform: Platform, reference: str) -> set[tuple[str, str, str | None]]:
    """What was sent about a record: its kind, to whom, and about which body without an account."""
    rows = [tuple(row) for row in await platform.admin.fetch(SENT, reference)]
    assert len(set(rows)) == len(rows), "somebody is told the same twice"
    return set(rows)


def wrong(outcome: Imported | WorkProblem) -> set[tuple[str, str]]:
    """Path and code of everything that was wrong with a message that was refused."""
    assert isinstance(outcome, Invalid), outcome
    assert all(problem.message and problem.remedy for problem in outcome.problems)
    return {(problem.path, problem.code) for problem in outcome.problems}
