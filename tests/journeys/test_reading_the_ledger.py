"""A governance officer reads who looked at a person's data: their agency's looks, and others' at what it led."""

import pytest

from tests.world import limits
from tests.world.ledger import LEDGER, TOTALS, lines, told, totals
from tests.world.platform import Person, Platform
from tests.world.stories import assign, id_of, look, raw_id, refer, seen, worklist
from tests.world.stories import told as answer_of

pytestmark = pytest.mark.anyio

WYP, SCA = "West Yorkshire Police", "Single Competent Authority"
STRIP = """
    WITH stood AS (
        SELECT i.id FROM involvement i JOIN record r ON r.id = i.record_id JOIN agency g ON g.id = i.agency_id
        WHERE r.reference = $1 AND g.code = 'west-yorkshire-police'
    ), assigned AS (DELETE FROM assignment WHERE involvement_id IN (SELECT id FROM stood))
    DELETE FROM involvement WHERE id IN (SELECT id FROM stood)
"""
NOBODY = {"edges": [], "pageInfo": {"hasNextPage": False, "endCursor": None}}


async def a_case_that_was_read(platform: Platform) -> tuple[Person, dict[str, str]]:
    """An officer referred an adult; the authority, a colleague and a stranger looked."""
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    await seen(officer, case)
    await seen(await platform.sign_in("sca-1"), case)
    assert await look(await platform.sign_in("exh-1"), case) is None
    return officer, case


async def test_the_lead_agencys_officer_reads_every_look_and_knows_only_their_own_by_name(platform: Platform) -> None:
    _, case = await a_case_that_was_read(platform)
    found = await lines(await platform.sign_in("wyp-ig"), reference=case["reference"])

    looks = [told(line) for line in found if line["act"] == "see"]
    assert looks == [
        ("Example Haven", None, "see", "REFUSED", case["reference"]),
        (SCA, None, "see", "DISCLOSED", case["reference"]),
        (WYP, "PC Asha Invented", "see", "VIEWED", case["reference"]),
        *[(WYP, "PC Asha Invented", "see", "VIEWED", case["reference"])] * (len(looks) - 3),
    ]
    authority = next(line for line in found if line["agency"]["name"] == SCA)
    assert authority["function"] == "DECISION_MAKER"
    assert authority["relations"] == ["DECISION_MAKER"]
    assert authority["purposes"]
    assert {"IDENTITY", "ACCOUNT"} <= set(authority["groups"])
    assert "SUPPORT_PLAN" in authority["summaries"]
    assert "R301" in authority["rules"]


async def test_another_agencys_officer_reads_their_own_peoples_looks_and_no_others(platform: Platform) -> None:
    _, case = await a_case_that_was_read(platform)
    found = await lines(await platform.sign_in("sca-ig"), reference=case["reference"])

    assert [told(line) for line in found] == [(SCA, "Hugo Invented", "see", "DISCLOSED", case["reference"])]


async def test_who_led_when_they_looked_counts(platform: Platform) -> None:
    """What happened before the lead went over is the former lead's to read, what happened after the new one's."""
    await platform.set_clock("2026-05-26T09:00+01:00")
    _, case = await a_case_that_was_read(platform)
    await platform.set_clock("2026-05-26T10:00+01:00")
    await platform.admin.execute(
        "INSERT INTO lead_agency (record_id, from_at, step, agency_id, because)"
        " SELECT r.id, moment(), 9, a.id, 'Invented' FROM record r, agency a WHERE r.reference = $1 AND a.code = 'sca'",
        case["reference"],
    )
    await platform.set_clock("2026-05-26T12:00+01:00")
    await seen(await platform.sign_in("wyp-1"), case)
    assert await look(await platform.sign_in("gmp-2"), case) is None
    former, new = await platform.sign_in("wyp-ig"), await platform.sign_in("sca-ig")

    before, after = {"to": "2026-05-26", "verdicts": ["REFUSED"]}, {"from": "2026-05-26", "verdicts": ["DISCLOSED"]}
    reference = case["reference"]
    assert [told(line)[:1] for line in await lines(former, reference=reference, **before)] == [("Example Haven",)]
    assert [told(line)[:1] for line in await lines(new, reference=reference, **before)] == [
        ("Greater Manchester Police",)
    ]
    assert {told(line)[:3] for line in await lines(former, reference=reference, **after) if line["act"] == "see"} == {
        (SCA, None, "see"), (WYP, "PC Asha Invented", "see"),
    }  # fmt: skip
    seen_by_new = [told(line)[:3] for line in await lines(new, reference=reference, **after) if line["act"] == "see"]
    assert seen_by_new == [(WYP, None, "see"), (SCA, "Hugo Invented", "see")]


async def test_a_record_that_is_not_theirs_answers_like_a_random_reference(platform: Platform) -> None:
    _, case = await a_case_that_was_read(platform)
    stranger = await platform.sign_in("gmp-2")
    for reference in (case["reference"], "C-2345-67890"):
        assert await look(stranger, {"reference": reference}) is None
    officer = await platform.sign_in("gmp-ig")

    for query in (LEDGER, TOTALS):
        hidden, random = [
            answer_of(await officer.post(query, {"filter": {"reference": reference}}))
            for reference in (case["reference"], "C-2345-67890")
        ]
        assert hidden == random
        assert hidden[0] == 200
    own = [line for line in await lines(officer) if line["act"] == "see"]
    one, other = ({**line, "id": None, "at": None} for line in own)
    assert one == other
    assert one["person"] == "PC Quentin Invented"
    assert one["recordReference"] is None


async def test_nobody_else_reads_the_ledger_and_trying_is_a_line(platform: Platform) -> None:
    officer, case = await a_case_that_was_read(platform)
    manager = await platform.sign_in("wyp-4")
    administrator = await platform.sign_in("wyp-5")
    for who in (officer, manager, administrator):
        for query, field in ((LEDGER, "ledger"), (TOTALS, "ledgerTotals")):
            assert (await who.ask(query, filter={"reference": case["reference"]}))[field] == NOBODY

    tried = await lines(await platform.sign_in("wyp-ig"), reference=case["reference"], verdicts=["REFUSED"])
    tries = [line["person"] for line in tried if line["act"] == "ledger.read"]
    assert tries == ["Ravi Invented"] * 2 + ["DI Dan Invented"] * 2 + ["PC Asha Invented"] * 2


async def test_reading_the_ledger_is_in_the_ledger(platform: Platform) -> None:
    _, case = await a_case_that_was_read(platform)
    police, authority = await platform.sign_in("wyp-ig"), await platform.sign_in("sca-ig")
    await totals(police, reference=case["reference"])
    await lines(authority, reference=case["reference"])
    await lines(await platform.sign_in("gmp-ig"), reference=case["reference"])

    found = [told(line) for line in await lines(police, reference=case["reference"]) if line["act"] == "ledger.read"]
    assert found == [
        ("Greater Manchester Police", None, "ledger.read", "REFUSED", case["reference"]),
        (SCA, None, "ledger.read", "DISCLOSED", case["reference"]),
        (WYP, "Zara Invented", "ledger.read", "VIEWED", case["reference"]),
    ]


async def test_looking_through_a_list_is_a_line_even_where_it_is_empty(platform: Platform) -> None:
    officer, case = await a_case_that_was_read(platform)
    assert await worklist(await platform.sign_in("wyp-2")) == []
    await worklist(officer)
    found = await lines(await platform.sign_in("wyp-ig"))

    newest = sorted((line["person"], line["act"], line["recordReference"] or "") for line in found[:3])
    assert newest == [
        ("PC Asha Invented", "list", ""),
        ("PC Asha Invented", "see", case["reference"]),
        ("PC Ben Invented", "list", ""),
    ]


async def test_a_barred_agencys_officer_learns_nothing_of_the_record(platform: Platform) -> None:
    """Neither the record nor the bar: no line of what was done in it."""
    _, case = await a_case_that_was_read(platform)
    head = await platform.sign_in("sca-ig")
    assert [told(line) for line in await lines(head, reference=case["reference"])] != []
    await platform.admin.execute(
        "INSERT INTO access_bar (record_id, agency_id, reason, from_at) SELECT r.id, a.id, 'Invented', moment()"
        " FROM record r, agency a WHERE r.reference = $1 AND a.code = 'sca'", case["reference"],
    )  # fmt: skip
    assert await look(await platform.sign_in("sca-1"), case) is None

    assert await lines(head, reference=case["reference"]) == []
    assert {line["recordReference"] for line in await lines(head)} == {None}


async def test_assigning_is_read_as_an_act(platform: Platform) -> None:
    officer, case = await a_case_that_was_read(platform)
    case = await seen(officer, case)
    ben = await id_of(officer, "PC Ben Invented")
    assert (await assign(officer, case, memberId=ben))["problem"] is None
    found = await lines(await platform.sign_in("wyp-ig"), reference=case["reference"])

    (done,) = [line for line in found if line["act"] == "case.assign"]
    assert (done["person"], done["verdict"]) == ("PC Asha Invented", "VIEWED")
    assert raw_id(done["id"])


async def test_an_officer_who_is_barred_reads_what_is_read_of_nothing(platform: Platform) -> None:
    """Neither what was done in the record nor that somebody keeps it from somebody, in lines and in totals."""
    head = await platform.sign_in("wyp-ig")
    _, case = await a_case_that_was_read(platform)
    assert [line for line in await lines(head) if line["recordReference"]] != []
    approver = await limits.police_approver(platform)
    assert (await limits.bar(approver, case, memberId=await id_of(head)))["problem"] is None
    assert (await limits.limits(approver, case)) is not None

    left = [line for line in await lines(head) if line["act"] not in {"ledger.read", "list"}]
    assert [(line["person"], line["act"], line["verdict"]) for line in left if line["verdict"] != "REFUSED"] == []
    assert {line["recordReference"] for line in left} <= {None}
    groups = [one["group"] for one in await totals(head, verdicts=["VIEWED", "DISCLOSED"])]
    assert groups == [None]  # lists, and reading the ledger

    colleague = await lines(await platform.sign_in("sca-ig"), reference=case["reference"])
    assert [told(line)[:3] for line in colleague] == [(SCA, "Hugo Invented", "see")]
