"""What must be true of the database before anything is served: it protects its rows and keeps what it acknowledged."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies import engine as policy_engine
from services.database import openings, walls
from services.database.engine import Database
from services.database.prepare import gatekeeper_digest

# A membership counts whatever it is in: some of PostgreSQL's own roles read every table, or every statement.
ROLE = text("""
    SELECT r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication
        OR EXISTS (SELECT FROM pg_auth_members g WHERE g.member = r.oid)
        OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relpersistence <> 't')
        OR EXISTS (SELECT FROM pg_proc p WHERE p.proowner = r.oid)
        OR EXISTS (SELECT FROM pg_namespace n WHERE n.nspowner = r.oid AND n.nspname !~ '^pg_')
        OR EXISTS (SELECT FROM pg_database d WHERE d.datname = current_database() AND d.datdba = r.oid)
    FROM pg_roles r WHERE r.rolname = current_user
""")
REACHED_TABLES = text("""
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname <> 'test_clock'
      AND has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE')
    ORDER BY c.relname
""")
VERSIONS = text("""
    SELECT (SELECT digest FROM gatekeeper_version) AS gatekeeper,
           (SELECT version FROM policy_version ORDER BY sequence DESC LIMIT 1) AS policy
""")
POLICY = text("""
    SELECT function, relation, case_class, access_level, data_group, action, effect, rule
    FROM policy_grant WHERE policy_version = :version
""")
DURABILITY = text("""
    SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'
""")
MOST_NAMES = 12
TOO_STRONG = "APP_DATABASE_URL's role is too strong: row security must bind concordat_app."


class UnsafeDatabaseError(RuntimeError):
    """The database would not protect what is in it; the sentence says what to do."""


async def check(database: Database, *, allow_loss: bool = False) -> None:
    """Raise with what is open; `allow_loss` is for throw-away servers of tests only. For what runs on."""
    async with database.transaction() as connection:
        await _protects(connection)
        off = (await connection.execute(DURABILITY)).scalars().all()
        if off and not allow_loss:
            raise UnsafeDatabaseError(f"The server may lose what it acknowledged: switch on {', '.join(off)}.")


async def check_protection(database: Database) -> None:
    """Raise with what is open; for a command beside what runs on, which asked already whether anything may be lost."""
    async with database.transaction() as connection:
        await _protects(connection)


async def check_quickly(database: Database) -> None:
    """Whether the database answers and is still the one of this version; for health, which is asked every second."""
    async with database.transaction() as connection:
        await _role(connection, TOO_STRONG)
        await _versions(connection)


async def check_sign_in(database: Database) -> None:
    """Raise with one sentence when the role that begins sessions could do anything else."""
    async with database.transaction() as connection:
        await _role(connection, "SIGN_IN_DATABASE_URL's role is too strong: it begins sessions and does nothing else.")
        reached = (await connection.execute(REACHED_TABLES)).scalars().all()
        if reached:
            raise UnsafeDatabaseError(f"The sign-in's role reaches tables: {', '.join(reached)}. Run `migrate`.")


async def _protects(connection: AsyncConnection) -> None:
    await _role(connection, TOO_STRONG)
    if holes := await openings.found(connection):
        raise UnsafeDatabaseError(" ".join(holes))
    await _versions(connection)
    await _as_migrated(connection)


async def _role(connection: AsyncConnection, sentence: str) -> None:
    if (await connection.execute(ROLE)).scalar_one():
        raise UnsafeDatabaseError(sentence)


async def _versions(connection: AsyncConnection) -> None:
    versions = (await connection.execute(VERSIONS)).mappings().one()
    if versions["gatekeeper"] != gatekeeper_digest():
        raise UnsafeDatabaseError("The gatekeeper in the database is another version's: run `migrate`.")
    if versions["policy"] != policy_engine.version():
        raise UnsafeDatabaseError("The policy in the database is another version's: run `migrate`.")


async def _as_migrated(connection: AsyncConnection) -> None:
    if names := await walls.changed(connection):
        shown = ", ".join(names[:MOST_NAMES]) + (" and more" if len(names) > MOST_NAMES else "")
        raise UnsafeDatabaseError(f"Changed by hand since `migrate`: {shown}.")
    rows = {tuple(row) for row in await connection.execute(POLICY, {"version": policy_engine.version()})}
    if strange := rows ^ {tuple(map(str, row)) for row in policy_engine.rows()}:
        numbers = ", ".join(sorted({row[-1] for row in strange})[:MOST_NAMES])
        raise UnsafeDatabaseError(f"The policy's rows in the database are not those of the rules: {numbers}.")
