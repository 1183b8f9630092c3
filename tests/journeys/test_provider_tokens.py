"""A system shows an access token of its agency's own provider and gets a session like anyone's, and no longer one."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from services.errors import Invalid
from services.machines.registration import OfferedIssuer
from tests.contract.storyteller import OPERATIONS
from tests.world.administering import administer, lines
from tests.world.issued import SYSTEM, IssuedMachine, registered_at_provider
from tests.world.machines import TODAY, a_registration, ended, proposed, registered
from tests.world.platform import Person, Platform

pytestmark = pytest.mark.anyio

VIEWER = OPERATIONS["ReadViewer"].query
SESSIONS = "SELECT count(*) FROM session s JOIN member m ON m.id = s.member_id WHERE m.display_name = 'Records system'"
REFETCH, LIFETIME = 31.0, 601.0
POLICE, COUNCIL = "west-yorkshire-police", "leeds-city-council"


async def status(system: IssuedMachine) -> int:
    answer = await system.ask_token(await system.assertion())
    if answer.status_code == 400:
        assert answer.json()["error"] == "invalid_request"
        assert "request id" in answer.json()["error_description"]
    return answer.status_code


async def test_a_system_of_the_agencys_provider_reads_as_itself(platform: Platform) -> None:
    system = await registered_at_provider(platform)
    answer = (await system.ask_token(await system.assertion())).json()
    assert (answer["token_type"], answer["expires_in"] <= 120) == ("Bearer", True)
    assert answer["issued_token_type"] == "urn:ietf:params:oauth:token-type:access_token"
    system.token = answer["access_token"]

    viewer = (await system.run(VIEWER)).json()["data"]["viewer"]

    assert (viewer["name"], viewer["accessLevel"], viewer["agency"]["name"]) == (
        "Records system", "SERVICE", "West Yorkshire Police",
    )  # fmt: skip
    assert (await system.send([])).status_code == 200


async def test_the_providers_token_itself_opens_nothing(platform: Platform) -> None:
    system = await registered_at_provider(platform)
    system.token = await system.assertion()

    assert (await system.run(VIEWER)).status_code == 401
    assert (await system.send([])).status_code == 401


async def test_a_token_is_good_for_one_session_even_when_it_is_shown_ten_times_at_once(platform: Platform) -> None:
    system = await registered_at_provider(platform)
    token = await system.assertion()

    answers = await asyncio.gather(*(system.ask_token(token) for _ in range(10)))

    assert [answer.status_code for answer in answers].count(200) == 1
    assert (await system.ask_token(token)).status_code == 400
    assert await platform.admin.fetchval(SESSIONS) == 1


async def test_a_session_never_outlives_the_token_nor_ten_minutes(platform: Platform) -> None:
    await platform.set_clock(f"{TODAY}T12:00+00:00")
    system = await registered_at_provider(platform)
    noon = (await system.claims())["iat"]
    assert isinstance(noon, int)
    for life, last, over in ((120, "12:01:59", "12:02"), (86_400, "12:09:59", "12:10")):
        await platform.set_clock(f"{TODAY}T12:00+00:00")
        answer = (await system.ask_token(await system.assertion(exp=noon + life))).json()
        assert answer["expires_in"] == min(life, 600)
        system.token = answer["access_token"]
        await platform.set_clock(f"{TODAY}T{last}+00:00")
        assert (await system.run(VIEWER)).status_code == 200
        await platform.set_clock(f"{TODAY}T{over}+00:00")
        assert (await system.run(VIEWER)).status_code == 401


async def test_the_provider_rotates_its_keys_and_no_token_is_turned_away(platform: Platform) -> None:
    system = await registered_at_provider(platform)
    issuer = platform.issuers[POLICE]
    assert await status(system) == 200
    old = await system.assertion()
    issuer.publish_next_key()
    issuer.sign_with_next_key()
    platform.later += REFETCH

    assert await status(system) == 200
    assert (await system.ask_token(old)).status_code == 200, "the key before is still published"
    late = await system.assertion()
    issuer.publish_next_key()
    issuer.sign_with_next_key()
    issuer.withdraw_old_keys()
    platform.later += LIFETIME
    assert await status(system) == 200
    assert (await system.ask_token(late)).status_code == 400, "a withdrawn key proves nobody"


async def test_no_agencys_provider_speaks_for_anothers_system(platform: Platform) -> None:
    ours = await registered_at_provider(platform)
    theirs = await registered_at_provider(platform, "lcc")
    hostile = platform.issuers[COUNCIL]

    crossed = {
        "their key, our issuer": await _signed_by(hostile, await ours.claims()),
        "our name at their issuer, for our client": await _signed_by(hostile, await theirs.claims()),
    }
    assert (await ours.ask_token(crossed["their key, our issuer"])).status_code == 400
    named = await ours.ask_token(crossed["our name at their issuer, for our client"], client_id=ours.id)
    assert named.status_code == 400
    assert await platform.admin.fetchval(SESSIONS) == 0
    assert [await status(ours), await status(theirs)] == [200, 200]


async def _signed_by(issuer: Any, claims: dict[str, object]) -> str:
    return str(issuer._signed(claims, "at+jwt"))


async def test_an_ended_client_stops_at_once(platform: Platform) -> None:
    system = await registered_at_provider(platform)
    await system.sign_in()

    await ended(platform, system)

    assert (await system.run(VIEWER)).status_code == 401
    assert await status(system) == 400


@pytest.mark.parametrize("days", [365, 400])
async def test_a_client_ends_with_its_last_day(platform: Platform, days: int) -> None:
    system = await registered_at_provider(platform)
    await platform.set_clock(f"{TODAY + timedelta(days=days)}T12:00+00:00")

    assert await status(system) == 400


async def close(who: Person) -> dict[str, Any]:
    found = (await who.ask("{ agencies(first: 100) { edges { node { id name } } } }"))["agencies"]["edges"]
    agency = next(edge["node"]["id"] for edge in found if edge["node"]["name"] == "West Yorkshire Police")
    return await administer(who, closeProvider={"agencyId": agency, "slug": POLICE})


async def test_a_closed_provider_ends_its_systems_and_its_peoples_sessions_at_once(platform: Platform) -> None:
    system, council = await registered_at_provider(platform), await registered_at_provider(platform, "lcc")
    with_a_key = await registered(platform, name="System with a key")
    officer, worker = await platform.sign_in("wyp-1"), await platform.sign_in("lcc-1")
    alba = await platform.sign_in("con-1")
    for one in (system, council, with_a_key):
        await one.sign_in()
    later = await system.assertion()

    assert (await close(alba))["problem"] is None

    assert [(await one.run(VIEWER)).status_code for one in (system, council, with_a_key)] == [401, 200, 200]
    assert (await system.ask_token(later)).status_code == 400
    assert [(await who.post(VIEWER)).status_code for who in (officer, worker)] == [401, 200]
    assert (await platform.browser().get(f"/sign-in/{POLICE}")).status_code == 400
    assert "West Yorkshire" not in (await platform.browser().get("/sign-in")).text
    told = next(line for line in await lines(alba) if line["act"] == "provider.close")["stateAfter"]
    assert [said for said in told if said.startswith("machine_clients: Records system") and "ended_at" in said]


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "keys as well": ({"keys": ...}, "keys", "one_way"),
    "another agency's provider": ({"issued_by": OfferedIssuer(COUNCIL, SYSTEM)}, "provider", "no_such_provider"),
    "no such provider": ({"issued_by": OfferedIssuer("nobody", SYSTEM)}, "provider", "no_such_provider"),
    "the platform's own client": (
        {"issued_by": OfferedIssuer(POLICE, "concordat")},
        "issuedBy.clientId",
        "platforms_client",
    ),
    "a system that is registered": ({}, "issuedBy.clientId", "issued_client_taken"),
    "no client": ({"issued_by": OfferedIssuer(POLICE, "")}, "issuedBy.clientId", "form"),
    "a subject in two lines": ({"issued_by": OfferedIssuer(POLICE, SYSTEM, "a\nb")}, "issuedBy.subject", "form"),
}


async def test_a_registration_names_what_is_wrong_with_its_issuer(platform: Platform) -> None:
    system = await registered_at_provider(platform)
    ravi = await platform.sign_in("wyp-5")
    keys = a_registration(system.key).keys
    for kind, (changes, path, code) in WRONG.items():
        said = {"keys": keys if "keys" in changes else (), "issued_by": OfferedIssuer(POLICE, SYSTEM)}
        sent = said | {name: part for name, part in changes.items() if name != "keys"}
        problem = await proposed(platform, ravi, a_registration(system.key, **sent))
        assert isinstance(problem, Invalid), kind
        assert (path, code) in {(one.path, one.code) for one in problem.problems}, kind
    assert await platform.admin.fetchval("SELECT count(*) FROM machine_client") == 1


BAD_REQUESTS: dict[str, tuple[dict[str, str], str]] = {
    "no token": ({"subject_token": ""}, "invalid_request"),
    "an ID token's type": ({"subject_token_type": "urn:ietf:params:oauth:token-type:id_token"}, "invalid_request"),
    "a refresh token wanted": (
        {"requested_token_type": "urn:ietf:params:oauth:token-type:refresh_token"},
        "invalid_request",
    ),
    "somebody acting for it": ({"actor_token": "x"}, "invalid_request"),
    "an assertion as well": ({"client_assertion": "x"}, "invalid_request"),
    "for another audience": ({"audience": "https://evil.example"}, "invalid_target"),
    "for another resource": ({"resource": "https://evil.example"}, "invalid_target"),
    "a scope": ({"scope": "everything"}, "invalid_scope"),
}


@pytest.mark.parametrize("kind", BAD_REQUESTS)
async def test_a_bad_request_is_answered_as_oauth_has_it(platform: Platform, kind: str) -> None:
    system = await registered_at_provider(platform)
    changes, code = BAD_REQUESTS[kind]

    answer = await system.ask_token(await system.assertion(), **changes)

    assert (answer.status_code, answer.json()["error"]) == (400, code)
    assert await platform.admin.fetchval(SESSIONS) == 0
