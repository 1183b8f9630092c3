"""A provider's client secret is kept sealed with a key that the database does not have, and keys are rotated."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from services.database.sealing import seal_anew
from services.secret_box import PREFIX, SecretBox, SecretUnreadableError
from services.sessions import commands
from services.tools import Tools, open_tools
from tests.world.server import FreshDatabase

pytestmark = pytest.mark.anyio
OLD, NEW = "the key of last year, long enough", "the key of this year, long enough"
POLICE, COUNCIL = "west-yorkshire-police", "leeds-city-council"
SECRET = "what the provider gave"
KEPT = "SELECT client_secret FROM provider WHERE slug = $1"


@pytest.fixture
async def admin(fresh_database: FreshDatabase) -> AsyncIterator[asyncpg.Connection]:
    """An administrator's connection; the police's provider has a secret under the old key."""
    connection = await asyncpg.connect(fresh_database.admin_url)
    await keep(connection, POLICE, SecretBox((OLD,)).seal(POLICE, SECRET))
    yield connection
    await connection.close()


async def keep(admin: asyncpg.Connection, slug: str, kept: str) -> None:
    await admin.execute("UPDATE provider SET client_secret = $2 WHERE slug = $1", slug, kept)


async def opened(database: FreshDatabase, *keys: str) -> str | None:
    """What a process with these keys signs in with; its start is checked first."""
    desk: Tools = open_tools(database.sign_in_url, box=SecretBox(keys))
    try:
        await commands.check_secrets(desk)
        (provider,) = [one for one in await commands.providers(desk) if one.slug == POLICE]
        return commands.with_its_secret(provider, desk).client_secret
    finally:
        await desk.close()


def test_the_same_secret_is_sealed_differently_each_time_and_opens_for_its_own_provider_only() -> None:
    box = SecretBox((OLD,))
    first, second = box.seal(POLICE, SECRET), box.seal(POLICE, SECRET)

    assert first != second
    assert SECRET not in first
    assert box.open(POLICE, first) == box.open(POLICE, second) == SECRET
    for slug, kept in ((COUNCIL, first), (POLICE, first[:-2]), (POLICE, SECRET), (POLICE, PREFIX)):
        with pytest.raises(SecretUnreadableError, match="PROVIDER_SECRET_KEYS"):
            box.open(slug, kept)


def test_without_a_key_nothing_is_sealed_or_opened() -> None:
    with pytest.raises(SecretUnreadableError, match="PROVIDER_SECRET_KEYS is not set"):
        SecretBox().seal(POLICE, SECRET)


async def test_the_table_takes_no_plain_secret(admin: asyncpg.Connection) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        await keep(admin, POLICE, SECRET)


async def test_keys_are_rotated_while_both_are_known_and_the_old_one_then_opens_nothing(
    fresh_database: FreshDatabase, admin: asyncpg.Connection
) -> None:
    assert await opened(fresh_database, NEW, OLD) == SECRET
    before = await admin.fetchval(KEPT, POLICE)

    assert await seal_anew(fresh_database.admin_url, SecretBox((NEW, OLD))) == 1

    assert await admin.fetchval(KEPT, POLICE) != before
    assert await opened(fresh_database, NEW) == SECRET
    for keys in ((OLD,), ()):
        with pytest.raises(SecretUnreadableError):
            await opened(fresh_database, *keys)


async def test_a_secret_from_before_is_sealed_and_one_of_an_unknown_key_changes_nothing(
    fresh_database: FreshDatabase, admin: asyncpg.Connection
) -> None:
    await admin.execute("ALTER TABLE provider DROP CONSTRAINT provider_secret_sealed")
    await keep(admin, COUNCIL, "from before secrets were sealed")
    with pytest.raises(SecretUnreadableError, match=POLICE):
        await seal_anew(fresh_database.admin_url, SecretBox((NEW,)))
    assert await admin.fetchval(KEPT, COUNCIL) == "from before secrets were sealed"

    assert await seal_anew(fresh_database.admin_url, SecretBox((NEW, OLD))) == 2

    assert SecretBox((NEW,)).open(COUNCIL, await admin.fetchval(KEPT, COUNCIL)) == "from before secrets were sealed"
