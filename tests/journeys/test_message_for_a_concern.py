"""A message continues the concern that it was brought for, and nothing that is no open concern."""

import pytest

from services.errors import Conflict, NotFound
from services.imports.commands import Imported
from tests.services.imports import upstream
from tests.world.arrivals import THEN, arrive, arrived, participants
from tests.world.platform import Platform
from tests.world.stories import close, counted, kinds, open_concern, seen

pytestmark = pytest.mark.anyio

CHILD = "child"


async def refusals(platform: Platform) -> list[tuple[str, str]]:
    """Act and verdict of the import's refused looks."""
    return [
        (line["act"], line["verdict"])
        for line in await platform.ledger()
        if line["function"] == "referral_import" and line["verdict"] == "refused"
    ]


async def test_a_message_continues_a_schools_concern(platform: Platform) -> None:
    await platform.set_clock("2026-05-21T10:00+01:00")
    concern = await open_concern(await platform.sign_in("eps-1"))
    await platform.set_clock("2026-05-22T16:00+01:00")

    outcome = await arrive(platform, upstream.message(CHILD), THEN, case=concern["reference"].lower())

    assert outcome == Imported(concern["reference"], "nrm", is_new=True)
    assert await participants(platform, concern["reference"]) == {
        "opener": "example-park-school",
        "safeguarding_lead": "leeds-city-council",
        "referrer": "leeds-city-council",
        "decision_maker": "sca",
        "investigating_police": "west-yorkshire-police",
    }
    case = await seen(await platform.sign_in("lcc-1"), concern)
    assert case["stage"] == "AWAITING_REASONABLE_GROUNDS"
    assert [clock["kind"] for clock in case["clocks"]["all"]] == ["reasonable_grounds", "consent_at_18"]
    assert case["identity"]["lastName"] == upstream.message(CHILD)["Customer.Surname"]
    assert (await seen(await platform.sign_in("eps-1"), concern))["stage"] == "AWAITING_REASONABLE_GROUNDS"
    await platform.deliver()
    assert "CHILD_REFERRAL" in await kinds(await platform.sign_in("lcc-1"))


async def test_a_message_sent_before_the_concern_was_recorded_still_makes_it_a_referral(platform: Platform) -> None:
    await platform.set_clock("2026-05-22T16:00+01:00")
    concern = await open_concern(await platform.sign_in("eps-1"), age="NOT_SURE")

    outcome = await arrive(platform, upstream.message(CHILD), "2026-05-20T12:00+01:00", case=concern["reference"])

    assert isinstance(outcome, Imported)
    case = await seen(await platform.sign_in("lcc-1"), concern)
    assert (case["stage"], case["identity"]["age"]) == ("AWAITING_REASONABLE_GROUNDS", "CHILD")
    assert case["clocks"]["all"][0]["dueOn"] == "2026-05-28"


@pytest.mark.parametrize("reference", ["C-2222-22222", "nonsense", "D-2222-22222", ""])
async def test_a_case_that_does_not_exist_is_said_and_nothing_is_stored(platform: Platform, reference: str) -> None:
    before = await counted(platform)
    assert await arrive(platform, upstream.message(CHILD), THEN, case=reference) == NotFound()
    assert await counted(platform) == before
    assert await refusals(platform) == [("referral.import", "refused")]


async def test_a_case_that_was_referred_takes_no_second_message(platform: Platform) -> None:
    referred = await arrived(platform, CHILD)
    before = await counted(platform)

    said = upstream.message(CHILD) | {"ExternalId": "another-message"}

    assert await arrive(platform, said, THEN, case=referred) == NotFound()
    assert await counted(platform) == before
    (line,) = [line for line in await platform.ledger() if line["verdict"] == "refused"]
    assert line["record_id"] == await platform.admin.fetchval("SELECT id FROM record")


async def test_a_concern_that_was_closed_is_not_opened_again_by_a_message(platform: Platform) -> None:
    school = await platform.sign_in("eps-1")
    concern = await open_concern(school)
    assert (await close(school, concern))["problem"] is None
    before = await counted(platform)

    outcome = await arrive(platform, upstream.message(CHILD), THEN, case=concern["reference"])

    assert isinstance(outcome, Conflict)
    assert outcome.code == "NOT_A_CONCERN"
    assert await counted(platform) == before


async def test_a_notification_never_joins_a_case(platform: Platform) -> None:
    concern = await open_concern(await platform.sign_in("eps-1"))
    before = await counted(platform)

    said = upstream.message("duty_to_notify_without_cooperation")
    outcome = await arrive(platform, said, THEN, case=concern["reference"])

    assert isinstance(outcome, Conflict)
    assert outcome.code == "NEVER_A_CASE"
    assert await counted(platform) == before
