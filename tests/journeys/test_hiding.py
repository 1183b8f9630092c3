"""Nothing that is hidden shows: not in pages, cursors or counts, not in the bytes of anybody else's answers."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.world.forms import by_post, signed
from tests.world.platform import Person, Platform
from tests.world.stories import (
    CASE,
    FROM_THE_PAST,
    NOTICES,
    VIEWER,
    WORKLIST,
    assign,
    id_of,
    look,
    open_concern,
    refer,
    refer_from,
    supported_adult,
    told,
)

pytestmark = pytest.mark.anyio


async def _pages(who: Person, first: int, query: str = WORKLIST, **variables: Any) -> list[dict[str, Any]]:
    """Every edge, page by page; each page but the last is full."""
    edges: list[dict[str, Any]] = []
    after = None
    while True:
        (page,) = (await who.ask(query, first=first, after=after, **variables)).values()
        edges += page["edges"]
        assert page["pageInfo"]["endCursor"] == (page["edges"][-1]["cursor"] if page["edges"] else None)
        if not page["pageInfo"]["hasNextPage"]:
            return edges
        assert len(page["edges"]) == first
        after = page["pageInfo"]["endCursor"]


async def _referred(officer: Person, days: int, each: int) -> list[str]:
    """References of adults referred by post, some every day from 1 May 2019, in no particular order of days."""
    found = []
    for number in range(days * each):
        day = 1 + number * 7 % days
        case = await refer(officer, **by_post(f"2019-05-{day:02}T12:00:00Z"))
        found.append(case["reference"])
    return found


async def test_t7_pages_give_45_cases_each_once_in_the_order_they_are_due(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    officer, decider = await platform.sign_in("wyp-1"), await platform.sign_in("sca-1")
    references = await _referred(officer, days=15, each=3)

    for first in (1, 7, 9, 45, 46, 100):
        edges = await _pages(decider, first)
        assert sorted(edge["node"]["reference"] for edge in edges) == sorted(references)
        due = [edge["node"]["clocks"]["next"]["dueOn"] for edge in edges]
        assert due == sorted(due)
    assert len({edge["cursor"] for edge in edges}) == 45
    agency = await _pages(decider, 8, scope="AGENCY")
    assert sorted(edge["node"]["reference"] for edge in agency) == sorted(references)


async def test_t7_hidden_cases_leave_no_gap_in_a_page_and_no_next_page(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    officer, decider = await platform.sign_in("wyp-1"), await platform.sign_in("sca-1")
    references = await _referred(officer, days=9, each=1)
    ways = ("restricted", "member", "agency")
    hidden = dict(zip(references[1::2], ways * 2, strict=False))  # every second one

    for reference, way in hidden.items():
        if way == "restricted":
            await platform.admin.execute("UPDATE record SET restricted = true WHERE reference = $1", reference)
        else:
            await platform.admin.execute(
                f"INSERT INTO access_bar (record_id, {way}_id, reason, from_at) SELECT r.id, m.{way}_id, 'Knows them', "
                "'2020-01-01' FROM record r, (SELECT id AS member_id, agency_id FROM member WHERE subject = 'sca-1') m "
                "WHERE r.reference = $1",
                reference,
            )

    visible = sorted(set(references) - set(hidden))
    for scope in ("ASSIGNED", "AGENCY"):
        for first in range(1, len(visible) + 2):
            edges = await _pages(decider, first, scope=scope)
            assert sorted(edge["node"]["reference"] for edge in edges) == visible


async def test_a_case_known_by_two_relations_is_one_line_of_every_list(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    school, council = await platform.sign_in("eps-1"), await platform.sign_in("lcc-1")
    concerns = [await open_concern(school) for _ in range(4)]
    await platform.set_clock("2026-05-26T09:05+01:00")
    for concern in concerns[::2]:
        assert (await refer_from(council, concern))["problem"] is None

    expected = sorted(concern["reference"] for concern in concerns)
    for scope in ("ASSIGNED", "AGENCY"):
        for first in (1, 2, 3, 10):
            edges = await _pages(council, first, scope=scope)
            assert sorted(edge["node"]["reference"] for edge in edges) == expected, (scope, first)


async def test_a_place_has_one_cursor_and_every_viewer_and_list_their_own(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    officer, decider = await platform.sign_in("wyp-1"), await platform.sign_in("sca-1")
    manager = await platform.sign_in("sca-2")
    await refer(officer)
    await platform.deliver()

    async def cursor(who: Person, query: str = WORKLIST, **variables: Any) -> str:
        (page,) = (await who.ask(query, **variables)).values()
        return str(page["edges"][0]["cursor"])

    mine = await cursor(decider)
    assert await cursor(decider) == mine
    assert await cursor(decider, first=1) == mine
    others = [await cursor(manager), await cursor(decider, scope="AGENCY"), await cursor(decider, NOTICES)]
    assert len({mine, *others}) == 4

    answers = []
    for wrong in (*others, "", "garbage", "AAAA", mine[:-8], mine[:20] + "A" + mine[21:], mine + "AAAA", "é", "\x7f"):
        response = await decider.post(WORKLIST, {"after": wrong})
        answers.append(told(response))
        assert response.json()["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}, wrong
    assert all(answer == answers[0] for answer in answers)


EVERYTHING: dict[str, tuple[str, dict[str, Any]]] = {
    "viewer": (VIEWER, {}),
    "assigned": (WORKLIST, {"first": 2}),
    "agency": (WORKLIST, {"scope": "AGENCY", "first": 2}),
    "notices": (NOTICES, {"first": 2}),
    "agencies": (
        "{ agencies(first: 100) { edges { cursor node { id name functions } } pageInfo { hasNextPage } } }",
        {},
    ),
    "notifications": (
        "{ duty: dutyToNotifyRecords(scope: AGENCY) { edges { cursor } pageInfo { hasNextPage endCursor } } }",
        {},
    ),
    "list": ('{ referenceList(name: "towns", search: "lee") { list { total entries { name } } } }', {}),
}


async def _all_that_is_told(who: Person, own: Mapping[str, Any], ids: list[str]) -> dict[str, Any]:
    """The bytes of every root field: one's own case, and ids and references of cases that are not for one."""
    found = {name: told(await who.post(query, variables)) for name, (query, variables) in EVERYTHING.items()}
    found["own"] = told(
        await who.post(f"query ($r: String) {{ {CASE[:4]}(reference: $r) {CASE[5:]} }}", {"r": own["reference"]})
    )
    for number, public in enumerate(ids):
        found[f"node {number}"] = told(await who.post("query ($id: ID!) { node(id: $id) { id } }", {"id": public}))
    return found


async def test_t8_what_happens_elsewhere_changes_no_byte_of_another_agencys_answers(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    officer, other = await platform.sign_in("wyp-1"), await platform.sign_in("gmp-1")
    sender, council = await platform.sign_in("gmp-2"), await platform.sign_in("lcc-1")
    school = await platform.sign_in("eps-1")
    there = {"currentTown": "Manchester", "currentRegion": "Greater Manchester"}
    manchester = signed("2019-05-01", organisation="Greater Manchester Police", **there)
    own = [await refer(sender, **by_post(f"2019-05-{day:02}T12:00:00Z", manchester)) for day in (5, 7, 11)]
    await platform.deliver()
    nothing = ["Q2FzZTphYWFhYWFhYS1hYWFhLTRhYWEtOGFhYS1hYWFhYWFhYWFhYWE="] * 3
    before = await _all_that_is_told(other, own[0], nothing)
    assert len((await other.ask(WORKLIST))["worklist"]["edges"]) == 3

    hidden = [
        await refer(officer, **by_post(f"2019-05-{day:02}T12:00:00Z", supported_adult(signed("2019-05-01"))))
        for day in (6, 8, 12)
    ]
    await assign(officer, hidden[0], memberId=await id_of(officer, "PC Ben Invented"))
    concern = await open_concern(school)
    assert (await refer_from(council, concern))["problem"] is None
    await platform.deliver()
    after = await _all_that_is_told(other, own[0], [case["id"] for case in hidden])

    assert after == before
    for case in (*hidden, concern):
        assert await look(other, case) is None
