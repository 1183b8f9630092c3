"""A progress review: owed on day 30 from 2016 to January 2023; the authority records it, and its clock ends with it."""

from typing import Any

import pytest

from tests.world import stories
from tests.world.deciding import clock, decide, done, due, look, referred, step, unchanged
from tests.world.platform import Platform

pytestmark = pytest.mark.anyio

REVIEWED = "steps { kind happenedOn decisionId reviewedOn contacted words }"
READ = f"""query ($reference: String) {{ case(reference: $reference) {{ decisions {{
  ... on Decisions {{ {REVIEWED} }} ... on DecisionsSummary {{ outlines: steps {{ kind happenedOn }} }} }} }} }}"""
BOTH = ["FIRST_RESPONDER", "SUPPORT_PROVIDER"]


async def recovering(platform: Platform) -> dict[str, Any]:
    """An adult's case of March 2020, positively decided on the 2nd."""
    case = await referred(platform, "2020-03-02T10:00+00:00")
    await decide(platform, case)
    return case


async def test_a_review_ends_the_clock_that_waits_for_it_and_nothing_else(platform: Platform) -> None:
    case = await recovering(platform)
    await platform.set_clock("2020-04-06T10:00+01:00")
    maker = await platform.sign_in("sca-1")
    late = await look(maker, case)
    assert due(late, "progress_review") == "2020-04-01"
    others = {one["kind"]: one["dueOn"] for one in late["clocks"]["all"] if one["kind"] != "progress_review"}

    reviewed = await done(maker, "recordProgressReview", case, reviewedOn="2020-04-03", contacted=BOTH)

    assert clock(reviewed, "progress_review") is None
    assert {one["kind"]: one["dueOn"] for one in reviewed["clocks"]["all"]} == others
    assert "recovery_period" in others
    read = (await maker.ask(READ, reference=case["reference"]))["case"]["decisions"]["steps"]
    assert read == [
        {
            "kind": "PROGRESS_REVIEWED",
            "happenedOn": "2020-04-06",
            "decisionId": reviewed["decisions"]["entries"][0]["id"],
            "reviewedOn": "2020-04-03",
            "contacted": BOTH,
            "words": "An invented reason.",
        }
    ]
    # police read that there was one, and not with whom
    outlines = (await (await platform.sign_in("wyp-3")).ask(READ, reference=case["reference"]))["case"]["decisions"]
    assert outlines == {"outlines": [{"kind": "PROGRESS_REVIEWED", "happenedOn": "2020-04-06"}]}


async def test_a_review_is_one_of_the_recovery_period_and_with_somebody(platform: Platform) -> None:
    case = await recovering(platform)
    await platform.set_clock("2020-04-06T10:00+01:00")
    maker = await platform.sign_in("sca-1")
    await done(maker, "recordProgressReview", case, reviewedOn="2020-04-03", contacted=BOTH)
    await done(maker, "recordProgressReview", case, reviewedOn="2020-03-02", contacted=["LOCAL_AUTHORITY"])
    before = await unchanged(platform)
    for day, contacted, path in (
        ("2020-03-01", BOTH, "reviewedOn"),
        ("2020-04-07", BOTH, "reviewedOn"),
        ("2020-04-06", [], "contacted"),
        ("2020-04-06", ["POLICE", "POLICE"], "contacted"),
    ):
        tried = await step(maker, "recordProgressReview", case, reviewedOn=day, contacted=contacted)
        assert [one["path"] for one in tried["problem"]["problems"]] == [path], (day, contacted)
    assert await unchanged(platform) == before


async def test_the_authority_alone_records_it_and_only_in_a_recovery_period(platform: Platform) -> None:
    case = await referred(platform, "2020-03-02T10:00+00:00")
    maker = await platform.sign_in("sca-1")
    early = await step(maker, "recordProgressReview", case, reviewedOn="2020-03-02", contacted=BOTH)
    assert early["problem"]["code"] == "NO_RECOVERY_PERIOD"
    seen = await decide(platform, case)
    before = await unchanged(platform)
    about = {"caseId": seen["id"], "expectedVersion": seen["version"], "words": "An invented reason."}
    asked = f"""mutation ($input: RecordProgressReviewInput!) {{
      recordProgressReview(input: $input) {{ {stories.PROBLEM} }} }}"""
    for who, answer in (("wyp-1", "Refused"), ("wyp-3", "Refused"), ("lcc-1", "NotFound")):
        person = await platform.sign_in(who)
        tried = await person.do(asked, **about, reviewedOn="2020-03-02", contacted=BOTH)
        assert tried["problem"]["__typename"] == answer, who
    assert {name: rows for name, rows in (await unchanged(platform)).items() if "ledger" not in name} == {
        name: rows for name, rows in before.items() if "ledger" not in name
    }
    assert due(await look(await platform.sign_in("sca-1"), case), "progress_review") == "2020-04-01"


async def test_a_later_law_owes_no_review_and_one_may_be_recorded(platform: Platform) -> None:
    case = await referred(platform)
    assert clock(await decide(platform, case), "progress_review") is None
    reviewed = await done(
        await platform.sign_in("sca-1"), "recordProgressReview", case, reviewedOn="2026-05-20", contacted=["POLICE"]
    )
    assert [one["kind"] for one in reviewed["decisions"]["steps"]] == ["PROGRESS_REVIEWED"]
