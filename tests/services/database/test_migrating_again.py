"""A second `migrate` puts functions and policies right, and makes no change by hand the new normal."""

from urllib.parse import urlsplit

import pytest

from services.database.prepare import prepare
from services.database.start_checks import UnsafeDatabaseError
from tests.services.database.test_start_checks import checked
from tests.services.database.world import World
from tests.world.server import FreshDatabase

pytestmark = pytest.mark.anyio

FUNCTION = """
    CREATE OR REPLACE FUNCTION my_agency() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS 'SELECT id FROM agency LIMIT 1'
"""
STRANGER = "CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM record'"


async def migrate(database: FreshDatabase) -> None:
    """As an operator does; the roles keep their passwords."""
    app, sign_in = (urlsplit(url).password or "" for url in (database.app_url, database.sign_in_url))
    await prepare(database.admin_url, app_password=app, sign_in_password=sign_in)


@pytest.mark.parametrize(
    "sql",
    [FUNCTION, STRANGER, "DROP POLICY admitted ON referral", "ALTER POLICY admitted ON record USING (id IS NOT NULL)"],
    ids=["a function changed", "a function added", "a policy dropped", "a policy widened"],
)
async def test_what_the_files_make_is_made_anew(own_world: World, sql: str) -> None:
    await own_world.platform.admin.execute(sql)
    with pytest.raises(UnsafeDatabaseError):
        await checked(own_world.database.app_url)

    await migrate(own_world.database)

    await checked(own_world.database.app_url)
    assert not await own_world.platform.admin.fetchval("SELECT EXISTS (SELECT FROM pg_proc WHERE proname = 'peek')")


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("ALTER TABLE administrative_proposal DROP CONSTRAINT two_people_decide", "constraint two_people_decide"),
        ("ALTER TABLE training DISABLE TRIGGER never_changed", "trigger never_changed on training"),
        ("GRANT SELECT ON access_bar TO PUBLIC", "grants on access_bar"),
        ("ALTER TABLE referral DISABLE ROW LEVEL SECURITY", "table referral"),
        ("CREATE TABLE note (said text)", "table note"),
    ],
)
async def test_what_they_do_not_make_stops_the_migration(own_world: World, sql: str, named: str) -> None:
    await own_world.platform.admin.execute(sql)

    with pytest.raises(RuntimeError, match=f"Changed by hand since the last `migrate`: .*{named}"):
        await migrate(own_world.database)
    with pytest.raises(UnsafeDatabaseError):
        await checked(own_world.database.app_url)


async def test_nothing_changed_is_nothing_to_refuse(own_world: World) -> None:
    await migrate(own_world.database)

    await checked(own_world.database.app_url)
