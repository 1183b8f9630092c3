"""Who reads what administrators did: their own agency's, the platform's administrators, and governance officers."""

import asyncio

import pytest

from tests.world.administering import PROPOSALS, decide, held_on, lines, people, proposed
from tests.world.platform import Platform
from tests.world.stories import open_concern

pytestmark = pytest.mark.anyio
TESS = {
    "provider": "west-yorkshire-police",
    "subject": "wyp-7",
    "name": "PC Tess Invented",
    "function": "FIRST_RESPONDER",
    "accessLevel": "PRACTITIONER",
}
GOVERNANCE = """
    WITH agency AS (
        INSERT INTO agency_function (agency_id, function, valid_from)
        SELECT agency_id, 'information_governance', DATE '2020-01-01' FROM member WHERE subject = 'gmp-2'
    ), former AS (
        UPDATE member_function SET valid_until = DATE '2020-01-01'
        WHERE member_id = (SELECT id FROM member WHERE subject = 'gmp-2')
    )
    INSERT INTO member_function (member_id, function, access_level, valid_from)
    SELECT id, 'information_governance', 'practitioner', DATE '2020-01-01' FROM member WHERE subject = 'gmp-2'
"""


async def test_an_agency_reads_its_own_lines_and_the_platform_reads_all(platform: Platform) -> None:
    ravi, uma, alba = [await platform.sign_in(who) for who in ("wyp-5", "lcc-4", "con-1")]
    await proposed(ravi, addMember=TESS)
    await people(uma)

    assert {line["agency"] for line in await lines(ravi)} == {"West Yorkshire Police"}
    assert {line["agency"] for line in await lines(uma)} == {"Leeds City Council"}
    assert {line["agency"] for line in await lines(alba)} >= {"West Yorkshire Police", "Leeds City Council"}


async def test_reading_is_itself_a_line_and_so_is_a_reading_that_was_refused(platform: Platform) -> None:
    ravi, asha = await platform.sign_in("wyp-5"), await platform.sign_in("wyp-1")
    assert await people(asha) == {}
    assert await lines(asha) == []
    await held_on(ravi, "2026-05-03")

    told = [(line["act"], line["verdict"], line["actor"]) for line in await lines(ravi)]
    assert told == [
        ("administrative_ledger.read", "READ", "Ravi Invented"),
        ("functions_on.read", "READ", "Ravi Invented"),
        ("administrative_ledger.read", "REFUSED", "PC Asha Invented"),
        ("people.read", "REFUSED", "PC Asha Invented"),
    ]


async def test_a_governance_officer_reads_who_had_what_and_decides_nothing(platform: Platform) -> None:
    await platform.admin.execute(GOVERNANCE)
    quentin = await platform.sign_in("gmp-2")

    assert ("DC Pia Invented", "INVESTIGATING_POLICE", "PRACTITIONER") in await held_on(quentin, "2026-05-03")
    newest, *_ = await lines(quentin)
    assert (newest["act"], newest["actor"]) == ("administrative_ledger.read", "PC Quentin Invented")
    assert (await quentin.ask(PROPOSALS, onlyOpen=False))["proposals"]["edges"] == []


async def test_two_who_decide_at_the_same_moment_decide_once(platform: Platform) -> None:
    await platform.admin.execute(
        "UPDATE member_function SET access_level = 'administrator' WHERE function = 'first_responder'"
        " AND member_id = (SELECT id FROM member WHERE subject = 'wyp-2')"
    )
    ravi, sana, ben = [await platform.sign_in(who) for who in ("wyp-5", "wyp-6", "wyp-2")]
    proposal = await proposed(ravi, addMember=TESS)

    outcomes = await asyncio.gather(decide(sana, proposal), decide(ben, proposal, "DECLINE"))

    codes = sorted((outcome["problem"] or {}).get("code", "done") for outcome in outcomes)
    assert codes == ["DECIDED_ALREADY", "done"]
    added = await platform.admin.fetchval("SELECT count(*) FROM member WHERE subject = 'wyp-7'")
    state = await platform.admin.fetchval("SELECT outcome FROM administrative_proposal")
    assert (added, state) in ((1, "approved"), (0, "declined"))


async def test_the_ledger_of_acts_names_no_record(platform: Platform) -> None:
    concern = await open_concern(await platform.sign_in("wyp-1"))
    ravi = await platform.sign_in("wyp-5")
    await people(ravi)
    rows = await platform.admin.fetch("SELECT to_jsonb(r)::text AS row FROM administrative_record r")

    assert rows
    assert all(concern["reference"] not in row["row"] for row in rows)
