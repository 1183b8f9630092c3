"""Whoever their provider lets go is out within a quarter of an hour, without a word from anybody (T44)."""

import anyio
import pytest

from tests.journeys.test_signed_out_everywhere import is_nobody, thief_with
from tests.world.administering import ends
from tests.world.platform import AGENCY_OF, Platform
from tests.world.stories import VIEWER

pytestmark = pytest.mark.anyio
ENDED = "SELECT ended_because FROM session WHERE ended_at IS NOT NULL ORDER BY ended_at"
KEPT = "SELECT sealed_token FROM session_validation WHERE sealed_token IS NOT NULL"


async def at(platform: Platform, minute: str) -> None:
    """This minute past nine on a Friday morning."""
    await platform.set_clock(f"2026-05-22T09:{minute}+01:00")


async def test_who_is_let_go_at_the_provider_is_out_after_a_quarter_of_an_hour_and_it_is_on_record(
    platform: Platform,
) -> None:
    await at(platform, "00")
    browser = platform.browser()
    officer, colleague = await platform.sign_in("wyp-1", browser), await platform.sign_in("wyp-2")
    thief = thief_with(platform, browser.cookies)
    platform.issuers[AGENCY_OF["wyp-1"]].let_go("wyp-1")

    await at(platform, "14:59")
    assert not await is_nobody(officer)
    await at(platform, "15")
    assert await is_nobody(thief)

    assert await is_nobody(officer)
    assert not await is_nobody(colleague)
    assert [row[0] for row in await platform.admin.fetch(ENDED)] == ["provider_said_no"]
    assert await ends(await platform.sign_in("wyp-5")) == [
        ("PC Asha Invented", "PC Asha Invented", ["because: provider_said_no", "sessions: 1"])
    ]


async def test_who_is_still_known_works_on_and_the_provider_is_asked_once_for_many_requests(platform: Platform) -> None:
    await at(platform, "00")
    officer = await platform.sign_in("wyp-1")
    tokens = [bytes(row[0]) for row in await platform.admin.fetch(KEPT)]
    await at(platform, "15")
    statuses: list[int] = []

    async def ask() -> None:
        statuses.append((await officer.post(VIEWER)).status_code)

    async with anyio.create_task_group() as crowd:
        for _ in range(6):
            crowd.start_soon(ask)

    assert statuses == [200] * 6  # a token that was used twice would have ended the session
    [renewed] = [bytes(row[0]) for row in await platform.admin.fetch(KEPT)]
    assert [renewed] != tokens
    await at(platform, "29:59")
    platform.issuers[AGENCY_OF["wyp-1"]].let_go("wyp-1")
    assert not await is_nobody(officer)
    await at(platform, "30")
    assert await is_nobody(officer)


async def test_a_provider_that_is_away_is_waited_for_half_an_hour_and_no_longer(platform: Platform) -> None:
    await at(platform, "00")
    officer = await platform.sign_in("wyp-1")
    issuer = platform.issuers[AGENCY_OF["wyp-1"]]
    platform.away_from_us = True
    for minute in ("15", "16", "30", "44:59"):
        await at(platform, minute)
        assert not await is_nobody(officer), minute
    await at(platform, "45")
    assert await is_nobody(officer)
    assert await platform.admin.fetch(ENDED) == []  # nobody said no: it waits for an answer

    platform.away_from_us = False
    assert not await is_nobody(officer)
    issuer.let_go("wyp-1")
    await platform.set_clock("2026-05-22T10:00+01:00")
    assert await is_nobody(officer)


async def test_a_provider_that_gives_nothing_to_ask_with_is_good_for_a_quarter_of_an_hour(platform: Platform) -> None:
    await at(platform, "00")
    officer = await platform.sign_in("wyp-1")
    await platform.admin.execute("UPDATE session_validation SET sealed_token = NULL")
    await at(platform, "14:59")
    assert not await is_nobody(officer)
    await at(platform, "15")

    assert await is_nobody(officer)
    assert [row[0] for row in await platform.admin.fetch(ENDED)] == ["nothing_to_ask_with"]


async def test_what_a_provider_is_asked_with_is_noise_to_whoever_reads_the_database(platform: Platform) -> None:
    await at(platform, "00")
    officer, colleague = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-2")
    tokens = platform.issuers[AGENCY_OF["wyp-1"]].refresh_tokens
    assert len(tokens) == 2
    everything = await platform.everything()
    assert [token for token in tokens if token in everything or token.encode().hex() in everything] == []

    # Nor does one session's token serve another's holder.
    await platform.admin.execute(
        "UPDATE session_validation v SET sealed_token = "
        "(SELECT o.sealed_token FROM session_validation o WHERE o.session_id <> v.session_id)"
    )
    await at(platform, "15")
    assert await is_nobody(officer)
    assert await is_nobody(colleague)


async def test_the_length_is_a_row_with_its_source(platform: Platform) -> None:
    await platform.admin.execute("UPDATE session_rule SET lasts = '5 minutes' WHERE name = 'ask_provider_again'")
    rules = await platform.admin.fetch("SELECT name, source, status FROM session_rule ORDER BY name")
    assert [(row["name"], bool(row["source"]), row["status"]) for row in rules] == [
        ("ask_provider_again", True, "assumption"),
        ("provider_away", True, "assumption"),
    ]
    await at(platform, "00")
    officer = await platform.sign_in("wyp-1")
    platform.issuers[AGENCY_OF["wyp-1"]].let_go("wyp-1")
    await at(platform, "05")

    assert await is_nobody(officer)
