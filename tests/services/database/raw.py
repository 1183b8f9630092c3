"""Talking to the database as the application role does, but by hand: what no program of ours would send."""

import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg

from tests.world.server import FreshDatabase

SESSION = """
    INSERT INTO session (secret_hash, member_id, agency_id, function, started_at, expires_at)
    SELECT $1, m.id, m.agency_id, $3, moment() - interval '1 hour', moment() + interval '7 hours'
    FROM member m WHERE m.subject = $2
"""
ADMIT = "SELECT * FROM admit($1, $2, $3, $4)"
REFUSED = asyncpg.InsufficientPrivilegeError


async def give_session(admin: asyncpg.Connection, subject: str, function: str) -> str:
    """A living session of a demo person in this function, without the detour through a browser."""
    secret = hashlib.sha256(f"{subject} as {function}".encode()).hexdigest()[:43]  # the length of a real one
    await admin.execute(SESSION, hashlib.sha256(secret.encode()).digest(), subject, function)
    return secret


@asynccontextmanager
async def transaction(database: FreshDatabase, secret: str | None = None) -> AsyncIterator[asyncpg.Connection]:
    """One transaction of the application role, entered with this secret; it always ends in a rollback."""
    async with connection(database) as raw:
        started = raw.transaction(isolation="repeatable_read")
        await started.start()
        try:
            if secret is not None:
                await raw.fetch("SELECT * FROM enter($1)", secret)
            yield raw
        finally:
            await started.rollback()


@asynccontextmanager
async def connection(database: FreshDatabase) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the application role."""
    raw = await asyncpg.connect(database.app_url)
    try:
        yield raw
    finally:
        await raw.close()


@asynccontextmanager
async def sign_in_connection(database: FreshDatabase) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the role that begins sessions."""
    raw = await asyncpg.connect(database.sign_in_url)
    try:
        yield raw
    finally:
        await raw.close()


async def admit(
    raw: asyncpg.Connection,
    record: UUID | str,
    asked: Sequence[str] = (),
    act: str = "see",
    to_write: Sequence[str] = (),
) -> Any:
    """The one row that an admission gives, None when the record is not there for the actor."""
    rows = await raw.fetch(ADMIT, [str(record)], list(asked), act, list(to_write))
    return rows[0] if rows else None


async def refused(raw: asyncpg.Connection, statement: str, *values: Any) -> bool:
    """Whether the database forbids the statement; what it allows is undone."""
    undone = raw.transaction()
    await undone.start()
    try:
        await raw.execute(statement, *values)
    except REFUSED:
        return True
    else:
        return False
    finally:
        await undone.rollback()


async def touches(raw: asyncpg.Connection, statement: str) -> bool:
    """Whether the statement is allowed and finds a row; what it does is undone."""
    undone = raw.transaction()
    await undone.start()
    try:
        return not str(await raw.execute(statement)).endswith(" 0")
    except REFUSED:
        return False
    finally:
        await undone.rollback()


async def guarded_tables(admin: asyncpg.Connection) -> list[str]:
    """Every table with row security, as the catalogue knows them: a new one is covered from its first day."""
    rows = await admin.fetch("""
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relrowsecurity ORDER BY c.relname
    """)
    return [row["relname"] for row in rows]


async def readable(admin: asyncpg.Connection) -> list[str]:
    """The tables with row security that the application role may ask at all."""
    tables = await guarded_tables(admin)
    allowed = "SELECT has_table_privilege('concordat_app', $1, 'SELECT')"
    return [table for table in tables if await admin.fetchval(allowed, table)]


async def carrying_a_record(admin: asyncpg.Connection) -> list[str]:
    """Of those, the ones whose rows are about a record."""
    named = "SELECT count(*) FROM information_schema.columns WHERE table_name = $1 AND column_name = 'record_id'"
    return [table for table in await readable(admin) if table == "record" or await admin.fetchval(named, table)]
