"""Each message of a batch is stored whole or refused whole, for the sender's own agency, and told in a line."""

import asyncio
import json
from typing import Any

import pytest

from api import referral_imports
from tests.journeys.test_machine_door import code_of
from tests.services.imports import upstream
from tests.world.batches import NDJSON, PATH, a_message, read
from tests.world.machines import ended, registered
from tests.world.platform import Platform
from tests.world.stories import counted, kinds, worklist

pytestmark = pytest.mark.anyio

ARRIVED = """
    SELECT external_id, channel, to_char(received_at AT TIME ZONE 'Europe/London', 'YYYY-MM-DD"T"HH24:MI') AS at
    FROM referral
"""
TRANSACTIONS = "SELECT count(DISTINCT transaction) FROM access_record WHERE act = 'referral.import'"


async def test_a_list_and_lines_are_the_same_batch(platform: Platform) -> None:
    machine = await registered(platform)
    await machine.sign_in()
    messages: list[Any] = [a_message(1), a_message(2), "no message"]
    lines = "\n".join(json.dumps(one) for one in messages)

    first = read(await machine.send(messages))
    second = read(await platform.browser().post(PATH, content=lines, headers=machine.headers | NDJSON))

    assert [line["outcome"] for line in first[:-1]] == ["imported", "imported", "refused"]
    assert [line["outcome"] for line in second[:-1]] == ["already_imported", "already_imported", "refused"]
    assert [line["externalId"] for line in first[:-1]] == [messages[0]["ExternalId"], messages[1]["ExternalId"], None]
    assert first[0]["reference"] == second[0]["reference"]
    assert first[2]["problems"] == second[2]["problems"]
    assert first[-1] == {"end": "complete", "counts": {"imported": 2, "already_imported": 0, "refused": 1}}


async def test_an_imported_referral_is_the_forces_own_in_the_function_that_refers(platform: Platform) -> None:
    machine = await registered(platform)
    await machine.sign_in()
    (line, _) = read(await machine.send([a_message(3)]))
    await platform.deliver()

    desk, decider = await platform.sign_in("wyp-2"), await platform.sign_in("sca-1")
    assert [case["reference"] for case in await worklist(desk)] == [line["reference"]]
    assert [case["reference"] for case in await worklist(decider)] == [line["reference"]]
    assert "REFERRAL_RECEIVED" in await kinds(decider)
    involved = await platform.admin.fetch(
        "SELECT i.function, i.relation FROM involvement i JOIN agency a ON a.id = i.agency_id "
        "WHERE a.code = 'west-yorkshire-police' AND i.until_at IS NULL"
    )
    assert {tuple(row) for row in involved} >= {("first_responder", "referrer")}
    assert not [row for row in involved if row["function"] == "referral_import"], "the import keeps nothing"


async def test_a_force_sends_no_form_of_another_organisation(platform: Platform) -> None:
    machine = await registered(platform)
    await machine.sign_in()
    before = await counted(platform)

    (line, _) = read(await machine.send([upstream.message("child")]))

    assert line["outcome"] == "refused"
    assert [(one["path"], one["code"]) for one in line["problems"]] == [("Agent.Organisation", "not_your_agency")]
    assert await counted(platform) == before


async def test_a_sender_learns_nothing_of_what_others_sent(platform: Platform) -> None:
    police, council = await registered(platform), await registered(platform, agency="lcc")
    await police.sign_in()
    await council.sign_in()
    theirs = upstream.message("child")
    (sent, _) = read(await council.send([theirs]))
    assert sent["outcome"] == "imported"

    (line, _) = read(await police.send([theirs]))

    assert line["outcome"] == "refused"
    assert sent["reference"] not in json.dumps(line)


async def test_how_and_when_a_message_arrived_stands_in_its_wrapper(platform: Platform) -> None:
    machine = await registered(platform)
    await machine.sign_in()
    wrapped = {"message": a_message(3), "receivedAt": "2026-05-22T23:59", "channel": "email"}
    wrong = [
        {"message": a_message(9), "receivedAt": "yesterday"},
        {"message": a_message(9), "receivedAt": 7},
        {"message": a_message(9), "receivedAt": "2999-01-01T00:00Z"},
        {"message": a_message(9), "channel": "pigeon"},
        {"message": a_message(9), "case": "C-1111-1111-1"},
    ]

    lines = read(await machine.send([wrapped, *wrong]))

    assert [line["outcome"] for line in lines[:-1]] == ["imported", *["refused"] * 5]
    paths = [[one["path"] for one in line["problems"]] for line in lines[1:-1]]
    assert paths == [["receivedAt"], ["receivedAt"], ["receivedAt"], ["channel"], ["case"]]
    row = await platform.admin.fetchrow("SELECT channel, received_at AT TIME ZONE 'Europe/London' AS at FROM referral")
    assert (row["channel"], row["at"].isoformat()) == ("email", "2026-05-22T23:59:00")


@pytest.mark.parametrize("twice", [False, True])
async def test_messages_that_come_together_go_in_together_each_as_itself(platform: Platform, twice: bool) -> None:
    """Those that cannot, because one form is there twice, go in one by one."""
    machine = await registered(platform)
    await machine.sign_in()
    arrived = {2: ("email", "2026-05-20T23:59"), 3: ("post", "2026-05-21T00:01"), 9: ("online", "2026-05-22T08:00")}
    batch = [{"message": a_message(n), "channel": how, "receivedAt": at} for n, (how, at) in arrived.items()]

    *lines, _ = read(await machine.send(batch + batch[:1] * twice))

    assert [line["outcome"] for line in lines] == ["imported"] * 3 + ["already_imported"] * twice
    assert not twice or lines[3]["reference"] == lines[0]["reference"]
    stored = {row["external_id"]: (row["channel"], row["at"]) for row in await platform.admin.fetch(ARRIVED)}
    assert stored == {a_message(n)["ExternalId"]: said for n, said in arrived.items()}
    taken_in = await platform.admin.fetchval(TRANSACTIONS)
    assert taken_in == (3 if twice else 1)


async def test_a_batch_ends_where_its_list_breaks_and_keeps_what_came_before(platform: Platform) -> None:
    machine = await registered(platform)
    await machine.sign_in()
    body = json.dumps([a_message(3)])[:-1] + ", }"
    kind = {"content-type": "application/json"}

    (line, last) = read(await platform.browser().post(PATH, content=body, headers=machine.headers | kind))

    assert line["outcome"] == "imported"
    assert (last["end"], last["counts"]["imported"]) == ("broken", 1)
    assert last["remedy"]


async def test_the_message_after_the_last_that_a_batch_may_have_is_not_read(platform: Platform) -> None:
    machine = await registered(platform)
    await machine.sign_in()

    *lines, last = read(await machine.send([{}] * 501))

    assert (len(lines), last["end"]) == (500, "too_many")


async def test_a_client_that_is_ended_stops_between_two_messages(platform: Platform) -> None:
    machine = await registered(platform)
    await machine.sign_in()
    told: list[dict[str, Any]] = []

    async def body() -> Any:
        yield json.dumps(a_message(3)).encode() + b"\n"
        await ended(platform, machine)
        yield json.dumps(a_message(9)).encode() + b"\n"

    told = read(await platform.browser().post(PATH, content=body(), headers=machine.headers | NDJSON))

    assert told[-1]["end"] == "unauthenticated"
    assert told[-1]["counts"]["imported"] <= 1
    assert await platform.admin.fetchval("SELECT count(*) FROM referral") == told[-1]["counts"]["imported"]


async def test_who_stops_sending_is_cut_off_and_keeps_what_was_taken_in(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(referral_imports, "IDLE_SECONDS", 0.3)
    machine = await registered(platform)
    await machine.sign_in()

    async def body() -> Any:
        yield json.dumps(a_message(3)).encode() + b"\n"
        await asyncio.sleep(5)
        yield json.dumps(a_message(9)).encode() + b"\n"

    (line, last) = read(await platform.browser().post(PATH, content=body(), headers=machine.headers | NDJSON))

    assert (line["outcome"], last["end"]) == ("imported", "stalled")


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"content-type": "text/plain"}, (415, None)),
        ({"content-type": "application/json", "content-encoding": "gzip"}, (415, None)),
        ({"content-type": "application/json", "content-length": str(65 * 1024 * 1024)}, (413, None)),
        ({"content-type": "application/json", "authorization": "Bearer nobody"}, (401, "UNAUTHENTICATED")),
    ],
)
async def test_a_batch_that_cannot_be_read_is_refused_before_anything_is_stored(
    platform: Platform, headers: dict[str, str], expected: tuple[int, str | None]
) -> None:
    machine = await registered(platform)
    await machine.sign_in()

    answer = await platform.browser().post(PATH, content=b"[]", headers=machine.headers | headers)

    assert answer.status_code == expected[0]
    assert expected[1] is None or code_of(answer) == expected


async def test_only_post_is_served(platform: Platform) -> None:
    assert (await platform.browser().get(PATH)).status_code == 405
