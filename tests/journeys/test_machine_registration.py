"""Two administrators let a system of their agency in, one ends it; none is given more than the agency has."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from joserfc.jwk import ECKey

from tests.contract.storyteller import OPERATIONS
from tests.world.machines import GIVE_IMPORT, IMPORT, Machine, a_jwk, registered
from tests.world.platform import Person, Platform

pytestmark = pytest.mark.anyio

TODAY = date.today()  # noqa: DTZ011 - the platform's clock is the real one here
DECIDE, LIST = OPERATIONS["DecideProposal"].query, OPERATIONS["ListMachineClients"].query
PROPOSE, END = OPERATIONS["ProposeMachineClient"].query, OPERATIONS["EndMachineClient"].query
KEY, OTHER = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")


def form(**changes: Any) -> dict[str, Any]:
    """What an administrator of West Yorkshire Police sends."""
    return {
        "name": "Records system",
        "purpose": "Sends our referrals.",
        "function": "REFERRAL_IMPORT",
        "operations": [IMPORT],
        "keys": [{"jwk": a_jwk(KEY)}],
        "validFrom": TODAY.isoformat(),
        "validUntil": (TODAY + timedelta(days=300)).isoformat(),
        "reason": "The supplier's contract.",
    } | changes


async def decide(who: Person, proposal: dict[str, Any], decision: str = "APPROVE") -> dict[str, Any]:
    return await who.do(DECIDE, proposalId=proposal["id"], decision=decision)


async def listed(who: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await who.ask(LIST))["machineClients"]
    return found


async def test_two_administrators_let_a_system_in_and_one_ends_it(platform: Platform) -> None:
    await platform.admin.execute(GIVE_IMPORT, "west-yorkshire-police")
    ravi, sana = await platform.sign_in("wyp-5"), await platform.sign_in("wyp-6")

    payload = await ravi.do(PROPOSE, **form())
    assert payload["problem"] is None, payload
    assert await listed(ravi) == [], "nothing can act before it is approved"
    alone = await decide(ravi, payload["proposal"])
    assert alone["problem"]["__typename"] == "Refused"
    approved = await decide(sana, payload["proposal"])
    assert approved["problem"] is None, approved

    (client,) = await listed(ravi)
    assert (client["name"], client["isLive"], client["lastTokenAt"]) == ("Records system", True, None)
    machine = Machine(platform, client["clientId"], KEY)
    await machine.sign_in()
    assert (await machine.send([])).status_code == 200

    gone = await ravi.do(END, clientId=client["id"], reason="The contract ended.")
    assert gone["problem"] is None, gone
    assert (gone["client"]["isLive"], gone["client"]["lastTokenAt"] is None) == (False, False)
    assert (await machine.send([])).status_code == 401
    again = await ravi.do(END, clientId=client["id"], reason="Once more.")
    assert again["problem"]["__typename"] == "NotFound"


async def test_every_step_is_in_the_administrative_ledger(platform: Platform) -> None:
    machine = await registered(platform)
    who = await platform.sign_in("wyp-5")
    client = next(one for one in await listed(who) if one["clientId"] == machine.id)
    await who.do(END, clientId=client["id"], reason="The contract ended.")

    rows = await platform.admin.fetch("SELECT act, verdict, before, after FROM administrative_record ORDER BY sequence")

    done = [(row["act"], row["verdict"]) for row in rows if row["verdict"] == "done"]
    assert done == [
        ("proposal.make", "done"),
        ("machine_client.register", "done"),
        ("machine_client.end", "done"),
    ]
    before, after = (json.loads(rows[-1][side])["machine_clients"] for side in ("before", "after"))
    assert ([one["ended_at"] is None for one in before], [one["ended_at"] is None for one in after]) == (
        [True],
        [False],
    )


SMALL = {"kty": "RSA", "kid": "s", "e": "AQAB", "n": "_" * 170}
WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "no name": ({"name": " "}, "name", "required"),
    "no purpose": ({"purpose": ""}, "purpose", "required"),
    "no operation": ({"operations": []}, "operations", "how_many"),
    "an unknown operation": ({"operations": ["DeleteEverything"]}, "operations[0]", "unknown"),
    "the import in another function": ({"function": "FIRST_RESPONDER"}, "operations", "other_function"),
    "a function of another agency": (
        {"function": "DECISION_MAKER", "operations": ["ReadViewer"]},
        "function",
        "agency_has_no_such_function",
    ),
    "a function of the platform": (
        {"function": "PLATFORM_WORKER", "operations": ["ReadViewer"]},
        "function",
        "platforms_own",
    ),
    "a beginning in the past": ({"validFrom": "2020-01-01"}, "validFrom", "in_the_past"),
    "no end in sight": ({"validUntil": "2099-01-01"}, "validUntil", "too_late"),
    "an end before its beginning": ({"validUntil": TODAY.isoformat()}, "validUntil", "before_its_start"),
    "no key": ({"keys": []}, "keys", "how_many"),
    "too many keys": ({"keys": [{"jwk": a_jwk(KEY, f"k{n}")} for n in range(4)]}, "keys", "how_many"),
    "one key twice": ({"keys": [{"jwk": a_jwk(KEY, "a")}, {"jwk": a_jwk(KEY, "b")}]}, "keys", "twice"),
    "two keys of one name": ({"keys": [{"jwk": a_jwk(KEY)}, {"jwk": a_jwk(OTHER)}]}, "keys", "twice"),
    "a private key": ({"keys": [{"jwk": json.dumps(KEY.as_dict(private=True))}]}, "keys[0].jwk", "unfit"),
    "a key that is too small": ({"keys": [{"jwk": json.dumps(SMALL)}]}, "keys[0].jwk", "unfit"),
    "a key that is none": ({"keys": [{"jwk": "[]"}]}, "keys[0].jwk", "unfit"),
    "a shared secret": ({"keys": [{"jwk": '{"kty": "oct", "k": "AAAA"}'}]}, "keys[0].jwk", "unfit"),
    "no point of the curve": ({"keys": [{"jwk": a_jwk(KEY, x="A" * 43)}]}, "keys[0].jwk", "unfit"),
    "another curve": ({"keys": [{"jwk": a_jwk(ECKey.generate_key("P-384"))}]}, "keys[0].jwk", "unfit"),
    "a key that outlives its client": (
        {"keys": [{"jwk": a_jwk(KEY), "validUntil": "2099-01-01"}]},
        "keys[0]",
        "dates",
    ),
}


async def test_a_registration_names_everything_that_is_wrong_with_it(platform: Platform) -> None:
    await platform.admin.execute(GIVE_IMPORT, "west-yorkshire-police")
    ravi = await platform.sign_in("wyp-5")

    for kind, (changes, path, code) in WRONG.items():
        problem = (await ravi.do(PROPOSE, **form(**changes)))["problem"]
        assert problem["__typename"] == "Invalid", kind
        assert (path, code) in {(one["path"], one["code"]) for one in problem["problems"]}, kind
    assert await platform.admin.fetchval("SELECT count(*) FROM administrative_proposal") == 0


async def test_a_key_belongs_to_one_client_even_after_its_end(platform: Platform) -> None:
    machine = await registered(platform)
    ravi = await platform.sign_in("wyp-5")

    problem = (await ravi.do(PROPOSE, **form(keys=[{"jwk": a_jwk(machine.key, "other-name")}])))["problem"]

    assert [one["code"] for one in problem["problems"]] == ["key_taken"]


async def test_machine_clients_are_for_administrators_of_the_agency_only(platform: Platform) -> None:
    machine = await registered(platform)
    (client,) = await listed(await platform.sign_in("wyp-5"))
    for subject, kind in (("wyp-1", "Refused"), ("wyp-4", "Refused"), ("lcc-4", "NotFound"), ("con-1", "NotFound")):
        who = await platform.sign_in(subject)
        assert await listed(who) == []
        ended = await who.do(END, clientId=client["id"], reason="Because.")
        assert ended["problem"]["__typename"] == kind, subject
    officer = await platform.sign_in("wyp-1")
    assert (await officer.do(PROPOSE, **form(keys=[{"jwk": a_jwk(OTHER)}])))["problem"]["__typename"] == "Refused"
    await machine.sign_in()
    assert (await machine.send([])).status_code == 200


async def test_a_repeated_proposal_is_one_proposal(platform: Platform) -> None:
    await platform.admin.execute(GIVE_IMPORT, "west-yorkshire-police")
    ravi, key = await platform.sign_in("wyp-5"), str(uuid4())

    first = await ravi.do(PROPOSE, **form(idempotencyKey=key))
    second = await ravi.do(PROPOSE, **form(idempotencyKey=key))

    assert first == second
    assert await platform.admin.fetchval("SELECT count(*) FROM administrative_proposal") == 1


async def test_the_platforms_administrators_give_an_agency_the_function_to_import(platform: Platform) -> None:
    ravi, sana = await platform.sign_in("wyp-5"), await platform.sign_in("wyp-6")
    alba, boris = await platform.sign_in("con-1"), await platform.sign_in("con-2")
    before = (await ravi.do(PROPOSE, **form()))["problem"]
    assert [one["code"] for one in before["problems"]] == ["agency_has_no_such_function"]

    agencies = (await ravi.ask(OPERATIONS["ListAgencies"].query, first=100))["agencies"]["edges"]
    police = next(edge["node"]["id"] for edge in agencies if edge["node"]["name"] == "West Yorkshire Police")
    change = {"giveAgencyFunction": {"agencyId": police, "function": "REFERRAL_IMPORT"}}
    given = await alba.do(OPERATIONS["ProposeChange"].query, change=change, reason="Their supplier is ready.")
    assert given["problem"] is None, given
    assert (await decide(boris, given["proposal"]))["problem"] is None

    proposal = (await ravi.do(PROPOSE, **form()))["proposal"]
    assert (await decide(sana, proposal))["problem"] is None
    (client,) = await listed(ravi)
    assert (client["function"], client["isLive"]) == ("REFERRAL_IMPORT", True)
