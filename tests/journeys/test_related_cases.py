"""Cases that have to do with each other: linked, perhaps of one person, or handed over together."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.world.forms import adult_referral
from tests.world.platform import Person, Platform
from tests.world.stories import PROBLEM, assign, counted, id_of, inbox, refer, seen, told, worklist

pytestmark = pytest.mark.anyio

LINK = f"mutation ($input: LinkCasesInput!) {{ linkCases(input: $input) {{ link {{ id kind reason }} {PROBLEM} }} }}"
UNLINK = f"mutation ($input: EndCaseLinkInput!) {{ endCaseLink(input: $input) {{ caseLinkId {PROBLEM} }} }}"
HAND = f"""mutation ($input: HandOverCasesInput!) {{ handOverCases(input: $input) {{
  cases {{ reference assignments {{ name }} }} {PROBLEM} }} }}"""
LINKS = "query ($caseId: ID) { caseLinks(caseId: $caseId) { id kind reason cases { reference } } }"
TWICE = """query ($caseId: ID) { possibleDuplicates(caseId: $caseId) { sameBirth cases {
  reference identity { __typename } } } }"""
Case = Mapping[str, Any]


def named(first: str, last: str, born: str | None) -> dict[str, Any]:
    """The form of an adult of this name."""
    form = adult_referral(supportPlan={"wanted": False})
    known = {"dateOfBirthKnown": born is not None, "dateOfBirth": born}
    return form | {"identity": form["identity"] | {"firstName": first, "lastName": last} | known}


async def elsewhere(platform: Platform, form: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A referral by another force."""
    force = {"organisation": "Greater Manchester Police"}
    return await refer(await platform.sign_in("gmp-2"), {**(form or adult_referral()), **force})


async def link(who: Person, one: Case, other: Case, **content: Any) -> dict[str, Any]:
    sent = {"caseId": one["id"], "otherCaseId": other["id"], "kind": "SAME_FAMILY", "reason": "Kanarienvogel sisters."}
    return await who.do(LINK, **(sent | content))


async def links(who: Person, case: Case | None = None) -> list[tuple[str, str | None, set[str]]]:
    found = (await who.ask(LINKS, caseId=case["id"] if case else None))["caseLinks"]
    return [(one["kind"], one["reason"], {c["reference"] for c in one["cases"]}) for one in found]


async def hand(who: Person, cases: list[Case], giver: str, **content: Any) -> dict[str, Any]:
    chosen = [{"caseId": case["id"], "expectedVersion": case["assignmentVersion"]} for case in cases]
    sent = {"cases": chosen, "fromMemberId": giver, "reason": "On leave."}
    return await who.do(HAND, **(sent | content))


async def test_a_link_is_there_for_whoever_may_know_of_both_and_for_nobody_else(platform: Platform) -> None:
    asha, ben = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-2")
    one, other = [await refer(asha, named("Ana", "Invented", None)) for _ in range(2)]
    await platform.admin.execute(
        "INSERT INTO access_bar (record_id, agency_id, reason, from_at) SELECT r.id, a.id, 'Is known', '2020-01-01' "
        "FROM record r, agency a WHERE r.reference = $1 AND a.code = 'sca'", other["reference"],
    )  # fmt: skip
    decider, stranger = await platform.sign_in("sca-2"), await platform.sign_in("exh-1")
    before = {who: told(await who.post(LINKS, {"caseId": one["id"]})) for who in (decider, stranger)}

    payload = await link(asha, one, other)

    assert payload["problem"] is None
    both = {one["reference"], other["reference"]}
    assert await links(asha) == await links(asha, one) == [("SAME_FAMILY", "Kanarienvogel sisters.", both)]
    assert await links(ben) == [("SAME_FAMILY", "Kanarienvogel sisters.", both)], "a colleague knows of both"
    assert await links(await platform.sign_in("wyp-3")) == [("SAME_FAMILY", None, both)], "another function"
    for who, answer in before.items():
        assert told(await who.post(LINKS, {"caseId": one["id"]})) == answer
        assert await links(who) == []


async def test_both_cases_beside_a_link_are_looks_of_their_own(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    one, other = [await refer(asha) for _ in range(2)]
    await link(asha, one, other)
    before = len(await platform.ledger())

    await links(asha, one)

    lines = (await platform.ledger())[before:]
    assert sorted(line["act"] for line in lines) == ["list", "see", "see"]


async def test_nobody_links_what_they_do_not_work_on(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    one, mine = [await refer(asha) for _ in range(2)]
    other = await elsewhere(platform)
    before = await counted(platform)

    for who, pair, problem in (
        ("wyp-1", (one, other), "NotFound"),
        ("wyp-1", (other, one), "NotFound"),
        ("wyp-2", (one, mine), "Refused"),
        ("exh-1", (one, mine), "NotFound"),
    ):
        payload = await link(await platform.sign_in(who), *pair)
        assert (payload["link"], payload["problem"]["__typename"]) == (None, problem), who

    assert await counted(platform) == before
    assert await platform.admin.fetchval("SELECT count(*) FROM case_link") == 0


async def test_a_link_is_made_once_and_ends_by_whoever_works_on_both(platform: Platform) -> None:
    asha, ben = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-2")
    one, other = [await refer(asha) for _ in range(2)]
    made = (await link(asha, one, other))["link"]["id"]

    assert (await link(asha, other, one))["problem"]["code"] == "LINKED_ALREADY"
    assert (await link(asha, one, one))["problem"]["problems"][0]["code"] == "same_case"
    assert (await ben.do(UNLINK, caseLinkId=made))["problem"]["__typename"] == "Refused"
    assert (await (await platform.sign_in("exh-1")).do(UNLINK, caseLinkId=made))["problem"]["__typename"] == "NotFound"
    assert len(await links(asha)) == 1
    assert (await asha.do(UNLINK, caseLinkId=made))["problem"] is None
    assert await links(asha) == []
    assert (await link(asha, one, other))["problem"] is None
    assert await platform.admin.fetchval("SELECT count(*) FROM case_link") == 2


@pytest.mark.parametrize(
    ("names", "expected"),
    [([("Ana", "Inventéd", "1990-05-02"), ("INVENTED", "ana", "1990-05-02")], True),
     ([("Ana", "Invented", "1990"), ("Ana", "Invented", "1990-05-02")], True),
     ([("Ana", "Invented", None), ("Ana", "Invented", "1990-05-02")], False),
     ([("Ana", "Invented", "1991-05-02"), ("Ana", "Invented", "1990-05-02")], None),
     ([("Ana", "Invented", None), ("Ann", "Invented", None)], None)],
)  # fmt: skip
async def test_the_same_name_without_a_birth_date_against_it_is_shown(
    platform: Platform, names: list[tuple[str, str, str | None]], expected: bool | None
) -> None:
    asha = await platform.sign_in("wyp-1")
    cases = [await refer(asha, named(*name)) for name in names]

    found = (await asha.ask(TWICE))["possibleDuplicates"]

    assert [one["sameBirth"] for one in found] == ([] if expected is None else [expected])
    for pair in found:
        assert {one["reference"] for one in pair["cases"]} == {case["reference"] for case in cases}
        assert {one["identity"]["__typename"] for one in pair["cases"]} == {"Identity"}


@pytest.mark.parametrize(
    ("known_as", "born", "is_found"),
    [
        ("Ana Invented", None, True),  # the other's whole name
        ("ana  INVENTED", None, True),
        ("Ana", None, False),  # one word, and no birth date beside it
        ("Ana Invented", "1985-01-01", False),  # a birth date against it
        (None, None, False),
    ],
)
async def test_another_name_somebody_is_known_by_is_compared_as_well(
    platform: Platform, known_as: str | None, born: str | None, is_found: bool
) -> None:
    asha = await platform.sign_in("wyp-1")
    first = await refer(asha, named("Ana", "Invented", "1990-05-02"))
    form = named("Maria", "Placeholder", born)
    second = await refer(asha, form | {"identity": form["identity"] | {"nickname": known_as}})

    found = (await asha.ask(TWICE))["possibleDuplicates"]

    pairs = [{one["reference"] for one in pair["cases"]} for pair in found]
    assert pairs == ([{first["reference"], second["reference"]}] if is_found else [])


async def test_a_duplicate_is_shown_to_nobody_who_does_not_read_both_identities(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    await refer(asha, named("Ana", "Invented", "1990-05-02"))
    other = await elsewhere(platform, named("Ana", "Invented", "1990-05-02"))

    assert (await asha.ask(TWICE))["possibleDuplicates"] == []
    assert (await (await platform.sign_in("wyp-2")).ask(TWICE))["possibleDuplicates"] == [], "a colleague"
    decider = await platform.sign_in("sca-2")
    assert len((await decider.ask(TWICE, caseId=other["id"]))["possibleDuplicates"]) == 1
    await platform.admin.execute("UPDATE record SET restricted = true WHERE reference = $1", other["reference"])
    assert (await decider.ask(TWICE))["possibleDuplicates"] == []


async def test_a_manager_hands_chosen_cases_over_in_one_act(platform: Platform) -> None:
    asha, manager = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-4")
    cases = [await refer(asha) for _ in range(3)]
    giver, taker = await id_of(asha), await id_of(asha, "PC Ben Invented")

    payload = await hand(manager, [await seen(manager, case) for case in cases[:2]], giver, toMemberId=taker)

    assert payload["problem"] is None
    assert [[one["name"] for one in case["assignments"]] for case in payload["cases"]] == [["PC Ben Invented"]] * 2
    ben = await platform.sign_in("wyp-2")
    assert {case["reference"] for case in await worklist(ben)} == {case["reference"] for case in cases[:2]}
    assert [case["reference"] for case in await worklist(asha)] == [cases[2]["reference"]]
    await platform.deliver()
    assert [notice["kind"] for notice in await inbox(ben)].count("HANDED_OVER") == 1


async def test_an_officer_hands_their_own_to_the_team(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    case = await refer(asha)
    desk = await id_of(asha, team="Safeguarding desk")
    assert (await hand(asha, [case], await id_of(asha), toTeamId=desk))["problem"] is None
    assert [case["reference"] for case in await worklist(await platform.sign_in("wyp-2"))] == [case["reference"]]


@pytest.mark.parametrize("attempt", ["not in charge", "not theirs", "unfit", "moved", "hidden", "twice", "none"])
async def test_nothing_is_handed_over_when_one_thing_is_wrong(platform: Platform, attempt: str) -> None:
    asha, ben, manager = [await platform.sign_in(who) for who in ("wyp-1", "wyp-2", "wyp-4")]
    one, other = [await refer(asha) for _ in range(2)]
    hidden = await elsewhere(platform)
    asha_id, ben_id, dan_id = await id_of(asha), await id_of(ben), await id_of(asha, "DI Dan Invented")
    if attempt == "not theirs":
        await assign(asha, other, memberId=ben_id, replacing=True)
        other = await seen(manager, other)
    before = await counted(platform)
    tries: dict[str, tuple[Person, list[Case], str, str, str]] = {
        "not in charge": (ben, [one, other], asha_id, ben_id, "Refused"),
        "not theirs": (manager, [one, other], asha_id, dan_id, "Invalid"),
        "unfit": (manager, [one, other], asha_id, asha_id, "Invalid"),
        "moved": (manager, [one, other | {"assignmentVersion": 7}], asha_id, ben_id, "Conflict"),
        "hidden": (manager, [one, hidden], asha_id, ben_id, "NotFound"),
        "twice": (manager, [one, one], asha_id, ben_id, "Invalid"),
        "none": (manager, [], asha_id, ben_id, "Invalid"),
    }
    who, cases, giver, taker, expected = tries[attempt]

    payload = await hand(who, cases, giver, toMemberId=taker)

    assert (payload["cases"], payload["problem"]["__typename"]) == ([], expected), payload
    if attempt == "not theirs":
        assert payload["problem"]["problems"][0]["path"] == "cases.1"
    assert await counted(platform) == before
