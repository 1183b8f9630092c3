"""The keys of a living machine client: two add one, one retires one, and the system never stops between them."""

import json
from datetime import timedelta
from typing import Any

import pytest
from joserfc.jwk import ECKey

from tests.contract.storyteller import OPERATIONS
from tests.world.machines import TODAY, Machine, a_jwk, ended, registered
from tests.world.platform import Person, Platform

pytestmark = pytest.mark.anyio

ADD, RETIRE = OPERATIONS["ProposeMachineKey"].query, OPERATIONS["RetireMachineKey"].query
LIST, DECIDE = OPERATIONS["ListMachineClients"].query, OPERATIONS["DecideProposal"].query
VIEWER = OPERATIONS["ReadViewer"].query
ROWS = "SELECT kid, retired_at IS NULL AS counts FROM machine_key ORDER BY kid"


async def client_of(who: Person, machine: Machine) -> dict[str, Any]:
    found = (await who.ask(LIST))["machineClients"]
    one: dict[str, Any] = next(client for client in found if client["clientId"] == machine.id)
    return one


async def propose(who: Person, client: str, jwk: str, **days: str) -> dict[str, Any]:
    return await who.do(ADD, clientId=client, key={"jwk": jwk, **days}, reason="The next year.")


async def approve(who: Person, payload: dict[str, Any]) -> dict[str, Any]:
    return await who.do(DECIDE, proposalId=payload["proposal"]["id"], decision="APPROVE")


async def retire(who: Person, client: str, kid: str = "key-1") -> dict[str, Any]:
    return await who.do(RETIRE, clientId=client, kid=kid, reason="The next one is in use.")


async def keys(platform: Platform) -> list[tuple[str, bool]]:
    return [tuple(row) for row in await platform.admin.fetch(ROWS)]


async def status(machine: Machine) -> int:
    return (await machine.ask_token(await machine.assertion())).status_code


async def test_a_key_is_rotated_with_overlap_and_the_system_never_stops(platform: Platform) -> None:
    machine = await registered(platform)
    ravi, sana = await platform.sign_in("wyp-5"), await platform.sign_in("wyp-6")
    client = (await client_of(ravi, machine))["id"]
    later = Machine(platform, machine.id, ECKey.generate_key("P-256"), "key-2")

    payload = await propose(ravi, client, a_jwk(later.key, "key-2"))
    assert payload["problem"] is None, payload
    assert "system: Records system" in payload["proposal"]["change"]
    assert await status(later) == 401, "nothing counts before it is approved"
    assert (await approve(ravi, payload))["problem"]["__typename"] == "Refused", "and one person is not two"
    assert (await approve(sana, payload))["problem"] is None
    assert [await status(machine), await status(later)] == [200, 200]

    await machine.sign_in()
    await later.sign_in()
    gone = await retire(sana, client)
    assert gone["problem"] is None, gone
    assert {key["kid"]: key["retiredAt"] is None for key in gone["client"]["keys"]} == {"key-1": False, "key-2": True}
    assert (await status(machine), await status(later)) == (401, 200)
    assert ((await machine.run(VIEWER)).status_code, (await later.run(VIEWER)).status_code) == (401, 200)
    assert (await retire(sana, client))["problem"]["__typename"] == "NotFound"


async def test_both_acts_are_told_with_before_and_after(platform: Platform) -> None:
    machine = await registered(platform)
    ravi, sana = await platform.sign_in("wyp-5"), await platform.sign_in("wyp-6")
    client = (await client_of(ravi, machine))["id"]
    await approve(sana, await propose(ravi, client, a_jwk(ECKey.generate_key("P-256"), "key-2")))
    await retire(ravi, client)

    rows = await platform.admin.fetch(
        "SELECT act, before, after FROM administrative_record WHERE verdict = 'done' ORDER BY sequence DESC LIMIT 2"
    )

    told = {
        row["act"]: [json.loads(row[side])["machine_clients"][0]["keys"] for side in ("before", "after")]
        for row in rows
    }
    assert ("key-2" in told["machine_key.add"][0], "key-2" in told["machine_key.add"][1]) == (False, True)
    assert [", retired" in keys for keys in told["machine_key.retire"]] == [False, True]


async def test_whose_system_it_is_not_adds_and_retires_nothing(platform: Platform) -> None:
    machine = await registered(platform)
    client = (await client_of(await platform.sign_in("wyp-5"), machine))["id"]
    before = await keys(platform)
    for subject, kind in (("wyp-1", "Refused"), ("wyp-4", "Refused"), ("lcc-4", "NotFound"), ("con-1", "NotFound")):
        who = await platform.sign_in(subject)
        proposed = await propose(who, client, a_jwk(ECKey.generate_key("P-256"), "key-2"))
        assert proposed["problem"]["__typename"] == kind, subject
        assert (await retire(who, client))["problem"]["__typename"] == kind, subject

    assert await keys(platform) == before
    assert await status(machine) == 200


async def test_a_key_that_does_not_fit_names_what_is_wrong(platform: Platform) -> None:
    machine = await registered(platform)
    ravi = await platform.sign_in("wyp-5")
    client = (await client_of(ravi, machine))["id"]
    fresh = a_jwk(ECKey.generate_key("P-256"), "key-2")
    far = (TODAY + timedelta(days=900)).isoformat()
    wrong = {
        "unfit": await propose(ravi, client, json.dumps(machine.key.as_dict(private=True))),
        "kid_taken": await propose(ravi, client, a_jwk(ECKey.generate_key("P-256"))),
        "key_taken": await propose(ravi, client, a_jwk(machine.key, "key-2")),
        "dates": await propose(ravi, client, fresh, validUntil=far),
        "begins_in_the_past": await propose(ravi, client, fresh, validFrom="2020-01-01"),
        "ends_before_it_begins": await propose(ravi, client, fresh, validUntil=TODAY.isoformat()),
    }

    assert {code: {one["code"] for one in sent["problem"]["problems"]} for code, sent in wrong.items()} == {
        code: {code} for code in wrong
    }
    await ended(platform, machine)
    assert (await propose(ravi, client, fresh))["problem"]["__typename"] == "NotFound"
    assert (await retire(ravi, client))["problem"]["__typename"] == "NotFound"


async def test_a_client_never_has_more_than_three_keys_that_count(platform: Platform) -> None:
    machine = await registered(platform)
    ravi, sana = await platform.sign_in("wyp-5"), await platform.sign_in("wyp-6")
    client = (await client_of(ravi, machine))["id"]
    offered = [a_jwk(ECKey.generate_key("P-256"), f"key-{n}") for n in (2, 3, 4)]
    proposals = [await propose(ravi, client, jwk) for jwk in offered]
    assert [(await approve(sana, one))["problem"] for one in proposals[:2]] == [None, None]

    refused = (await approve(sana, proposals[2]))["problem"]

    assert [one["code"] for one in refused["problems"]] == ["too_many_keys"]
    await retire(ravi, client)
    assert (await approve(sana, proposals[2]))["problem"] is None
    assert await keys(platform) == [("key-1", False), ("key-2", True), ("key-3", True), ("key-4", True)]
