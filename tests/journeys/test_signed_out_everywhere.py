"""A stolen cookie is worth nothing after "sign me out everywhere", after the provider's word, and after resting."""

import anyio
import httpx2
import pytest

from tests.world.platform import AGENCY_OF, Person, Platform
from tests.world.stories import VIEWER, look, refer

pytestmark = pytest.mark.anyio
EVERYWHERE = "mutation { signOutEverywhere { endedSessions } }"
AGE = "{ viewer { name authenticatedAt freshUntil } }"
NODE = "query ($id: ID!) { node(id: $id) { id } }"
ENDED = "SELECT ended_because FROM session WHERE ended_at IS NOT NULL ORDER BY started_at, ended_at"
USES = "SELECT count(*) FROM session_use"


def thief_with(platform: Platform, cookies: httpx2.Cookies) -> Person:
    """Somebody with a copy of the cookies."""
    browser = platform.browser()
    browser.cookies.update(cookies)
    return Person(browser)


async def is_nobody(person: Person) -> bool:
    """Whether the answer is the one that everybody without a session gets."""
    response = await person.post(VIEWER)
    return response.status_code == 401 and response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_t42_a_stolen_cookie_gets_nothing_after_signing_out_everywhere(platform: Platform) -> None:
    browser = platform.browser()
    officer = await platform.sign_in("wyp-1", browser)
    at_home = await platform.sign_in("wyp-1")
    colleague = await platform.sign_in("wyp-2")
    thief = thief_with(platform, browser.cookies)
    case = await refer(officer)
    assert await look(thief, case) is not None
    lines = len(await platform.ledger())

    ended = (await at_home.ask(EVERYWHERE))["signOutEverywhere"]["endedSessions"]

    assert ended == 2
    for gone in (thief, officer, at_home):
        assert await is_nobody(gone)
        assert (await gone.post(EVERYWHERE)).status_code == 401
    assert len(await platform.ledger()) == lines
    assert (await colleague.ask(VIEWER))["viewer"]["name"]
    assert (await (await platform.sign_in("wyp-1")).ask(VIEWER))["viewer"]["name"] == "PC Asha Invented"
    assert [row[0] for row in await platform.admin.fetch(ENDED)] == ["signed_out_everywhere"] * 2


async def test_t42_behind_every_door_a_stolen_cookie_is_nobodys(platform: Platform) -> None:
    """The language, an operation that writes, the pages and the import: each answers as it answers a stranger."""
    browser = platform.browser()
    officer = await platform.sign_in("wyp-1", browser)
    thief, stranger = platform.browser(), platform.browser()
    thief.cookies.update(browser.cookies)
    case = await refer(officer)
    await officer.ask(EVERYWHERE)
    before = await platform.everything()

    for method, path, sent in (
        ("POST", "/graphql", {"json": {"query": VIEWER}}),
        ("POST", "/graphql", {"json": {"query": EVERYWHERE}}),
        ("POST", "/graphql", {"json": {"query": NODE, "variables": {"id": case["id"]}}}),
        ("POST", "/imports/referrals", {"content": b"{}\n", "headers": {"content-type": "application/x-ndjson"}}),
        ("GET", "/", {}),
        ("GET", "/sign-in", {}),
    ):
        stolen, strange = [await who.request(method, path, **sent) for who in (thief, stranger)]
        assert (stolen.status_code, stolen.content) == (strange.status_code, strange.content), path
        assert method == "GET" or stolen.status_code == 401, path
        assert "Asha" not in stolen.text

    assert await platform.everything() == before


async def test_a_thief_who_asks_without_pause_gets_no_answer_that_began_after_the_end(platform: Platform) -> None:
    browser = platform.browser()
    officer = await platform.sign_in("wyp-1", browser)
    thief = thief_with(platform, browser.cookies)
    over = anyio.Event()
    late: list[int] = []

    async def steal() -> None:
        for _ in range(60):
            after_the_end = over.is_set()
            response = await thief.post(VIEWER)
            if after_the_end:
                late.append(response.status_code)
            if len(late) == 5:
                return

    async with anyio.create_task_group() as crowd:
        crowd.start_soon(steal)
        await anyio.sleep(0.05)
        await officer.ask(EVERYWHERE)
        over.set()

    assert late == [401] * 5


async def test_signing_out_everywhere_from_three_places_at_once_is_no_fault(
    platform: Platform,
) -> None:
    people = [await platform.sign_in("wyp-1") for _ in range(3)]
    statuses: list[int] = []

    async def end(person: Person) -> None:
        statuses.append((await person.post(EVERYWHERE)).status_code)

    async with anyio.create_task_group() as crowd:
        for person in people:
            crowd.start_soon(end, person)

    assert set(statuses) <= {200, 401}
    assert 200 in statuses
    for person in people:
        assert await is_nobody(person)


async def test_t43_signing_out_at_the_provider_ends_that_session_here_at_once_and_no_other(platform: Platform) -> None:
    at_work, at_home = platform.browser(), platform.browser()
    officer = await platform.sign_in("wyp-1", at_work)
    elsewhere = await platform.sign_in("wyp-1", at_home)
    thief = thief_with(platform, at_work.cookies)

    answer = await platform.away(at_work, "GET", f"/{AGENCY_OF['wyp-1']}/end-session")

    assert answer.status_code == 200
    assert await is_nobody(officer)
    assert await is_nobody(thief)
    assert (await elsewhere.ask(VIEWER))["viewer"]["name"] == "PC Asha Invented"
    assert [row[0] for row in await platform.admin.fetch(ENDED)] == ["provider_signed_out"]


async def test_t42_a_session_that_nobody_uses_for_half_an_hour_is_over(platform: Platform) -> None:
    await platform.set_clock("2026-05-22T09:00+01:00")
    officer = await platform.sign_in("wyp-1")
    for minute in ("09:29", "09:58", "10:27"):
        await platform.set_clock(f"2026-05-22T{minute}+01:00")
        assert not await is_nobody(officer)

    await platform.set_clock("2026-05-22T10:57+01:00")

    assert await is_nobody(officer)


async def test_t42_a_session_in_use_is_over_after_eight_hours_all_the_same(platform: Platform) -> None:
    await platform.set_clock("2026-05-22T09:00+01:00")
    officer = await platform.sign_in("wyp-1")
    for hour in range(9, 17):
        for minute in ("05", "30", "55"):
            await platform.set_clock(f"2026-05-22T{hour:02}:{minute}+01:00")
            assert not await is_nobody(officer)

    await platform.set_clock("2026-05-22T17:00+01:00")

    assert await is_nobody(officer)


async def test_using_a_session_writes_at_most_one_row_in_five_minutes_and_no_request_fails(platform: Platform) -> None:
    await platform.set_clock("2026-05-22T09:00+01:00")
    officer = await platform.sign_in("wyp-1")
    statuses: list[int] = []

    async def ask() -> None:
        statuses.append((await officer.post(VIEWER)).status_code)

    async def crowd() -> int:
        async with anyio.create_task_group() as requests:
            for _ in range(8):
                requests.start_soon(ask)
        return int(await platform.admin.fetchval(USES))

    assert await crowd() == 0  # it has only just begun
    await platform.set_clock("2026-05-22T09:06+01:00")
    first = await crowd()
    assert 1 <= first <= 8  # those that began before the first one's commit may write theirs as well
    assert await crowd() == first
    await platform.set_clock("2026-05-22T09:10:59+01:00")
    assert await crowd() == first
    await platform.set_clock("2026-05-22T09:11+01:00")
    assert await crowd() > first
    assert set(statuses) == {200}


async def test_t47_a_fresh_sign_in_grows_stale_and_a_step_up_makes_a_new_session_of_it(platform: Platform) -> None:
    await platform.set_clock("2026-05-22T09:00+01:00")
    browser = platform.browser()
    officer = await platform.sign_in("wyp-1", browser)
    fresh = (await officer.ask(AGE))["viewer"]
    assert (fresh["authenticatedAt"], fresh["freshUntil"]) == ("2026-05-22T08:00:00+00:00", "2026-05-22T08:05:00+00:00")
    thief, before = thief_with(platform, browser.cookies), officer.secret

    await platform.set_clock("2026-05-22T09:05+01:00")
    stale = (await officer.ask(AGE))["viewer"]
    assert (stale["authenticatedAt"], stale["freshUntil"]) == ("2026-05-22T08:00:00+00:00", None)
    back = await platform.come_back(browser, "wyp-1", step_up="1", return_to="/?fresh")

    assert (back.status_code, back.headers["location"]) == (303, "/?fresh")
    assert officer.secret != before
    assert (await officer.ask(AGE))["viewer"]["freshUntil"] == "2026-05-22T08:10:00+00:00"
    assert await is_nobody(thief)


async def test_t47_who_comes_back_from_a_step_up_as_somebody_else_changes_nothing(platform: Platform) -> None:
    browser = platform.browser()
    officer = await platform.sign_in("wyp-1", browser)

    back = await platform.come_back(browser, "wyp-2", step_up="1")

    assert back.status_code == 400
    assert (await officer.ask(VIEWER))["viewer"]["name"] == "PC Asha Invented"
