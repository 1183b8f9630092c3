"""Make a database ready for this version of the program: roles, migrations, gatekeeper, policy. Idempotent."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from policies import engine as policy_engine
from services.database import walls
from services.database.addresses import APP_ROLE, SIGN_IN_ROLE
from services.database.engine import asyncpg_url
from services.database.script import run_script

HERE = Path(__file__).parent
GATEKEEPER_FILES = (
    "time.sql",
    "sessions.sql",
    "session_ends.sql",
    "validation.sql",
    "sign_in.sql",
    "standing.sql",
    "ledger.sql",
    "involvements.sql",
    "records.sql",
    "case_steps.sql",
    "coming_of_age.sql",
    "decisions.sql",
    "machine_keys.sql",
    "providers.sql",
    "people_rules.sql",
    "regime_rows.sql",
    "people_changes.sql",
    "people_acts.sql",
    "people_reading.sql",
    "acting.sql",
    "machines.sql",
    "machine_issuers.sql",
    "request_status.sql",
    "leaving_moves.sql",
    "leaving.sql",
    "planned_ends.sql",
    "refusals.sql",
    "notices.sql",
    "lapses.sql",
    "contacts.sql",
    "meetings.sql",
    "meeting_record.sql",
    "shares.sql",
    "requests.sql",
    "explaining.sql",
    "ledger_reading.sql",
    "explaining_past.sql",
    "access_limits.sql",
    "minutes_text.sql",
    "minutes_signing.sql",
    "actions.sql",
    "drafts.sql",
    "worklists.sql",
    "related.sql",
    "letters.sql",
    "agency_letters.sql",
    "attachments.sql",
    "scans.sql",
    "draft_files.sql",
    "notification_links.sql",
    "caveats.sql",
)
ROW_SECURITY_FILE = "row_security.sql"
# Every function of the files was made in this very transaction; what an extension brought is not ours to take.
NOT_OURS = """
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.xmin <> pg_current_xact_id()::xid
      AND NOT EXISTS (SELECT FROM pg_depend d
                      WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
"""
LOCK = 720_514_001  # one preparation at a time, over all databases of the server


def gatekeeper_digest() -> str:
    """What the running program expects its gatekeeper to be: a hash over the SQL files, in order."""
    text = "".join(
        (HERE / "gatekeeper" / name).read_text(encoding="utf-8") for name in (*GATEKEEPER_FILES, ROW_SECURITY_FILE)
    )
    return hashlib.sha256(text.encode()).hexdigest()


async def prepare(admin_url: str, *, app_password: str, sign_in_password: str) -> None:
    """Bring the database at `admin_url` (a role that may create roles) to this version; the passwords are those of the
    two roles that processes connect as. Safe to run again, and by two at once."""
    engine = create_async_engine(asyncpg_url(admin_url), hide_parameters=True)
    try:
        async with engine.begin() as connection:
            await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            await _roles(connection, {APP_ROLE: app_password, SIGN_IN_ROLE: sign_in_password})
        async with engine.begin() as connection:
            await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            await _refuse_what_was_changed_by_hand(connection)
            await connection.exec_driver_sql("SET LOCAL ROLE concordat_owner")
            await connection.run_sync(_migrate)
            await _gatekeeper(connection)
            await connection.exec_driver_sql("RESET ROLE")
            await _policy(connection)
            await walls.remember(connection)
    finally:
        await engine.dispose()


async def _roles(connection: AsyncConnection, passwords: Mapping[str, str]) -> None:
    await _script(connection, (HERE / "roles.sql").read_text(encoding="utf-8"))
    for role, password in passwords.items():
        quoted = password.replace("'", "''")
        await connection.exec_driver_sql(f"ALTER ROLE {role} PASSWORD '{quoted}'")


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


async def _refuse_what_was_changed_by_hand(connection: AsyncConnection) -> None:
    """Nobody's hand becomes what should stand. Functions and policies are made anew below, the rest is not."""
    prepared = await connection.exec_driver_sql("SELECT to_regclass('public.gatekeeper_version') IS NOT NULL")
    remembered = await walls.remembered(connection) if prepared.scalar() else None
    names = (
        [name for name in await walls.changed(connection) if not name.startswith(walls.MADE_ANEW)] if remembered else []
    )
    if names:
        raise RuntimeError(f"Changed by hand since the last `migrate`: {', '.join(names)}. Put it back, then migrate.")


async def _gatekeeper(connection: AsyncConnection) -> None:
    """Functions belong to the gatekeeper, policies to the owner; all are replaced whole, and strange ones go."""
    await connection.exec_driver_sql("SET LOCAL ROLE concordat_gatekeeper")
    for name in GATEKEEPER_FILES:
        await _script(connection, (HERE / "gatekeeper" / name).read_text(encoding="utf-8"))
    await connection.exec_driver_sql("RESET ROLE")
    for name in (await connection.exec_driver_sql(NOT_OURS)).scalars().all():
        await connection.exec_driver_sql(f"DROP FUNCTION {name}")
    await connection.exec_driver_sql("SET LOCAL ROLE concordat_migrator")
    await _script(connection, (HERE / "gatekeeper" / ROW_SECURITY_FILE).read_text(encoding="utf-8"))
    await connection.exec_driver_sql(
        "INSERT INTO gatekeeper_version (digest) VALUES ($1) ON CONFLICT (one) DO UPDATE SET digest = excluded.digest",
        (gatekeeper_digest(),),
    )


async def _policy(connection: AsyncConnection) -> None:
    """The compiled table as rows, one set per policy version; past versions stay."""
    version = policy_engine.version()
    latest = await connection.exec_driver_sql("SELECT version FROM policy_version ORDER BY sequence DESC LIMIT 1")
    if latest.scalar() == version:
        return
    added = await connection.exec_driver_sql(
        "INSERT INTO policy_version (version, loaded_at) VALUES ($1, moment())"
        " ON CONFLICT (version) DO NOTHING RETURNING version",
        (version,),
    )
    if added.scalar() is None:
        raise RuntimeError(
            f"policy version {version} was loaded before and superseded: a rule set may not come back unchanged"
        )
    for row in policy_engine.rows():
        await connection.exec_driver_sql(
            "INSERT INTO policy_grant VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", (version, *row)
        )


async def _script(connection: AsyncConnection, text: str) -> None:
    await connection.run_sync(run_script, text)
