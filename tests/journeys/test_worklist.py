"""The worklist: what waits, for whom, until when; narrowed and ordered by what its reader may read and nothing else."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.world.forms import child_referral
from tests.world.platform import Person, Platform
from tests.world.stories import PROBLEM, assign, counted, id_of, look, refer, seen, told

pytestmark = pytest.mark.anyio

NOTE = f"""mutation ($input: NoteWaitingInput!) {{ noteWaiting(input: $input) {{ case {{ reference clocks {{
  ... on Clocks {{ waiting {{ waitsFor whom wakesOn isAsleep notedBy }} waitingVersion }} }} }} {PROBLEM} }} }}"""
LIST = """query ($scope: WorklistScope! = ASSIGNED, $order: WorklistOrder, $filter: WorklistFilter, $first: Int! = 20,
  $after: String) { worklist(scope: $scope, order: $order, filter: $filter, first: $first, after: $after) {
  edges { node { reference clocks { __typename ... on Clocks { waiting { whom isAsleep } next { dueOn daysLeft } } } } }
  pageInfo { hasNextPage endCursor } } }"""
TUESDAY = "2026-05-26T09:00+01:00"
WAITS = {"waitsFor": "A letter about the operation.", "whom": "Kanarienvogel clinic", "wakesOn": "2026-06-08"}


async def note(who: Person, case: Mapping[str, Any], version: int = 0, **content: Any) -> dict[str, Any]:
    return await who.do(NOTE, **({"caseId": case["id"], "expectedVersion": version} | (content or WAITS)))


async def listed(who: Person, scope: str = "ASSIGNED", **wanted: Any) -> list[str]:
    """References, page by page of two, so that every cursor is used."""
    found: list[str] = []
    after = None
    while True:
        page = (await who.ask(LIST, scope=scope, first=2, after=after, **wanted))["worklist"]
        found += [edge["node"]["reference"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


async def three(platform: Platform) -> tuple[Person, list[dict[str, Any]]]:
    """An officer with three cases, referred on three days: each has its own date."""
    cases = []
    for moment in (TUESDAY, "2026-05-27T09:00+01:00", "2026-05-28T09:00+01:00"):
        await platform.set_clock(moment)
        cases.append(await refer(await platform.sign_in("wyp-1")))
    return await platform.sign_in("wyp-1"), cases


async def test_a_case_sleeps_until_its_day_and_wakes_by_itself(platform: Platform) -> None:
    officer, cases = await three(platform)
    late, middle, early = [case["reference"] for case in cases]

    payload = await note(officer, cases[1])

    waiting = payload["case"]["clocks"]
    assert waiting["waiting"] == {**WAITS, "isAsleep": True, "notedBy": "PC Asha Invented"}
    assert waiting["waitingVersion"] == 1
    assert await listed(officer, filter={"asleep": True}) == [middle]
    assert await listed(officer, filter={"asleep": False}) == [late, early]
    assert await listed(officer) == [late, middle, early]
    for moment, asleep in (("2026-06-07T23:59+01:00", [middle]), ("2026-06-08T00:00+01:00", [])):
        await platform.set_clock(moment)
        assert await listed(await platform.sign_in("wyp-1"), filter={"asleep": True}) == asleep, moment


async def test_it_is_woken_before_by_another_note_and_both_notes_stay(platform: Platform) -> None:
    officer, cases = await three(platform)
    await note(officer, cases[0])

    payload = await note(officer, cases[0], 1, waitsFor="", whom="")

    assert payload["case"]["clocks"]["waiting"]["isAsleep"] is False
    assert await listed(officer, filter={"asleep": True}) == []
    assert await platform.admin.fetchval("SELECT count(*) FROM waiting_note") == 2
    assert (await note(officer, cases[0], 1))["problem"]["code"] == "VERSION_MOVED"


async def test_nobody_but_the_agencys_own_function_reads_the_note(platform: Platform) -> None:
    await platform.set_clock(TUESDAY)
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    before = {}
    others = {who: await platform.sign_in(who) for who in ("wyp-2", "wyp-3", "sca-1", "exh-1")}
    for who, person in others.items():
        for asleep in (True, False):
            before[who, asleep] = told(await person.post(LIST, {"scope": "AGENCY", "filter": {"asleep": asleep}}))

    assert (await note(officer, case))["problem"] is None

    for who, person in others.items():
        for asleep in (True, False):
            after = told(await person.post(LIST, {"scope": "AGENCY", "filter": {"asleep": asleep}}))
            assert after == before[who, asleep], (who, asleep)
            assert b"Kanarienvogel" not in after[1]


async def test_a_colleague_and_a_stranger_note_nothing(platform: Platform) -> None:
    await platform.set_clock(TUESDAY)
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    before = await counted(platform)

    for who, problem in (("wyp-2", "Refused"), ("exh-1", "NotFound"), ("tsa-1", "NotFound")):
        payload = await note(await platform.sign_in(who), case)
        assert payload["problem"]["__typename"] == problem, who

    assert await counted(platform) == before
    assert await platform.admin.fetchval("SELECT count(*) FROM waiting_note") == 0


@pytest.mark.parametrize(
    ("wrong", "path", "code"),
    [({"waitsFor": " "}, "waitsFor", "required"), ({"whom": ""}, "whom", "required"),
     ({"whom": "x" * 201}, "whom", "too_long"), ({"waitsFor": "x" * 501}, "waitsFor", "too_long"),
     ({"wakesOn": "2026-05-26"}, "wakesOn", "out_of_range"), ({"wakesOn": "2027-05-28"}, "wakesOn", "out_of_range")],
)  # fmt: skip
async def test_what_cannot_be_noted_is_named(platform: Platform, wrong: Any, path: str, code: str) -> None:
    await platform.set_clock(TUESDAY)
    officer = await platform.sign_in("wyp-1")
    payload = await note(officer, await refer(officer), **(WAITS | wrong))
    assert [(one["path"], one["code"]) for one in payload["problem"]["problems"]] == [(path, code)]


async def test_what_is_late_and_what_is_due_is_found_by_dates_that_the_reader_reads(platform: Platform) -> None:
    officer, cases = await three(platform)
    references = [case["reference"] for case in cases]
    due = (await seen(officer, cases[1]))["clocks"]["all"][0]["dueOn"]

    assert await listed(officer, filter={"dueBy": due}) == references[:2]
    await platform.set_clock(f"{due}T23:59+01:00")
    officer = await platform.sign_in("wyp-1")
    assert await listed(officer, filter={"overdue": True}) == references[:1]
    assert await listed(officer, filter={"overdue": False}) == references[1:]
    assert await listed(officer, order="NEWEST") == references[::-1]
    decider = await platform.sign_in("sca-2")
    assert await listed(decider, filter={"overdue": True, "waitsForUs": True}) == references[:1]
    assert await listed(officer, filter={"waitsForUs": True}) == []
    assert await listed(officer, filter={"waitsForUs": False}) == references


async def test_a_filter_by_what_one_may_not_read_selects_nothing_and_tells_nothing(platform: Platform) -> None:
    await three(platform)
    await platform.set_clock("2026-07-01T09:00+01:00")  # everything is late
    colleague = await platform.sign_in("wyp-2")
    everything = await listed(colleague, "AGENCY")
    assert len(everything) == 3
    for wanted in (
        {"overdue": True},
        {"overdue": False},
        {"dueBy": "2030-01-01"},
        {"asleep": False},
        {"waitsForUs": False},
    ):
        assert await listed(colleague, "AGENCY", filter=wanted) == [], wanted
    assert await listed(colleague, "AGENCY", order="NEXT_DUE") == everything[::-1], "by when they came, not by dates"
    assert await listed(colleague, "AGENCY", filter={"stages": ["AWAITING_REASONABLE_GROUNDS"]}) == everything
    assert await listed(colleague, "AGENCY", filter={"stages": ["DECIDED", "CONCERN"]}) == []


async def test_a_manager_sees_whose_cases_they_are(platform: Platform) -> None:
    officer, cases = await three(platform)
    manager = await platform.sign_in("wyp-4")
    asha, ben = await id_of(officer), await id_of(officer, "PC Ben Invented")
    await assign(officer, cases[2], memberId=ben, replacing=True)

    assert await listed(manager, "AGENCY", filter={"heldBy": asha}) == [case["reference"] for case in cases[1::-1]]
    assert await listed(manager, "AGENCY", filter={"heldBy": ben}) == [cases[2]["reference"]]
    wrong = await manager.post(LIST, {"filter": {"heldBy": cases[0]["id"]}})
    assert wrong.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_a_cursor_goes_on_in_no_other_list(platform: Platform) -> None:
    officer, _ = await three(platform)
    page = (await officer.ask(LIST, first=1, filter={"overdue": False}))["worklist"]["pageInfo"]
    other = await officer.post(LIST, {"first": 1, "filter": {"overdue": True}, "after": page["endCursor"]})
    assert other.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_a_child_and_an_adult_stand_in_one_list(platform: Platform) -> None:
    await platform.set_clock(TUESDAY)
    worker = await platform.sign_in("lcc-1")
    case = await refer(worker, child_referral())
    assert await listed(worker, filter={"asleep": False, "overdue": False}) == [case["reference"]]
    assert (await look(worker, case)) is not None
