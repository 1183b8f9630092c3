"""A wrong message is refused whole, with all that is wrong; one that came before changes nothing."""

import asyncio

import pytest

from services.errors import Invalid
from services.imports.commands import Imported
from services.referrals.choices import Channel
from services.tools import lost_a_race
from tests.services.imports import upstream
from tests.world.arrivals import THEN, arrive, arrived, participants, wrong
from tests.world.platform import Platform
from tests.world.stories import counted, inbox, refer, seen

pytestmark = pytest.mark.anyio

CHILD, ADULT = "child", "adult_without_support"


async def test_every_wrong_key_is_named_and_nothing_is_stored_or_sent(platform: Platform) -> None:
    said = upstream.message(CHILD) | {
        "Customer.DOB": "yesterday",
        "LAEmail": "nobody",
        "City1": "Atlantis",
        "Invented.Key": "1",
        "Customer.Custom17": "",
        "WillingToCooperate": "Perhaps",
    }
    before, lines = await counted(platform), len(await platform.ledger())

    outcome = await arrive(platform, said, THEN)

    assert wrong(outcome) == {
        ("Customer.DOB", "wrong_shape"),
        ("LAEmail", "wrong_shape"),
        ("City1", "not_in_list"),
        ("Invented.Key", "unknown_key"),
        ("Customer.Custom17", "required"),
        ("WillingToCooperate", "unknown_value"),
    }
    assert await counted(platform) == before
    assert len(await platform.ledger()) == lines, "no record was looked at"


@pytest.mark.parametrize("message", [[], "text", 7, None, {}])
async def test_what_is_no_message_stores_nothing(platform: Platform, message: object) -> None:
    before = await counted(platform)
    assert isinstance(await arrive(platform, message, THEN), Invalid)
    assert await counted(platform) == before


async def test_an_organisation_that_was_not_designated_on_that_day_is_refused(platform: Platform) -> None:
    name = "adult_from_a_former_first_responder"
    assert wrong(await arrive(platform, upstream.message(name), THEN)) == {("Agent.Organisation", "not_designated")}
    assert (await counted(platform))["record"] == 0
    assert await arrived(platform, name)


async def test_a_repeated_message_changes_nothing_and_says_so(platform: Platform) -> None:
    first = await arrived(platform, ADULT)
    before = await counted(platform)

    said = upstream.message(ADULT) | {"Customer.Surname": "Another"}
    again = await arrive(platform, said, THEN, Channel.POST)

    assert again == Imported(first, "nrm", is_new=False)
    assert await counted(platform) == before


async def test_the_same_message_twice_at_once_makes_one_case(platform: Platform) -> None:
    async def once_more() -> Imported:
        while True:
            try:
                outcome = await arrive(platform, upstream.message(ADULT), THEN)
            except Exception as error:
                if not lost_a_race(error):
                    raise
            else:
                assert isinstance(outcome, Imported)
                return outcome

    outcomes = await asyncio.gather(*(once_more() for _ in range(3)))

    assert len({outcome.reference for outcome in outcomes}) == 1
    assert [outcome.is_new for outcome in outcomes].count(True) == 1
    assert (await counted(platform))["record"] == 1


async def test_two_messages_about_the_same_person_make_two_cases(platform: Platform) -> None:
    one = await arrived(platform, ADULT)
    other = await arrived(platform, ADULT, ExternalId="another-message")
    assert one != other
    assert await platform.admin.fetchval("SELECT count(DISTINCT person_id) FROM record") == 2


@pytest.mark.parametrize("channel", Channel)
async def test_how_and_when_it_came_is_stored_and_shown(platform: Platform, channel: Channel) -> None:
    outcome = await arrive(platform, upstream.message(ADULT), "2026-05-20T23:50+01:00", channel)
    assert isinstance(outcome, Imported)

    case = await seen(await platform.sign_in("sca-1"), {"reference": outcome.reference})

    assert case["referrer"]["channel"] == channel.name
    assert case["referrer"]["receivedAt"] == "2026-05-20T22:50:00+00:00"


async def test_without_a_time_it_was_received_now(platform: Platform) -> None:
    await platform.set_clock("2026-05-22T23:59+01:00")
    outcome = await arrive(platform, upstream.message(ADULT))
    assert isinstance(outcome, Imported)
    case = await seen(await platform.sign_in("sca-1"), {"reference": outcome.reference})
    assert case["referrer"]["receivedAt"] == "2026-05-22T22:59:00+00:00"
    assert case["clocks"]["all"][0]["dueOn"] == "2026-06-01"


async def test_a_sender_without_an_account_takes_part_and_is_nobodys_task(platform: Platform) -> None:
    reference = await arrived(platform, "adult_decision_to_someone_else")
    await platform.deliver()

    assert (await participants(platform, reference))["referrer"] == "migrant-help"
    told = {one["kind"]: one["about"] for one in await inbox(await platform.sign_in("sca-1"))}
    assert told == {"REFERRAL_RECEIVED": None, "ESTABLISH_AUTHORITY": None}


async def test_a_typed_referral_does_not_stand_in_the_way_of_a_message(platform: Platform) -> None:
    typed = await refer(await platform.sign_in("wyp-1"))
    assert await arrived(platform, ADULT) != typed["reference"]
