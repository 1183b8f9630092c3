"""What stands open in a database, whoever opened it: each question names the holes it finds, and has to find none.

It is asked as the application's role and needs nothing to compare with, so it also holds for what a migration or a hand
made. Whether something differs from what `migrate` left is asked in `walls.py`.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

PUBLIC_TABLES: Final = (
    "agency",
    "agency_function",
    "policy_version",
    "policy_grant",
    "gatekeeper_version",
    "test_clock",
)
"""What everybody who is signed in may read; no row of these is about a person."""

HOLES: Final = text("""
    WITH ours AS (
        SELECT oid FROM pg_namespace
        WHERE nspname NOT IN ('pg_catalog', 'information_schema') AND nspname !~ '^pg_(toast|temp)'
    ), tables AS (
        SELECT c.*, c.relnamespace = 'public'::regnamespace AND c.relname = ANY (:public_tables) AS is_public,
               has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
                   OR has_any_column_privilege(c.oid, 'INSERT, UPDATE, REFERENCES') AS writes,
               has_any_column_privilege(c.oid, 'SELECT') AS reads
        FROM pg_class c WHERE c.relnamespace IN (SELECT oid FROM ours) AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
    ), functions AS (
        SELECT p.*, pg_get_userbyid(p.proowner) AS owner FROM pg_proc p WHERE p.pronamespace IN (SELECT oid FROM ours)
    ), roles AS (
        SELECT * FROM pg_roles WHERE rolname IN ('concordat_owner', 'concordat_gatekeeper', 'concordat_migrator')
    )
    -- FORCE counts as well: without it row security does not bind the owner.
    SELECT 'These tables have no row security' AS hole, t.relname::text AS name FROM tables t
    WHERE t.relkind IN ('r', 'p', 'f') AND NOT (t.relrowsecurity AND t.relforcerowsecurity) AND NOT t.is_public
      AND (t.reads OR t.writes)
    UNION ALL
    SELECT 'These tables are for reading only', t.relname FROM tables t WHERE t.is_public AND t.writes
    UNION ALL  -- without security_invoker a view reads as its owner; a copy of rows has no row security at all
    SELECT 'These views read as somebody else', t.relname FROM tables t
    WHERE t.relkind = 'm' OR t.relkind = 'v' AND NOT coalesce(
        t.reloptions && ARRAY['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false)
    UNION ALL
    SELECT 'These tables rewrite what is asked of them', t.relname FROM tables t
    WHERE t.relkind IN ('r', 'p') AND EXISTS (SELECT FROM pg_rewrite w WHERE w.ev_class = t.oid)
    UNION ALL
    SELECT 'These policies let everything through', p.policyname || ' on ' || p.tablename FROM pg_policies p
    WHERE p.permissive = 'PERMISSIVE' AND 'true' IN (p.qual, p.with_check)
    UNION ALL
    SELECT 'These functions act for somebody and trust the search path of who calls', f.proname FROM functions f
    WHERE f.prosecdef AND f.proconfig IS DISTINCT FROM ARRAY['search_path=pg_catalog, public, pg_temp']
    UNION ALL
    SELECT 'These functions act for another than the gatekeeper', f.proname FROM functions f
    WHERE f.prosecdef AND f.owner <> 'concordat_gatekeeper'
    UNION ALL
    SELECT 'Everybody may run these functions', f.proname FROM functions f
    WHERE EXISTS (SELECT FROM aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a
                  WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE')
    UNION ALL
    SELECT 'The sign-in''s functions are open to the work', f.proname FROM functions f
    WHERE f.proname <> 'moment' AND has_function_privilege('concordat_app', f.oid, 'EXECUTE')
      AND has_function_privilege('concordat_sign_in', f.oid, 'EXECUTE')
    UNION ALL  -- a table or function of its own could stand in the place of ours
    SELECT 'The application may create things here', n.nspname FROM pg_namespace n
    WHERE n.oid IN (SELECT oid FROM ours) AND has_schema_privilege(n.oid, 'CREATE')
    UNION ALL
    SELECT 'The application may create things here', 'the database itself'
    WHERE has_database_privilege(current_database(), 'CREATE')
    UNION ALL  -- the planner keeps samples of the rows: values, which nobody may read who may not read the rows
    SELECT 'The application may read samples of hidden rows', c.relname FROM pg_class c
    WHERE c.oid IN ('pg_statistic'::regclass, 'pg_statistic_ext_data'::regclass)
      AND has_any_column_privilege(c.oid, 'SELECT')
    UNION ALL
    SELECT 'These roles may become the owner or the gatekeeper', m.rolname FROM pg_auth_members g
    JOIN roles r ON r.oid = g.roleid JOIN pg_roles m ON m.oid = g.member
    WHERE m.rolname <> 'concordat_migrator' AND NOT (m.rolsuper OR m.rolcreaterole)
    UNION ALL
    SELECT 'These roles are stronger than they were made', r.rolname FROM roles r
    WHERE r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication
       OR r.rolbypassrls AND r.rolname <> 'concordat_gatekeeper' OR r.rolcanlogin AND r.rolname <> 'concordat_migrator'
    UNION ALL
    SELECT 'Triggers and rules are switched off', 'session_replication_role'
    WHERE current_setting('session_replication_role') <> 'origin'
""")


async def found(connection: AsyncConnection) -> Sequence[str]:
    """One sentence for each kind of hole that is there."""
    holes: dict[str, set[str]] = {}
    for row in await connection.execute(HOLES, {"public_tables": list(PUBLIC_TABLES)}):
        holes.setdefault(row.hole, set()).add(row.name)
    return [f"{hole}: {', '.join(sorted(names))}." for hole, names in holes.items()]
