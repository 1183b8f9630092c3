"""A governance officer searches the ledger: by agency, group, purpose, person and day, by totals, page by page."""

import pytest

from tests.journeys.test_reading_the_ledger import SCA, STRIP, WYP, a_case_that_was_read
from tests.world.ledger import LEDGER, TOTALS, lines, totals
from tests.world.platform import Platform
from tests.world.stories import id_of, refer, seen

pytestmark = pytest.mark.anyio


async def test_lines_are_found_by_agency_group_purpose_verdict_person_and_day(platform: Platform) -> None:
    await platform.set_clock("2026-05-25T23:30+01:00")
    officer, case = await a_case_that_was_read(platform)
    asha = await id_of(officer)
    await platform.set_clock("2026-05-26T00:30+01:00")
    await seen(await platform.sign_in("sca-2"), case)
    head, reference = await platform.sign_in("wyp-ig"), case["reference"]
    every = await lines(head, reference=reference)
    sca = next(line["agency"]["id"] for line in every if line["agency"]["name"] == SCA)

    async def agencies(**wanted: object) -> set[str]:
        return {line["agency"]["name"] for line in await lines(head, reference=reference, **wanted)}

    assert await agencies(agencyId=sca) == {SCA}
    assert await agencies(memberId=asha) == {WYP}
    assert await agencies(group="CREDIBILITY", verdicts=["DISCLOSED"]) == {SCA}
    assert await agencies(verdicts=["REFUSED"]) == {"Example Haven"}
    assert await agencies(verdicts=[]) == set()
    assert await agencies(purpose=next(line["purposes"][0] for line in every if line["purposes"])) != set()
    assert await agencies(purpose="to be nosy") == set()
    assert await agencies(**{"from": "2026-05-26"}) == {SCA, WYP}  # the officer's own reading is of that day
    assert await agencies(**{"from": "2026-05-26", "agencyId": sca}) == {SCA}
    assert "Example Haven" in await agencies(to="2026-05-25")
    assert await agencies(**{"from": "2026-05-27"}) == set()
    assert await agencies(**{"from": "2026-05-25", "to": "2026-05-25"}) == {WYP, SCA, "Example Haven"}


async def test_a_person_of_another_agency_is_found_by_no_id(platform: Platform) -> None:
    _, case = await a_case_that_was_read(platform)
    hugo = await id_of(await platform.sign_in("sca-1"))

    assert await lines(await platform.sign_in("wyp-ig"), reference=case["reference"], memberId=hugo) == []


async def test_every_record_of_one_person_is_found_by_any_of_them(platform: Platform) -> None:
    officer, case = await a_case_that_was_read(platform)
    second = await refer(officer)
    foreign = await refer(officer)
    await platform.admin.execute(
        "UPDATE record SET person_id = (SELECT person_id FROM record WHERE reference = $1) WHERE reference = ANY ($2)",
        case["reference"], [second["reference"], foreign["reference"]],
    )  # fmt: skip
    await platform.admin.execute(STRIP, foreign["reference"])
    head = await platform.sign_in("wyp-ig")

    alone = {line["recordReference"] for line in await lines(head, reference=case["reference"])}
    together = {line["recordReference"] for line in await lines(head, reference=case["reference"], samePerson=True)}
    assert alone == {case["reference"]}
    assert together == {case["reference"], second["reference"]}
    assert await lines(head, reference=foreign["reference"], samePerson=True) == []


async def test_totals_count_looks_and_people_by_agency_group_purpose_and_verdict(platform: Platform) -> None:
    _, case = await a_case_that_was_read(platform)
    for subject in ("sca-1", "sca-2"):
        await seen(await platform.sign_in(subject), case)
    head = await platform.sign_in("wyp-ig")
    found = await totals(head, reference=case["reference"])

    account = [t for t in found if t["group"] == "ACCOUNT" and t["verdict"] != "REFUSED"]
    by_agency = {total["agency"]["name"]: (total["verdict"], total["looks"], total["people"]) for total in account}
    assert by_agency[SCA] == ("DISCLOSED", 3, 2)
    assert by_agency[WYP][0] == "VIEWED"
    assert all(total["purpose"] for total in account)
    withheld = {
        total["agency"]["name"] for total in found if total["group"] == "IDENTITY" and total["verdict"] == "REFUSED"
    }
    assert withheld == {"Example Haven"}
    assert {t["group"] for t in await totals(head, reference=case["reference"], group="IDENTITY")} == {"IDENTITY"}
    pages, after = [], None
    while True:
        page = await head.ask(TOTALS, filter={"reference": case["reference"], "to": "2999-01-01"}, first=3, after=after)
        pages += [edge["node"] for edge in page["ledgerTotals"]["edges"]]
        after = page["ledgerTotals"]["pageInfo"]["endCursor"]
        if not page["ledgerTotals"]["pageInfo"]["hasNextPage"]:
            break
    places = [(t["agency"]["name"], t["group"] or "", t["purpose"] or "") for t in pages]
    assert len(places) >= len(found)
    assert places == sorted(places, key=lambda place: (place[0], place[1].lower(), place[2]))


async def test_pages_go_through_every_line_once(platform: Platform) -> None:
    officer, case = await a_case_that_was_read(platform)
    for _ in range(7):
        await seen(officer, case)
    head = await platform.sign_in("wyp-ig")
    wanted = {"reference": case["reference"], "agencyId": None, "verdicts": ["VIEWED", "DISCLOSED"], "purpose": None}
    every = [line["id"] for line in await lines(head, **wanted)]
    got: list[str] = []
    after = None
    while after is not None or not got:
        page = (await head.ask(LEDGER, filter=wanted, first=4, after=after))["ledger"]
        got += [edge["node"]["id"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else None

    assert len(every) > 8
    assert got[1:] == every  # the reading of `every` is the newest line by then
    another = await platform.sign_in("sca-ig")
    response = await another.post(LEDGER, {"after": page["edges"][0]["cursor"]})
    assert "errors" in response.json()
