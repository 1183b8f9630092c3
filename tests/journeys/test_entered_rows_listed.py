"""Which rules of days to come were entered, who entered and who confirmed them, and what became of each."""

from typing import Any

import pytest

from tests.contract.storyteller import OPERATIONS
from tests.journeys.test_future_regimes import DAYS, TEST, both, row
from tests.world import stories
from tests.world.administering import agreed, decide, proposed, rights
from tests.world.platform import Person, Platform

pytestmark = pytest.mark.anyio
LIST = OPERATIONS["ListEnteredRegimeRows"].query


async def listed(who: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await who.ask(LIST))["enteredRegimeRows"]
    return found


async def states(who: Person) -> list[tuple[str, str, str | None]]:
    return [(one["since"], one["state"], one["until"]) for one in await listed(who)]


async def test_nothing_was_entered(platform: Platform) -> None:
    assert await listed(await platform.sign_in("con-1")) == []


async def test_it_says_who_proposed_who_confirmed_from_when_and_by_which_source(platform: Platform) -> None:
    await platform.set_clock("2026-06-01T11:00+01:00")
    alba, boris = await both(platform)
    proposal = await proposed(alba, **row("DECISION_TESTS", "2026-07-01", **TEST))
    (waits,) = await listed(boris)
    about = {
        "row": "entered-decision-tests-reasonable-grounds-2026-07-01",
        "table": "DECISION_TESTS",
        "columns": [{"name": name, "value": TEST[name]} for name in sorted(TEST)],
        "since": "2026-07-01",
        "until": None,
        "source": "An invented Act of 2026",
        "status": "FOUND",
        "note": None,
        "proposedBy": "Alba Invented",
        "proposedAt": "2026-06-01T10:00:00+00:00",
    }
    assert about | {"state": "WAITS_FOR_SECOND", "confirmedBy": None, "confirmedAt": None} == {
        name: waits[name] for name in (*about, "state", "confirmedBy", "confirmedAt")
    }

    await platform.set_clock("2026-06-01T11:04+01:00")
    await decide(boris, waits["proposalId"])
    assert waits["proposalId"] == proposal
    (entered,) = await listed(alba)
    confirmed = {"state": "TO_COME", "confirmedBy": "Boris Invented", "confirmedAt": "2026-06-01T10:04:00+00:00"}
    assert entered == waits | confirmed
    await platform.set_clock("2026-06-30T23:59:59+01:00")
    assert await states(await platform.sign_in("con-1")) == [("2026-07-01", "TO_COME", None)]
    await platform.set_clock("2026-07-01T00:00+01:00")
    assert await states(await platform.sign_in("con-1")) == [("2026-07-01", "IN_FORCE", None)]


async def test_what_was_replaced_ended_and_what_was_corrected_never_began(platform: Platform) -> None:
    await platform.set_clock("2026-06-01T11:00+01:00")
    for length in ("400", "40"):
        await agreed(*await both(platform), **row("CLOCK_DEFINITIONS", "2026-07-01", **DAYS | {"length": length}))
    await agreed(*await both(platform), **row("CLOCK_DEFINITIONS", "2026-08-01", **DAYS))
    await platform.set_clock("2026-08-01T11:00+01:00")
    assert await states(await platform.sign_in("con-2")) == [
        ("2026-07-01", "NEVER_BEGAN", None),
        ("2026-07-01", "ENDED", "2026-08-01"),
        ("2026-08-01", "IN_FORCE", None),
    ]


async def test_what_was_declined_or_ran_out_is_no_rule(platform: Platform) -> None:
    await platform.set_clock("2026-06-01T11:00+01:00")
    alba, boris = await both(platform)
    declined = await proposed(alba, **row("DECISION_TESTS", "2026-07-01", **TEST))
    await decide(boris, declined, "DECLINE")
    await proposed(alba, **row("DECISION_TESTS", "2026-08-01", **TEST))
    assert await states(boris) == [("2026-08-01", "WAITS_FOR_SECOND", None)]
    await platform.set_clock("2026-06-15T11:00+01:00")
    assert await states(await platform.sign_in("con-2")) == []


async def test_nobody_else_reads_it_and_reading_changes_nothing(platform: Platform) -> None:
    await platform.set_clock("2026-06-01T11:00+01:00")
    await agreed(*await both(platform), **row("DECISION_TESTS", "2026-07-01", **TEST))
    before = await rights(platform), await stories.counted(platform)
    for subject in ("wyp-5", "wyp-1", "sca-1"):
        assert await listed(await platform.sign_in(subject)) == []
    assert len(await listed(await platform.sign_in("con-1"))) == 1
    assert (await rights(platform), await stories.counted(platform)) == before
