"""Every sample message of the public form becomes the record it should, with the right bodies at work on it."""

from typing import NamedTuple

import pytest

from tests.services.imports import upstream
from tests.world import arrivals
from tests.world.arrivals import arrived, participants, sent
from tests.world.platform import Platform
from tests.world.stories import seen

pytestmark = pytest.mark.anyio

WYP, LEEDS, SCA = "west-yorkshire-police", "leeds-city-council", "sca"
UKVI = "home-office-uk-visas-and-immigration-ukvi"
INTAKE = "home-office-asylum-group-illegal-migration-intake-unit"
DUE = "2026-06-01"  # received Fri 22 May: Spring bank holiday does not count, in no nation


class Landing(NamedTuple):
    """Where a referral lands; what is not said is as for an adult in Leeds whom the police refer."""

    referrer: str = WYP
    police: str = WYP
    prime: str | None = None
    children: str | None = None
    unheard: tuple[str, ...] = ()
    due: str = DUE


LANDINGS = {
    "adult_without_support": Landing(),
    "adult_uk_and_overseas": Landing(),
    "adult_reported_before": Landing(),
    "adult_with_support_by_phone": Landing(prime="the-salvation-army"),
    "adult_reached_through_a_friend": Landing(referrer="the-salvation-army", prime="the-salvation-army"),
    "adult_who_was_a_child_then": Landing(referrer=INTAKE, prime="the-salvation-army"),
    "adult_decision_to_someone_else": Landing(referrer="migrant-help"),
    "adult_from_a_former_first_responder": Landing(referrer=UKVI, due="2026-04-01"),
    "adult_in_scotland": Landing(
        "police-scotland", "police-scotland", prime="migrant-help", unheard=("police-scotland", "migrant-help")
    ),
    "adult_in_northern_ireland": Landing(
        "police-service-of-northern-ireland",
        "police-service-of-northern-ireland",
        unheard=("police-service-of-northern-ireland",),
    ),
    "child": Landing(referrer=LEEDS, children=LEEDS),
    "child_overseas": Landing(referrer="refugee-council", children=LEEDS),
    "child_age_not_sure": Landing(
        "home-office-uk-border-force-ukbf",
        "kent-police",
        children="kent-county-council",
        unheard=("kent-police", "kent-county-council"),
    ),
    "child_in_wales": Landing(
        "city-of-cardiff-council",
        "south-wales-police",
        children="city-of-cardiff-council",
        unheard=("south-wales-police", "city-of-cardiff-council"),
    ),
}
NOTIFICATIONS = {name for name in upstream.NAMES if name.startswith("duty_to_notify")}


def test_every_message_has_its_landing() -> None:
    assert set(LANDINGS) | NOTIFICATIONS == set(upstream.NAMES)


@pytest.mark.parametrize("name", LANDINGS)
async def test_a_referral_lands_with_those_who_have_to_act(platform: Platform, name: str) -> None:
    landing = LANDINGS[name]

    reference = await arrived(platform, name)

    expected = {"referrer": landing.referrer, "decision_maker": SCA, "investigating_police": landing.police}
    expected |= {"safeguarding_lead": landing.children} if landing.children else {}
    expected |= {"support_intake": landing.prime} if landing.prime else {}
    assert await participants(platform, reference) == expected
    assert reference.startswith("C-")


@pytest.mark.parametrize("name", LANDINGS)
async def test_whoever_has_to_know_is_told_or_is_somebodys_task(platform: Platform, name: str) -> None:
    landing = LANDINGS[name]
    on_platform = {WYP, LEEDS, SCA, "the-salvation-army"}

    reference = await arrived(platform, name)

    told: set[tuple[str, str, str | None]] = {("referral_received", f"{SCA}/decision_maker", None)}
    if landing.children:
        told.add(("child_referral", f"{landing.children}/childrens_services", None))
        told.add(("child_referral", f"{landing.police}/investigating_police", None))
    if upstream.message(name)["AdultOrChild"] == "Adult":  # of whom the message cannot say whose they are
        told.add(("establish_authority", f"{SCA}/decision_maker", None))
    if landing.prime:
        told.add(("support_wanted", f"{landing.prime}/support_prime", None))
    told = {one for one in told if one[1].partition("/")[0] in on_platform}
    telling = f"{SCA}/decision_maker"  # in these, neither the sender nor children's services have an account
    told |= {("tell_body_without_account", telling, code) for code in landing.unheard}
    assert await sent(platform, reference) == told


@pytest.mark.parametrize("name", LANDINGS)
async def test_the_authority_sees_the_case_with_its_clock(platform: Platform, name: str) -> None:
    landing = LANDINGS[name]
    await platform.set_clock(arrivals.NOW)
    reference = await arrived(platform, name)

    case = await seen(await platform.sign_in("sca-1"), {"reference": reference})

    running = {one["kind"]: one for one in case["clocks"]["all"]}
    is_child = upstream.message(name)["AdultOrChild"] == "Child"
    assert set(running) == {"reasonable_grounds"} | ({"consent_at_18"} if is_child else set())
    clock = running["reasonable_grounds"]
    assert case["stage"] == "AWAITING_REASONABLE_GROUNDS"
    assert (clock["dueOn"], clock["waitsForAgency"]["name"]) == (landing.due, "Single Competent Authority")
    leader = landing.children or landing.prime or landing.referrer
    assert case["lead"]["name"] == await platform.admin.fetchval("SELECT name FROM agency WHERE code = $1", leader)
    assert case["identity"]["lastName"] == upstream.message(name)["Customer.Surname"]
    assert (
        case["identity"]["age"]
        == {"Adult": "ADULT", "Child": "CHILD", "Unknown": "NOT_SURE"}[upstream.message(name)["AdultOrChild"]]
    )


async def test_not_sure_stays_unknown_in_the_data_and_acts_as_a_child(platform: Platform) -> None:
    reference = await arrived(
        platform, "child_age_not_sure", LocalAuthority="Leeds City Council", PVCurrentCityTown="Leeds",
        PVCurrentCounty="West Yorkshire",
    )  # fmt: skip

    stored = await platform.admin.fetchval(
        "SELECT value FROM case_fact f JOIN record r ON r.id = f.record_id WHERE reference = $1 AND f.kind = 'age'",
        reference,
    )
    case = await seen(await platform.sign_in("lcc-1"), {"reference": reference})

    assert stored == "not_sure"
    assert (case["identity"]["age"], case["lead"]["name"]) == ("NOT_SURE", "Leeds City Council")
    assert case["account"]["__typename"] == "Account"


async def test_a_place_nobody_knows_becomes_a_task_where_the_sender_has_no_area(platform: Platform) -> None:
    reference = await arrived(
        platform, "adult_reached_through_a_friend", PVCurrentCityTown="Unknown", PVCurrentCounty="Unknown"
    )

    assert ("find_police_force", "the-salvation-army/first_responder", None) in await sent(platform, reference)
    assert "investigating_police" not in await participants(platform, reference)


async def test_the_import_keeps_no_business_with_what_it_brought(platform: Platform) -> None:
    reference = await arrived(platform, "child")

    left = await platform.admin.fetchval(
        "SELECT i.until_at IS NOT NULL FROM involvement i JOIN record r ON r.id = i.record_id"
        " WHERE r.reference = $1 AND i.relation = 'importer'",
        reference,
    )

    assert left is True
