"""Two administrators of the platform enter a rule of a day to come; what stands is never changed by it."""

from typing import Any

import asyncpg
import pytest

from tests.world import stories
from tests.world.administering import agreed, decide, lines, problem_of, propose, proposed, rights
from tests.world.deciding import REASONS, due, issue, look, referred, step, unchanged
from tests.world.deciding import decide as decided
from tests.world.deciding import propose as propose_decision
from tests.world.platform import Person, Platform

pytestmark = pytest.mark.anyio
SOURCE = {"source": "An invented Act of 2026", "status": "FOUND"}
WORDING = "It is more likely than not, an invented Act says"
DAYS = {
    "clock": "recovery_period", "nation": "england", "kind": "minimum", "starts_at": "positive_reasonable_grounds",
    "length": "40", "unit": "calendar_days", "first_day": "event_day", "ends": "later_of_due_and_decision",
}  # fmt: skip
TEST = {"decision": "reasonable_grounds", "wording": WORDING}
INSERT = """
    INSERT INTO entered_regime_row (row, valid_from, content, proposal_id, entered_at)
    SELECT 'x', $1::text::date, jsonb_build_object('row', 'x', 'valid_from', $1::text), p.id, moment()
    FROM administrative_proposal p
"""


def row(table: str, since: str, **columns: str) -> dict[str, Any]:
    """A row as an administrator sends it."""
    named = [{"name": name, "value": value} for name, value in columns.items()]
    return {"enterRegimeRow": {"table": table, "since": since, "columns": named} | SOURCE}


async def both(platform: Platform) -> tuple[Person, Person]:
    return await platform.sign_in("con-1"), await platform.sign_in("con-2")


async def entered(platform: Platform) -> int:
    found: int = await platform.admin.fetchval("SELECT count(*) FROM entered_regime_row")
    return found


async def in_july(platform: Platform, **changes: Any) -> dict[str, Any]:
    """A case that is referred and decided on from the first of July on."""
    case = await referred(platform, "2026-07-01T09:00+01:00", **changes)
    await platform.set_clock("2026-07-01T10:00+01:00")
    return await decided(platform, case)


async def test_a_rule_of_july_counts_in_july_and_leaves_every_case_of_june_as_it_was(platform: Platform) -> None:
    before = await referred(platform, "2026-06-01T09:00+01:00")
    await platform.set_clock("2026-06-01T10:00+01:00")
    await decided(platform, before)
    caseworker = await platform.sign_in("sca-1")
    stood = await look(caseworker, before), await caseworker.ask(REASONS, reference=before["reference"])
    assert due(stood[0], "recovery_period") == "2026-06-30"

    await agreed(*await both(platform), **row("CLOCK_DEFINITIONS", "2026-07-01", **DAYS))
    await platform.set_clock("2026-06-01T11:00+01:00")
    await agreed(*await both(platform), **row("DECISION_TESTS", "2026-07-01", **TEST))
    waits = await referred(platform, "2026-06-30T09:00+01:00")
    await platform.set_clock("2026-06-30T23:50+01:00")
    late = await decided(platform, waits)
    assert due(late, "recovery_period") == "2026-07-29"  # thirty days still, ten minutes before July

    after = await in_july(platform)
    assert due(after, "recovery_period") == "2026-08-09"
    caseworker = await platform.sign_in("sca-1")
    reasons = (await caseworker.ask(REASONS, reference=after["reference"]))["case"]["decisionReasons"]["entries"]
    assert [each["test"] for each in reasons] == [WORDING]
    now = await look(caseworker, before), await caseworker.ask(REASONS, reference=before["reference"])
    assert now == stood
    assert "general and specific" in now[1]["case"]["decisionReasons"]["entries"][0]["test"]


async def test_another_nation_keeps_its_rule(platform: Platform) -> None:
    await platform.set_clock("2026-06-01T11:00+01:00")
    await agreed(*await both(platform), **row("CLOCK_DEFINITIONS", "2026-07-01", **DAYS))
    assert due(await in_july(platform, nation="WALES"), "recovery_period") == "2026-07-30"


@pytest.mark.parametrize(
    ("nation", "until", "is_too_late"),
    [("ENGLAND", "2026-12-28", False), ("ENGLAND", "2026-12-29", True), ("WALES", "2026-12-29", False)],
)
async def test_a_period_has_a_longest_length_only_where_a_row_of_the_day_gives_one(
    platform: Platform, nation: str, until: str, is_too_late: bool
) -> None:
    await platform.set_clock("2026-06-01T11:00+01:00")
    await agreed(*await both(platform), **row("EXTENSION_LIMITS", "2026-07-01", nation="england", longest_days="180"))
    case = await in_july(platform, nation=nation)
    maker = await platform.sign_in("sca-1")
    before = await unchanged(platform)
    problem = (await step(maker, "extendRecoveryPeriod", case, until=until, basis="HEALTH"))["problem"]
    assert (problem and problem["problems"][0]["code"]) == ("too_late" if is_too_late else None)
    assert (await unchanged(platform) == before) is is_too_late


async def test_a_proposal_of_a_decision_is_issued_by_the_words_of_the_day_of_issue(platform: Platform) -> None:
    await platform.set_clock("2026-06-01T11:00+01:00")
    await agreed(*await both(platform), **row("DECISION_TESTS", "2026-07-01", **TEST))
    case = await referred(platform, "2026-06-29T09:00+01:00")
    await propose_decision(await platform.sign_in("sca-1"), case)
    await platform.set_clock("2026-07-01T00:05+01:00")
    maker = await platform.sign_in("sca-1")
    assert (await issue(maker, case))["problem"] is None
    found = (await maker.ask(REASONS, reference=case["reference"]))["case"]["decisionReasons"]["entries"]
    assert [each["test"] for each in found] == [WORDING]


async def test_the_ledger_says_who_proposed_and_who_approved(platform: Platform) -> None:
    await platform.set_clock("2026-06-01T11:00+01:00")
    first, second = await both(platform)
    await agreed(first, second, **row("DECISION_TESTS", "2026-07-01", **TEST))
    made, done = [line for line in reversed(await lines(first)) if line["verdict"] == "DONE"][-2:]
    assert (made["act"], made["actor"]) == ("proposal.make", "Alba Invented")
    assert (done["act"], done["actor"]) == ("regime_row.enter", "Boris Invented")
    assert {f"columns: wording: {WORDING}", "valid_from: 2026-07-01", "source: An invented Act of 2026"} <= set(
        done["stateAfter"]
    )


async def test_no_one_person_enters_a_rule(platform: Platform) -> None:
    await platform.set_clock("2026-06-01T11:00+01:00")
    first, second = await both(platform)
    proposal = await proposed(first, **row("DECISION_TESTS", "2026-07-01", **TEST))
    before = await rights(platform), await stories.counted(platform)
    assert problem_of(await decide(first, proposal))[0] == "Refused"
    assert problem_of(await decide(await platform.sign_in("wyp-5"), proposal))[0] == "NotFound"
    assert (await rights(platform), await stories.counted(platform)) == before
    await decide(second, proposal, "DECLINE")
    assert await entered(platform) == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (row("DECISION_TESTS", "2026-05-31", **TEST), "begins_too_soon"),
        (row("DECISION_TESTS", "2026-06-01", **TEST), "begins_too_soon"),
        (row("DECISION_TESTS", "2026-07-01", **TEST, length="4"), "unknown"),
        (row("DECISION_TESTS", "2026-07-01", decision="reasonable_grounds"), "required"),
        (row("DECISION_TESTS", "2026-07-01", **TEST | {"decision": "third_grounds"}), "word"),
        (row("DECISION_TESTS", "2026-07-01", **TEST | {"wording": " "}), "length"),
        (row("CLOCK_DEFINITIONS", "2026-07-01", **DAYS | {"length": "forty"}), "word"),
        (row("CLOCK_DEFINITIONS", "2026-07-01", **DAYS | {"length": "0"}), "does_not_fit"),
        (row("CLOCK_DEFINITIONS", "2026-07-01", **DAYS | {"unit": "working_days"}), "does_not_fit"),
        (row("COMPETENT_AUTHORITIES", "2026-07-01", referrer_kind="police", authority="ieca"), "does_not_fit"),
        (row("COMPETENT_AUTHORITIES", "2026-07-01", referrer_kind="police", authority="ukhtc"), "does_not_fit"),
        (row("QUORUMS", "2026-07-01", nation="wales", meeting="initial", requires="police|nobody"), "word"),
    ],
)
async def test_what_does_not_fit_is_refused_by_name_and_changes_nothing(
    platform: Platform, change: dict[str, Any], code: str
) -> None:
    await platform.set_clock("2026-06-01T11:00+01:00")
    first = await platform.sign_in("con-1")
    before = await rights(platform), await stories.counted(platform)
    assert problem_of(await propose(first, **change)) == ("Invalid", code)
    assert (await rights(platform), await stories.counted(platform)) == before


async def test_only_administrators_of_the_platform_who_just_signed_in_propose(platform: Platform) -> None:
    await platform.set_clock("2026-06-01T11:00+01:00")
    change = row("DECISION_TESTS", "2026-07-01", **TEST)
    before = await rights(platform)
    for subject in ("wyp-5", "sca-1", "sca-2"):
        assert problem_of(await propose(await platform.sign_in(subject), **change))[0] == "Refused"
    first = await platform.sign_in("con-1")
    await platform.set_clock("2026-06-01T11:06+01:00")
    assert problem_of(await propose(first, **change))[0] == "Refused"
    assert await rights(platform) == before


async def test_the_second_persons_day_counts(platform: Platform) -> None:
    await platform.set_clock("2026-06-30T11:00+01:00")
    proposal = await proposed(await platform.sign_in("con-1"), **row("DECISION_TESTS", "2026-07-01", **TEST))
    await platform.set_clock("2026-07-01T00:01+01:00")
    second = await platform.sign_in("con-2")
    before = await rights(platform)
    assert problem_of(await decide(second, proposal)) == ("Invalid", "begins_too_soon")
    assert (await rights(platform), await entered(platform)) == (before, 0)


async def test_two_rules_of_one_kind_never_begin_on_the_same_day(platform: Platform) -> None:
    await platform.set_clock("2026-06-01T11:00+01:00")
    first, second = await both(platform)
    change = row("DECISION_TESTS", "2026-07-01", **TEST)
    twin = await proposed(first, **change)
    await agreed(first, second, **change)
    assert problem_of(await decide(second, twin)) == ("Conflict", "ADDED_ALREADY")
    await agreed(second, first, **row("DECISION_TESTS", "2026-06-15", **TEST | {"wording": "Of June"}))
    assert await entered(platform) == 2


async def test_a_mistake_is_corrected_before_its_day_and_both_stay_on_record(platform: Platform) -> None:
    await platform.set_clock("2026-06-01T11:00+01:00")
    for length in ("400", "40"):
        await agreed(*await both(platform), **row("CLOCK_DEFINITIONS", "2026-07-01", **DAYS | {"length": length}))
    assert await entered(platform) == 2
    assert due(await in_july(platform), "recovery_period") == "2026-08-09"


async def test_the_table_itself_refuses_the_past_a_single_hand_and_every_change(platform: Platform) -> None:
    await platform.set_clock("2026-06-01T11:00+01:00")
    await agreed(*await both(platform), **row("DECISION_TESTS", "2026-07-01", **TEST))
    for day in ("2026-06-01", "2026-08-01"):
        with pytest.raises(asyncpg.CheckViolationError):
            await platform.admin.execute(INSERT, day)
    for statement in ("UPDATE entered_regime_row SET valid_from = '2020-01-01'", "DELETE FROM entered_regime_row"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await platform.admin.execute(statement)
