"""What the token endpoint gives, to whom and for how long: never twice, and never after the end."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from joserfc.jwk import ECKey

from services.machines.registration import OfferedKey
from tests.contract.storyteller import OPERATIONS
from tests.world.machines import Machine, a_jwk, ended, registered
from tests.world.platform import Platform
from tests.world.template import PUBLIC_URL

pytestmark = pytest.mark.anyio

VIEWER = OPERATIONS["ReadViewer"].query
TODAY = date.today()  # noqa: DTZ011 - the platform's clock is the real one here
SESSIONS = "SELECT count(*) FROM session s JOIN member m ON m.id = s.member_id WHERE m.display_name = 'Records system'"


async def _is_refused(machine: Machine, assertion: str, **changes: str) -> None:
    answer = await machine.ask_token(assertion, **changes)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert "request id" in answer.json()["error_description"]
    assert answer.headers["cache-control"] == "no-store"


async def test_an_assertion_is_good_for_one_session(platform: Platform) -> None:
    machine = await registered(platform)
    assertion = await machine.assertion()

    assert (await machine.ask_token(assertion)).status_code == 200
    await _is_refused(machine, assertion)
    assert await platform.admin.fetchval(SESSIONS) == 1


async def test_of_ten_uses_at_once_one_gets_a_session(platform: Platform) -> None:
    machine = await registered(platform)
    assertion = await machine.assertion()

    answers = await asyncio.gather(*(machine.ask_token(assertion) for _ in range(10)))

    assert sorted(answer.status_code for answer in answers).count(200) == 1
    assert {answer.status_code for answer in answers} <= {200, 401, 503}
    assert await platform.admin.fetchval(SESSIONS) == 1


async def test_another_agencys_key_opens_nothing(platform: Platform) -> None:
    theirs = await registered(platform, agency="lcc")
    ours = await registered(platform)

    await _is_refused(theirs, await Machine(platform, theirs.id, ours.key).assertion())
    await _is_refused(ours, await ours.assertion(), client_id=theirs.id)


async def test_a_key_counts_on_its_own_days_only(platform: Platform) -> None:
    old, new = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")
    keys = (
        OfferedKey(a_jwk(old, "old"), valid_until=TODAY + timedelta(days=10)),
        OfferedKey(a_jwk(new, "new"), valid_from=TODAY + timedelta(days=5)),
    )
    machine = await registered(platform, keys=keys)
    with_old, with_new = (Machine(platform, machine.id, key, kid) for key, kid in ((old, "old"), (new, "new")))

    await _is_refused(with_new, await with_new.assertion())
    assert (await with_old.ask_token(await with_old.assertion())).status_code == 200
    await platform.set_clock(f"{TODAY + timedelta(days=11)}T12:00+00:00")
    await _is_refused(with_old, await with_old.assertion())
    assert (await with_new.ask_token(await with_new.assertion())).status_code == 200


async def test_an_ended_client_stops_at_once_and_never_comes_back(platform: Platform) -> None:
    machine = await registered(platform)
    await machine.sign_in()
    assert (await machine.run(VIEWER)).status_code == 200

    await ended(platform, machine)

    assert (await machine.run(VIEWER)).status_code == 401
    assert (await machine.send([])).status_code == 401
    await _is_refused(machine, await machine.assertion())


@pytest.mark.parametrize(
    "moment", [f"{TODAY + timedelta(days=365)}T00:00+00:00", f"{TODAY + timedelta(days=400)}T12:00+00:00"]
)
async def test_a_client_ends_with_its_last_day(platform: Platform, moment: str) -> None:
    machine = await registered(platform)
    await platform.set_clock(moment)

    await _is_refused(machine, await machine.assertion())


async def test_a_client_ends_with_its_agencys_function(platform: Platform) -> None:
    machine = await registered(platform)
    await machine.sign_in()
    await platform.admin.execute(
        "DELETE FROM agency_function WHERE function = 'referral_import' AND agency_id = "
        "(SELECT id FROM agency WHERE code = 'west-yorkshire-police')"
    )

    assert (await machine.run(VIEWER)).status_code == 401
    await _is_refused(machine, await machine.assertion())


async def test_a_session_lasts_ten_minutes(platform: Platform) -> None:
    await platform.set_clock(f"{TODAY}T12:00+00:00")
    machine = await registered(platform)
    await machine.sign_in()

    await platform.set_clock(f"{TODAY}T12:09+00:00")
    assert (await machine.run(VIEWER)).status_code == 200
    await platform.set_clock(f"{TODAY}T12:10+00:00")
    assert (await machine.run(VIEWER)).status_code == 401


async def test_a_client_in_a_loop_is_told_to_wait(platform: Platform) -> None:
    machine = await registered(platform)
    for _ in range(20):
        await machine.sign_in()
    assertion = await machine.assertion()

    answer = await machine.ask_token(assertion)

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert await platform.admin.fetchval(SESSIONS) == 20
    await platform.admin.execute("UPDATE session SET ended_at = moment()")
    assert (await machine.ask_token(assertion)).status_code == 200, "the assertion was not used up"


BAD_REQUESTS: dict[str, tuple[dict[str, str], int, str]] = {
    "no grant type": ({"grant_type": ""}, 400, "invalid_request"),
    "another grant": ({"grant_type": "authorization_code"}, 400, "unsupported_grant_type"),
    "a password": ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    "a scope": ({"scope": "everything"}, 400, "invalid_scope"),
    "a secret": ({"client_secret": "hunter2"}, 401, "invalid_client"),
    "another kind of assertion": ({"client_assertion_type": "saml2-bearer"}, 401, "invalid_client"),
    "no assertion": ({"client_assertion": ""}, 401, "invalid_client"),
    "another client": ({"client_id": "somebody"}, 401, "invalid_client"),
}


@pytest.mark.parametrize("kind", BAD_REQUESTS)
async def test_a_bad_request_is_answered_as_oauth_has_it(platform: Platform, kind: str) -> None:
    machine = await registered(platform)
    changes, status, code = BAD_REQUESTS[kind]

    answer = await machine.ask_token(await machine.assertion(), **changes)

    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert await platform.admin.fetchval(SESSIONS) == 0


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"grant_type=client_credentials&grant_type=client_credentials", "application/x-www-form-urlencoded"),
        (b'{"grant_type": "client_credentials"}', "application/json"),
        (b"&".join(b"a%d=1" % n for n in range(40)), "application/x-www-form-urlencoded"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"grant_type", "application/x-www-form-urlencoded"),
    ],
)
async def test_what_is_no_token_request_is_invalid(platform: Platform, content: bytes, kind: str) -> None:
    answer = await platform.browser().post("/oauth/token", content=content, headers={"content-type": kind})

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_a_client_finds_its_way_by_the_published_documents(platform: Platform) -> None:
    browser = platform.browser()
    server: dict[str, Any] = (await browser.get("/.well-known/oauth-authorization-server")).json()
    resource: dict[str, Any] = (await browser.get("/.well-known/oauth-protected-resource")).json()

    assert server["issuer"] == PUBLIC_URL
    assert server["token_endpoint"] == f"{PUBLIC_URL}/oauth/token"
    assert server["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]
    assert server["token_endpoint_auth_signing_alg_values_supported"] == ["ES256", "PS256", "RS256"]
    assert resource["resource"] == PUBLIC_URL
    assert resource["authorization_servers"] == [server["issuer"]]
