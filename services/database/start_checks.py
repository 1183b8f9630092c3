"""What must be true of the database before anything is served: it protects its rows and keeps what it acknowledged."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies import engine as policy_engine
from services.database.engine import Database
from services.database.prepare import gatekeeper_digest

ROLE = text("""
    SELECT r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolreplication AS too_strong,
           EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE n.nspname = 'public' AND c.relowner = r.oid) AS owns,
           pg_has_role(r.oid, 'concordat_gatekeeper', 'MEMBER')
               OR pg_has_role(r.oid, 'concordat_owner', 'MEMBER') AS joins
    FROM pg_roles r WHERE r.rolname = current_user
""")
OPEN_TABLES = text("""
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')  -- a view reads as its owner
      AND NOT (c.relrowsecurity AND c.relforcerowsecurity) AND c.relname <> ALL (:public_tables)
      AND has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE')
    ORDER BY c.relname
""")
SHARED_FUNCTIONS = text("""
    SELECT DISTINCT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'public' AND p.proname <> 'moment' AND has_function_privilege('concordat_app', p.oid, 'EXECUTE')
      AND has_function_privilege('concordat_sign_in', p.oid, 'EXECUTE')
    ORDER BY p.proname
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
DURABILITY = text("""
    SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'
""")
PUBLIC_TABLES = ("agency", "agency_function", "policy_version", "policy_grant", "gatekeeper_version", "test_clock")
"""What everybody who is signed in may read; no row of these is about a person."""


class UnsafeDatabaseError(RuntimeError):
    """The database would not protect what is in it; the sentence says what to do."""


async def check(database: Database, *, allow_loss: bool = False) -> None:
    """Raise with one sentence when something is open; `allow_loss` is for throw-away servers of tests only."""
    async with database.transaction() as connection:
        await _check_role(connection, "APP_DATABASE_URL's role is too strong: row security must bind concordat_app.")
        shared = (await connection.execute(SHARED_FUNCTIONS)).scalars().all()
        if shared:
            raise UnsafeDatabaseError(
                f"The sign-in's functions are open to the work: {', '.join(shared)}. Run `migrate`."
            )
        unguarded = (await connection.execute(OPEN_TABLES, {"public_tables": list(PUBLIC_TABLES)})).scalars().all()
        if unguarded:
            raise UnsafeDatabaseError(f"These tables have no row security: {', '.join(unguarded)}. Run `migrate`.")
        versions = (await connection.execute(VERSIONS)).mappings().one()
        if versions["gatekeeper"] != gatekeeper_digest():
            raise UnsafeDatabaseError("The gatekeeper in the database is another version's: run `migrate`.")
        if versions["policy"] != policy_engine.version():
            raise UnsafeDatabaseError("The policy in the database is another version's: run `migrate`.")
        off = (await connection.execute(DURABILITY)).scalars().all()
        if off and not allow_loss:
            raise UnsafeDatabaseError(f"The server may lose what it acknowledged: switch on {', '.join(off)}.")


async def check_sign_in(database: Database) -> None:
    """Raise with one sentence when the role that begins sessions could do anything else."""
    async with database.transaction() as connection:
        await _check_role(
            connection, "SIGN_IN_DATABASE_URL's role is too strong: it begins sessions and does nothing else."
        )
        reached = (await connection.execute(REACHED_TABLES)).scalars().all()
        if reached:
            raise UnsafeDatabaseError(f"The sign-in's role reaches tables: {', '.join(reached)}. Run `migrate`.")


async def _check_role(connection: AsyncConnection, sentence: str) -> None:
    role = (await connection.execute(ROLE)).mappings().one()
    if role["too_strong"] or role["owns"] or role["joins"]:
        raise UnsafeDatabaseError(sentence)
