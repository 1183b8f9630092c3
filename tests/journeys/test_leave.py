"""Who may stay: by the newest fact about leave, on every ground of the rows; nobody British, nobody disqualified."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from services.regimes.next_rows import LeaveRow
from services.regimes.next_words import LeaveNeed
from services.regimes.queries import regimes
from tests.world import stories
from tests.world.deciding import decide, done, referred, step, unchanged
from tests.world.forms import adult_referral, child_referral, told_on
from tests.world.next_steps import found_to_be_a_victim, leave_of, wish
from tests.world.platform import Person, Platform

pytestmark = pytest.mark.anyio

PERSON = adult_referral()["identity"]
GRANT = {"outcome": "GRANTED", "grounds": ["RECOVERY"], "until": "2027-01-01"}
OPEN, HELD = ("OPENS", "WITHOUT_LEAVE"), ("STAYS_CLOSED", "HAS_LEAVE")
CHILDS_PARTS = {"childsViews": "She wants to stay.", "bestInterests": "To stay."}
VERDICT = {
    "facts": "Convicted.",
    "threat": "Low.",
    "recoveryNeeds": "Some.",
    "retraffickingRisk": "High.",
    "balance": "Weighed.",
    "toldOn": "2026-05-20",
}
BEFORE, TODAY = ("2022-03-01", "2022-06-01", "2022-12-01"), ("2026-05-20", "2026-06-22", "2026-12-01")
FIRST_DAY = date(2019, 4, 29)  # of the authority that decides here; nobody of those of before is in this world
GROUNDS = [row for row in regimes().what_next.leave_grounds if row.valid_until is None or row.valid_until > FIRST_DAY]
NEEDED = {LeaveNeed.COOPERATION_CONFIRMED: "not_confirmed", LeaveNeed.COMPENSATION_SOUGHT: "not_sought"}


async def considered(who: Person, case: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What was said of the question of leave, each time."""
    return [
        (one["question"], one["circumstance"]) for one in await leave_of(who, case) if one["kind"] == "LEAVE_CONSIDERED"
    ]


def test_the_answers_of_the_form_that_are_british() -> None:
    british = [row.nationality for row in regimes().what_next.british_nationalities]
    assert sorted(british) == ["British", "English", "Northern Irish", "Scottish", "Welsh"]


@pytest.mark.parametrize(
    ("nationality", "place"),
    [(row.nationality, "nationality") for row in regimes().what_next.british_nationalities]
    + [("English", "secondNationality")],
)
async def test_whoever_is_british_needs_no_leave_and_no_way_home(
    platform: Platform, nationality: str, place: str
) -> None:
    identity = PERSON | {"nationality": "Albanian"} | {place: nationality}
    case = await found_to_be_a_victim(platform, identity=identity)
    maker, officer = await platform.sign_in("sca-1"), await platform.sign_in("wyp-1")
    assert await considered(maker, case) == [("STAYS_CLOSED", "BRITISH")]
    assert (await wish(officer, case, "RETURN_HOME", said_on="2026-06-22"))["problem"] is None
    before = await unchanged(platform)
    assert (await step(maker, "decideLeave", case, **GRANT))["problem"]["code"] == "NO_LEAVE_QUESTION"
    home = await step(officer, "arrangeNextStep", case, what="RETURN", parts=["FLIGHT"])
    assert home["problem"]["code"] == "BRITISH"
    assert await unchanged(platform) == before


@pytest.mark.parametrize("nationality", ["Gibraltarian", "Irish"])
async def test_an_answer_that_does_not_make_somebody_british_keeps_the_question_open(
    platform: Platform, nationality: str
) -> None:
    case = await found_to_be_a_victim(platform, identity=PERSON | {"nationality": nationality})
    assert await considered(await platform.sign_in("sca-1"), case) == [OPEN]


async def test_the_newest_fact_says_whether_somebody_has_leave(platform: Platform) -> None:
    case = await found_to_be_a_victim(platform)
    maker = await platform.sign_in("sca-1")
    for fact in (
        {"fact": "LEAVE_HELD", "since": "2020-01-01"},
        {"fact": "LEAVE_HELD", "since": "2020-01-01", "until": "2026-06-21"},  # the same leave, with its last day
        {"fact": "LEAVE_HELD", "since": "2026-06-02"},
        {"fact": "ASYLUM_CLAIMED", "since": "2026-06-03"},  # takes no leave away
        {"fact": "TEMPORARY_ADMISSION", "since": "2026-06-04"},
        {"fact": "LEAVE_HELD", "since": "2019-01-01", "until": "2030-01-01"},  # of before what ended it
    ):
        await done(maker, "recordStatus", case, **fact)
    assert await considered(maker, case) == [OPEN, HELD, OPEN, HELD, HELD, OPEN, OPEN]


async def test_leave_that_ran_out_is_a_question_from_the_day_after(platform: Platform) -> None:
    case = await found_to_be_a_victim(platform)
    maker = await platform.sign_in("sca-1")
    await done(maker, "recordStatus", case, fact="LEAVE_HELD", since="2020-01-01", until="2026-07-01")
    await platform.set_clock("2026-07-01T23:59+01:00")
    maker = await platform.sign_in("sca-1")
    before = await unchanged(platform)
    assert (await step(maker, "decideLeave", case, **GRANT))["problem"]["code"] == "NO_LEAVE_QUESTION"
    assert await unchanged(platform) == before
    await platform.set_clock("2026-07-02T00:01+01:00")
    maker = await platform.sign_in("sca-1")
    await done(maker, "decideLeave", case, **GRANT)
    assert await considered(maker, case) == [OPEN, HELD, OPEN]  # what the decision rests on stands before it
    assert (await leave_of(maker, case))[-1]["kind"] == "LEAVE_GRANTED"
    await done(maker, "recordStatus", case, fact="ASYLUM_CLAIMED", since="2026-07-01")
    await done(maker, "decideLeave", case, **(GRANT | {"outcome": "EXTENDED", "until": "2027-02-01"}))
    assert await considered(maker, case) == [OPEN, HELD, OPEN, HELD]


def decided_on(row: LeaveRow) -> tuple[str, str, str]:
    """Days of the two decisions, and until when leave is given, within the row's days."""
    return TODAY if row.valid_until is None else BEFORE


@pytest.mark.parametrize("row", GROUNDS, ids=lambda row: row.row)
async def test_every_ground_of_the_rows_on_its_days_and_with_what_it_needs(platform: Platform, row: LeaveRow) -> None:
    first, second, until = decided_on(row)
    sent: dict[str, Any] = {"outcome": "GRANTED", "grounds": [row.ground.name], "until": until}
    if row.needs is LeaveNeed.CHILD:
        case = await a_child(platform, first, second)
        sent["bestInterests"] = "To stay where she goes to school."
    else:
        case = await found_to_be_a_victim(platform, first, second)
    maker = await platform.sign_in("sca-1")
    before = await unchanged(platform)
    if row.needs in NEEDED:
        early = await step(maker, "decideLeave", case, **sent)
        assert [one["code"] for one in early["problem"]["problems"]] == [NEEDED[row.needs]]
    if row.needs is LeaveNeed.CHILD:
        silent = await step(maker, "decideLeave", case, **(sent | {"bestInterests": " "}))
        assert [one["path"] for one in silent["problem"]["problems"]] == ["bestInterests"]
    assert await unchanged(platform) == before
    await brought_about(platform, case, row.needs)
    await done(maker, "decideLeave", case, **sent)
    assert (await leave_of(maker, case))[-1]["regimeRows"] == [row.row]


async def brought_about(platform: Platform, case: Mapping[str, Any], needs: LeaveNeed) -> None:
    """What a ground needs stands on the record."""
    if needs is LeaveNeed.COOPERATION_CONFIRMED:
        await done(await platform.sign_in("wyp-3"), "recordCooperation", case, cooperates=True)
    if needs is LeaveNeed.COMPENSATION_SOUGHT:
        officer = await platform.sign_in("wyp-1")
        await done(officer, "arrangeNextStep", case, what="COMPENSATION", route="CIVIL_CLAIM")


async def a_child(platform: Platform, first: str, second: str) -> dict[str, Any]:
    """A child with both decisions positive, who is not British."""
    await platform.set_clock(f"{first}T10:00+00:00")
    girl = child_referral()["identity"] | {"nationality": "Albanian"}
    account = adult_referral()["account"] | ({"whatHappened": "Cleaned for nothing."} if first < "2023-03" else {})
    case = await stories.refer(await platform.sign_in("lcc-1"), told_on(first, identity=girl, account=account))
    await decide(platform, case, **CHILDS_PARTS)
    await platform.set_clock(f"{second}T10:00+00:00")
    return await decide(platform, case, kind="CONCLUSIVE_GROUNDS", **CHILDS_PARTS)


async def weighed(platform: Platform, case: Mapping[str, Any], *, is_disqualified: bool) -> None:
    """Somebody is disqualified, or no longer."""
    maker, other = await platform.sign_in("sca-1"), await platform.sign_in("sca-2")
    await done(other, "weighDisqualification", case, ground="PUBLIC_ORDER")
    await done(maker, "decideDisqualification", case, isDisqualified=is_disqualified, **VERDICT)


async def test_no_question_for_whoever_is_disqualified_until_that_is_lifted(platform: Platform) -> None:
    case = await referred(platform)
    await decide(platform, case)
    await weighed(platform, case, is_disqualified=True)
    await platform.set_clock("2026-06-22T10:00+01:00")
    await decide(platform, case, kind="CONCLUSIVE_GROUNDS")
    maker = await platform.sign_in("sca-1")
    await done(await platform.sign_in("sca-2"), "weighDisqualification", case, ground="PUBLIC_ORDER")
    before = await unchanged(platform)
    tried = await step(maker, "decideLeave", case, **GRANT)  # it stands while it is weighed once more
    assert tried["problem"]["code"] == "NO_LEAVE_QUESTION"
    assert await unchanged(platform) == before
    await done(maker, "decideDisqualification", case, isDisqualified=False)
    assert await considered(maker, case) == [("STAYS_CLOSED", "DISQUALIFIED"), OPEN]
    await done(maker, "decideLeave", case, **GRANT)


async def test_leave_is_not_extended_for_whoever_was_disqualified_since(platform: Platform) -> None:
    case = await found_to_be_a_victim(platform)
    maker = await platform.sign_in("sca-1")
    await done(maker, "decideLeave", case, **GRANT)
    await weighed(platform, case, is_disqualified=True)
    assert (await considered(maker, case))[-1] == ("STAYS_CLOSED", "DISQUALIFIED")
    before = await unchanged(platform)
    extended = await step(maker, "decideLeave", case, **(GRANT | {"outcome": "EXTENDED"}))
    assert extended["problem"]["code"] == "DISQUALIFIED"
    assert await unchanged(platform) == before
    await done(maker, "decideLeave", case, outcome="REFUSED", grounds=[])
