"""The London date of receipt decides which authority decides; nothing about the person does."""

import pytest

from tests.services.imports import upstream
from tests.world.arrivals import arrive, arrived, participants, sent, wrong
from tests.world.platform import Platform
from tests.world.stories import inbox, seen

pytestmark = pytest.mark.anyio

LAST_MINUTES = "2019-04-28T23:50+01:00"
FIRST_MINUTES = "2019-04-29T00:05+01:00"
CHILD = "child"  # nobody signs: an adult of those days is referred on paper
POLICE = {"Agent.Organisation": "West Yorkshire Police"}
UKVI = "Home Office - UK Visas and Immigration UKVI"
SENDERS = {
    "West Yorkshire Police": ("ukhtc", "UK Human Trafficking Centre"),
    "Leeds City Council": ("ukhtc", "UK Human Trafficking Centre"),
    "The Salvation Army": ("ukhtc", "UK Human Trafficking Centre"),
    UKVI: ("ukvi", "Home Office UK Visas and Immigration"),
}


async def authority(platform: Platform, reference: str) -> str:
    return (await participants(platform, reference))["decision_maker"]


@pytest.mark.parametrize("organisation", SENDERS)
async def test_before_midnight_the_older_authorities_decide(platform: Platform, organisation: str) -> None:
    reference = await arrived(platform, CHILD, LAST_MINUTES, **{"Agent.Organisation": organisation})
    assert await authority(platform, reference) == SENDERS[organisation][0]


@pytest.mark.parametrize("organisation", SENDERS)
async def test_from_midnight_the_single_competent_authority_decides(platform: Platform, organisation: str) -> None:
    reference = await arrived(platform, CHILD, FIRST_MINUTES, **{"Agent.Organisation": organisation})
    assert await authority(platform, reference) == "sca"


async def test_midnight_is_londons_and_not_greenwichs(platform: Platform) -> None:
    reference = await arrived(platform, CHILD, "2019-04-28T23:05+00:00")
    assert await authority(platform, reference) == "sca"


async def test_an_authority_without_an_account_is_a_task_for_the_referrer_that_names_it(platform: Platform) -> None:
    reference = await arrived(platform, CHILD, LAST_MINUTES, **POLICE)
    told = {one for one in await sent(platform, reference) if one[0] == "tell_body_without_account"}
    assert told == {("tell_body_without_account", "west-yorkshire-police/first_responder", "ukhtc")}

    await platform.deliver()

    desk = await platform.sign_in("wyp-2")
    (notice,) = [one for one in await inbox(desk) if one["isTask"]]
    assert (notice["kind"], notice["isTask"], notice["record"]["reference"]) == (
        "TELL_BODY_WITHOUT_ACCOUNT",
        True,
        reference,
    )
    assert notice["about"]["name"] == "UK Human Trafficking Centre"


async def test_the_clock_counts_from_the_day_of_then_and_waits_for_the_authority_of_then(platform: Platform) -> None:
    reference = await arrived(platform, CHILD, LAST_MINUTES, **POLICE)

    case = await seen(await platform.sign_in("wyp-2"), {"reference": reference})

    (clock,) = [one for one in case["clocks"]["all"] if one["kind"] == "reasonable_grounds"]
    assert (clock["dueOn"], clock["waitsForAgency"]["name"]) == ("2019-05-03", "UK Human Trafficking Centre")


async def test_nationality_sends_nobody_to_another_authority(platform: Platform) -> None:
    british = await arrived(platform, CHILD, LAST_MINUTES, **{"Customer.Nationality": "British"})
    other = await arrived(
        platform, CHILD, LAST_MINUTES, **{"Customer.Nationality": "Albanian"}, ExternalId="another-message"
    )
    assert await authority(platform, british) == await authority(platform, other) == "ukhtc"


async def test_before_the_mechanism_there_was_nobody_to_refer_to(platform: Platform) -> None:
    outcome = await arrive(platform, upstream.message(CHILD), "2009-03-31T23:59+01:00")
    assert wrong(outcome) == {("--received-at", "before_the_mechanism")}


async def test_a_message_of_tomorrow_is_refused(platform: Platform) -> None:
    await platform.set_clock("2026-05-22T23:59+01:00")
    outcome = await arrive(platform, upstream.message(CHILD), "2026-05-23T00:00+01:00")
    assert wrong(outcome) == {("--received-at", "in_the_future")}
