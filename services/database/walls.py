"""Every wall of the database by name, with a digest of its definition: what somebody changed by hand is noticed.

`migrate` remembers what its files and migrations made; a start compares. Whoever can change a wall as a superuser can
change what is remembered too: this finds the repair at night and the forgotten experiment, not a hostile operator.
"""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

# With this search path every name in a definition carries its schema, so that the text is the same for every role.
ALONE = text("SELECT set_config('search_path', 'pg_catalog', true)")
AS_BEFORE = text("SELECT set_config('search_path', :path, true)")
PATH = text("SELECT current_setting('search_path')")
STANDING = text("""
    WITH wall AS (
        SELECT 'function ' || p.oid::regprocedure AS name,
               concat_ws(E'\\n', pg_get_functiondef(p.oid), pg_get_userbyid(p.proowner), ARRAY(
                   SELECT a::text FROM unnest(coalesce(p.proacl, acldefault('f', p.proowner))) a ORDER BY 1))
               AS definition
        FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p')
        UNION ALL
        SELECT 'policy ' || p.policyname || ' on ' || p.tablename, to_jsonb(p)::text
        FROM pg_policies p WHERE p.schemaname = 'public'
        UNION ALL
        SELECT 'table ' || c.relname, concat_ws(E'\\n', c.relkind, pg_get_userbyid(c.relowner), c.relrowsecurity,
                         c.relforcerowsecurity, c.reloptions, CASE WHEN c.relkind = 'v' THEN pg_get_viewdef(c.oid) END)
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        UNION ALL
        SELECT 'grants on ' || c.relname, concat_ws(E'\\n',
                         ARRAY(SELECT a::text FROM unnest(c.relacl) a ORDER BY 1),
                         ARRAY(SELECT t.attname || ' ' || a FROM pg_attribute t, unnest(t.attacl) a
                               WHERE t.attrelid = c.oid ORDER BY 1))
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
        UNION ALL
        SELECT 'constraint ' || k.conname || ' on ' || c.relname,
               concat_ws(' ', pg_get_constraintdef(k.oid), k.convalidated)
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        WHERE k.connamespace = 'public'::regnamespace AND k.contype <> 'n'
        UNION ALL
        SELECT 'index ' || c.relname, pg_get_indexdef(c.oid)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE c.relnamespace = 'public'::regnamespace AND i.indisunique
        UNION ALL
        SELECT 'trigger ' || t.tgname || ' on ' || c.relname, concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
    )
    SELECT name, left(encode(sha256(convert_to(definition, 'UTF8')), 'hex'), 24) AS digest FROM wall
""")
REMEMBERED = text("SELECT to_jsonb(v) -> 'walls' AS walls FROM gatekeeper_version v").columns(walls=JSONB)
REMEMBER = text("UPDATE gatekeeper_version SET walls = CAST(:walls AS jsonb)")
MADE_ANEW = ("function ", "policy ")
"""What the files of the gatekeeper make anew at every change; the rest is made once, by migrations."""


async def standing(connection: AsyncConnection) -> dict[str, str]:
    """Every wall there is now."""
    path = (await connection.execute(PATH)).scalar_one()
    await connection.execute(ALONE)
    rows = (await connection.execute(STANDING)).all()
    await connection.execute(AS_BEFORE, {"path": path})
    return {row.name: row.digest for row in rows}


async def remember(connection: AsyncConnection) -> None:
    """From now on what stands is what should stand; for `migrate`, and for whoever builds a database for tests."""
    await connection.execute(REMEMBER, {"walls": json.dumps(await standing(connection))})


async def remembered(connection: AsyncConnection) -> dict[str, str] | None:
    """The walls as `migrate` left them; None where it has not been there yet."""
    found: dict[str, str] | None = (await connection.execute(REMEMBERED)).scalar()
    return found


async def changed(connection: AsyncConnection) -> Sequence[str]:
    """The walls that are not as they were remembered, that are gone, or that nobody remembers."""
    return differing(await remembered(connection) or {}, await standing(connection))


def differing(remembered: Mapping[str, str], now: Mapping[str, str]) -> Sequence[str]:
    """The names that do not stand on both sides with the same digest."""
    return sorted({name for name, _ in remembered.items() ^ now.items()})
