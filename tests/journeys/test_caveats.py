"""Legal advice, therapeutic notes and intelligence: read by their author's agency, and not there for anybody else."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from schema.node import global_id
from tests.world.administering import act_as
from tests.world.ledger import lines, totals
from tests.world.platform import Person, Platform
from tests.world.sharing import give
from tests.world.stories import PROBLEM, counted, look, raw_id, refer, seen, supported_adult, told, worklist

pytestmark = pytest.mark.anyio

WRITE = f"""mutation ($input: RecordCaveatedEntryInput!) {{ recordCaveatedEntry(input: $input) {{
  entry {{ id caveat content writer }} {PROBLEM} }} }}"""
READ = """query ($caseId: ID!, $first: Int! = 20, $after: String) {
  caveatedEntries(caseId: $caseId, first: $first, after: $after) {
    edges { node { id caveat content writer writtenAt } } pageInfo { hasNextPage endCursor } } }"""
ACCESS = """query ($reference: String) { case(reference: $reference) { version access { standing groups {
  group verdict says rules { number } wouldChange } } } }"""
SAID = {"caveat": "INTELLIGENCE", "content": "Kanarienvogel waits in Invented Street."}
STAGES = ("2026-05-26T09:00+01:00", "2026-05-26T09:01+01:00", "2026-05-26T09:02+01:00")
Case = Mapping[str, Any]


async def write(who: Person, case: Case, **content: Any) -> dict[str, Any]:
    return await who.do(WRITE, **({"caseId": case["id"]} | SAID | content))


async def entries(who: Person, case: Case, first: int = 20) -> list[str]:
    """What is read, page by page."""
    found: list[str] = []
    after = None
    while True:
        page = (await who.ask(READ, caseId=case["id"], first=first, after=after))["caveatedEntries"]
        found += [edge["node"]["content"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


async def shared_case(platform: Platform) -> dict[str, Any]:
    """An adult's case in which a referrer, police, an authority and the support prime stand."""
    await platform.set_clock(STAGES[0])
    return await refer(await platform.sign_in("wyp-1"), supported_adult())


async def test_an_agency_reads_what_it_wrote_itself_the_newest_first(platform: Platform) -> None:
    case = await shared_case(platform)
    detective = await platform.sign_in("wyp-3")
    for minute in range(3):
        await platform.set_clock(f"2026-05-26T09:1{minute}+01:00")
        payload = await write(detective, case, content=f" Note {minute}. ")
        assert payload["problem"] is None
        assert payload["entry"]["content"] == f"Note {minute}."
        assert (payload["entry"]["caveat"], payload["entry"]["writer"]) == ("INTELLIGENCE", "DC Cora Invented")

    assert await entries(detective, case, first=1) == ["Note 2.", "Note 1.", "Note 0."]
    manager = await platform.sign_in("wyp-4")
    assert await entries(manager, case) == [], "as first responder, another function of the same force"
    assert (await act_as(manager, "INVESTIGATING_POLICE"))["problem"] is None
    assert await entries(manager, case, first=2) == ["Note 2.", "Note 1.", "Note 0."]


@pytest.mark.parametrize("author", ["wyp-1", "wyp-3", "sca-1", "tsa-1"])
async def test_for_everybody_else_it_is_not_there(platform: Platform, author: str) -> None:
    """Byte for byte: single reads, lists, explanations, ids; another function of the same agency included."""
    case = await shared_case(platform)
    others = [who for who in ("wyp-1", "wyp-2", "wyp-3", "sca-1", "tsa-1", "exh-1", "gmp-1", "lcc-1") if who != author]
    people = {who: await platform.sign_in(who) for who in others}
    before = {who: await everything(person, case) for who, person in people.items()}

    payload = await write(await platform.sign_in(author), case)

    assert payload["problem"] is None, author
    entry = payload["entry"]["id"]
    for who, person in people.items():
        assert await everything(person, case) == before[who], (author, who)
        assert await entries(person, case) == [], (author, who)
        assert (await person.ask("query ($id: ID!) { node(id: $id) { id } }", id=entry))["node"] is None
    nowhere = {"id": global_id("Case", UUID(int=7))}
    assert await entries(people[others[-1]], nowhere) == await entries(people["exh-1"], case) == []


async def everything(who: Person, case: Case) -> list[Any]:
    """What somebody is answered about a case, at doors that could tell of an entry."""
    looks = [(READ, {"caseId": case["id"]}), (ACCESS, {"reference": case["reference"]})]
    answers = [told(await who.post(query, variables)) for query, variables in looks]
    return [answers, await look(who, case), await worklist(who), await worklist(who, "AGENCY")]


async def test_no_line_of_the_ledger_tells_the_leading_agency(platform: Platform) -> None:
    """Its officer reads that others looked at the case, and not that they looked at what they keep for themselves."""
    case = await refer(await platform.sign_in("wyp-1"))
    author, officer = await platform.sign_in("sca-1"), await platform.sign_in("wyp-ig")
    await seen(author, case)
    told_before = await others(officer, case)
    assert "see" in {line["act"] for line in told_before[0]}

    assert (await write(author, case))["problem"] is None
    assert len(await entries(author, case)) == 1

    assert await others(officer, case) == told_before
    own = await lines(await platform.sign_in("sca-ig"), reference=case["reference"])
    acts = [(line["act"], line["rules"], line["groups"]) for line in own[:3]]
    assert ("caveat.record", ["R185", "R186"], ["CORE"]) in acts
    assert ("see", ["R185"], ["CAVEATED", "CORE"]) in acts


async def others(officer: Person, case: Case) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Lines and totals of agencies other than the one that leads it."""
    found = await lines(officer, reference=case["reference"]), await totals(officer, reference=case["reference"])
    theirs = [[line for line in part if line["agency"]["name"] != "West Yorkshire Police"] for part in found]
    return theirs[0], theirs[1]


async def test_no_share_gives_it(platform: Platform) -> None:
    case = await shared_case(platform)
    officer = await platform.sign_in("wyp-1")
    await write(officer, case)
    before = await counted(platform)

    payload = await give(platform, officer, case, ("ess", "HEALTH"), ["CAVEATED"])

    assert payload["problem"]["__typename"] in ("Invalid", "Refused"), payload
    assert await counted(platform) == before


async def test_who_may_not_write_writes_nothing_and_nobody_is_told(platform: Platform) -> None:
    case = await shared_case(platform)
    before = await counted(platform)

    for who, problem in (("wyp-2", "Refused"), ("exh-1", "NotFound"), ("gmp-1", "NotFound"), ("wyp-5", "NotFound")):
        payload = await write(await platform.sign_in(who), case)
        assert (payload["entry"], payload["problem"]["__typename"]) == (None, problem), who
    for content, code in ((" ", "required"), ("x" * 10_001, "too_long")):
        payload = await write(await platform.sign_in("wyp-1"), case, content=content)
        assert payload["problem"]["problems"][0]["code"] == code

    assert await counted(platform) == before
    assert await platform.admin.fetchval("SELECT count(*) FROM caveated_entry") == 0


async def test_writing_changes_nothing_else_and_happens_once(platform: Platform) -> None:
    case = await shared_case(platform)
    officer = await platform.sign_in("wyp-1")
    before = await counted(platform)

    first = await write(officer, case, idempotencyKey="one-and-the-same")
    again = await write(officer, case, idempotencyKey="one-and-the-same")

    assert first == again
    assert await counted(platform) == {**before, "idempotency": before["idempotency"] + 1}
    row = await platform.admin.fetchrow("SELECT * FROM caveated_entry")
    assert (str(row["id"]), row["content"]) == (raw_id(first["entry"]["id"]), SAID["content"])
