"""A provider that is no longer trusted is closed by one, moved by two, and nobody who came through it stays."""

from typing import Any

import pytest

from services.secret_box import SecretBox
from tests.journeys.test_onboarding_an_agency import agency_id
from tests.journeys.test_signed_out_everywhere import is_nobody
from tests.world.administering import administer, agreed, decide, ends, problem_of, propose, proposed
from tests.world.platform import SEAL_KEY, Person, Platform
from tests.world.stories import VIEWER

pytestmark = pytest.mark.anyio
POLICE = "west-yorkshire-police"
LEEDS = "leeds-city-council"
PROVIDERS = "SELECT slug, issuer, client_id, client_secret, step_up_acr, closed_at FROM provider ORDER BY slug"
NEW_SECRET = "a secret that the provider gave"


async def close(who: Person, slug: str, agency: str | None = None) -> dict[str, Any]:
    """The payload of closing a provider."""
    return await administer(who, closeProvider={"slug": slug} | ({"agencyId": agency} if agency else {}))


async def signs_in(platform: Platform, slug: str) -> bool:
    """Whether the sign-in still sends anybody to this provider."""
    return (await platform.browser().get(f"/sign-in/{slug}")).status_code == 303


async def test_an_agency_closes_its_provider_and_everybody_who_came_through_it_is_out_at_once(
    platform: Platform,
) -> None:
    administrator, officer, elsewhere = [await platform.sign_in(who) for who in ("wyp-5", "wyp-1", "lcc-1")]

    assert (await close(administrator, POLICE))["problem"] is None

    assert await is_nobody(officer)
    assert await is_nobody(administrator), "who closed it came through it as well"
    assert (await elsewhere.ask(VIEWER))["viewer"]["name"] == "Ella Invented"
    assert not await signs_in(platform, POLICE)
    assert POLICE not in (await platform.browser().get("/sign-in")).text
    everything = await ends(await platform.sign_in("con-1"))
    assert everything == [
        ("Ravi Invented", "Ravi Invented", ["because: provider_closed", "sessions: 1"]),
        ("Ravi Invented", "PC Asha Invented", ["because: provider_closed", "sessions: 1"]),
    ]


async def test_two_of_the_platform_open_it_again_and_no_session_of_before_lives(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    alba, boris = await platform.sign_in("con-1"), await platform.sign_in("con-2")
    police = await agency_id(alba, "West Yorkshire Police")
    assert (await close(alba, POLICE, police))["problem"] is None
    assert problem_of(await close(alba, POLICE, police)) == ("Conflict", "NOT_HELD")

    await agreed(alba, boris, changeProvider={"agencyId": police, "slug": POLICE})

    assert await is_nobody(officer)
    assert (await (await platform.sign_in("wyp-1")).ask(VIEWER))["viewer"]["name"] == "PC Asha Invented"


async def test_one_alone_moves_no_provider_and_two_end_what_came_through_it(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    alba, boris = await platform.sign_in("con-1"), await platform.sign_in("con-2")
    police = await agency_id(alba, "West Yorkshire Police")
    before = await platform.admin.fetch(PROVIDERS)
    moved = {"agencyId": police, "slug": POLICE, "clientId": "another"}
    proposal = await proposed(alba, changeProvider=moved)
    assert problem_of(await decide(alba, proposal))[0] == "Refused"
    assert await platform.admin.fetch(PROVIDERS) == before
    assert not await is_nobody(officer)

    assert (await decide(boris, proposal))["problem"] is None

    assert await is_nobody(officer)
    leaving = await platform.browser().get(f"/sign-in/{POLICE}")
    assert "client_id=another" in leaving.headers["location"]
    taken = {"agencyId": police, "slug": POLICE, "issuer": platform.issuers[LEEDS].url, "clientId": "concordat"}
    assert problem_of(await propose(alba, changeProvider=taken)) == ("Conflict", "ADDED_ALREADY")


async def test_nobody_closes_another_agencys_provider(platform: Platform) -> None:
    administrator, officer = await platform.sign_in("lcc-4"), await platform.sign_in("wyp-1")
    police = await agency_id(administrator, "West Yorkshire Police")
    before = await platform.admin.fetch(PROVIDERS)

    assert problem_of(await close(administrator, POLICE))[0] == "NotFound"
    assert problem_of(await close(administrator, POLICE, police))[0] == "NotFound"
    assert problem_of(await close(administrator, "nobody"))[0] == "NotFound"
    assert problem_of(await close(officer, POLICE))[0] == "Refused"
    moved = {"agencyId": police, "slug": POLICE, "clientId": "another"}
    assert problem_of(await propose(administrator, changeProvider=moved))[0] == "Refused"
    secret = {"slug": POLICE, "secret": NEW_SECRET}
    assert problem_of(await administer(administrator, setProviderSecret=secret))[0] == "NotFound"

    assert await platform.admin.fetch(PROVIDERS) == before
    assert not await is_nobody(officer)


async def test_a_new_secret_is_kept_for_the_provider_and_stands_nowhere_else(platform: Platform) -> None:
    administrator = await platform.sign_in("wyp-5")

    payload = await administer(administrator, setProviderSecret={"slug": POLICE, "secret": NEW_SECRET})

    assert payload["problem"] is None
    kept = await platform.admin.fetch("SELECT slug, client_secret FROM provider WHERE client_secret IS NOT NULL")
    assert [(row["slug"], SecretBox((SEAL_KEY,)).open(POLICE, row["client_secret"])) for row in kept] == [
        (POLICE, NEW_SECRET)
    ]
    assert NEW_SECRET not in await platform.everything(), "not where it is kept either: it is sealed"
    assert not await is_nobody(administrator)


async def test_t47_moving_a_provider_needs_a_sign_in_of_the_last_five_minutes_from_both(platform: Platform) -> None:
    await platform.set_clock("2026-05-22T09:00+01:00")
    browsers = [platform.browser(), platform.browser()]
    alba, boris = await platform.sign_in("con-1", browsers[0]), await platform.sign_in("con-2", browsers[1])
    police = await agency_id(alba, "West Yorkshire Police")
    change = {"changeProvider": {"agencyId": police, "slug": POLICE, "clientId": "another"}}
    await platform.set_clock("2026-05-22T09:05+01:00")
    before = await platform.admin.fetch(PROVIDERS)

    assert problem_of(await propose(alba, **change))[0] == "Refused"
    await platform.sign_in("con-1", browsers[0], step_up="1")
    proposal = await proposed(alba, **change)
    assert problem_of(await decide(boris, proposal))[0] == "Refused"
    assert await platform.admin.fetch(PROVIDERS) == before
    await platform.sign_in("con-2", browsers[1], step_up="1")

    assert (await decide(boris, proposal))["problem"] is None
