"""Every body refers in its own time only; a former one is refused, and stays named on its old cases."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.imports.commands import Imported
from services.imports.message import read
from services.referrals.draft import ReferralDraft
from services.referrals.validation import check
from tests.journeys.test_onboarding_an_agency import administrator, agency_id, platform_administrators
from tests.services.imports import upstream
from tests.world.administering import agreed
from tests.world.arrivals import arrive, arrived, wrong
from tests.world.forms import adult_referral
from tests.world.platform import Platform
from tests.world.stories import counted, refer, seen
from tests.world.template import ISSUER_URL

pytestmark = pytest.mark.anyio
BEGINNING, REORGANISED, LAST_BEFORE = "2009-04-01", "2026-03-26", "2026-03-25"
# Name, first day, last day (None: still), statistics type, whether the dates are known.
BODIES = [
    ("West Yorkshire Police", BEGINNING, None, "POLICE", False),
    ("Leeds City Council", BEGINNING, None, "LOCAL_AUTHORITY", False),
    ("Health and Social Care Trusts - HSC Trusts", BEGINNING, None, "LOCAL_AUTHORITY", False),
    ("UK Border Agency", BEGINNING, "2013-03-31", "GOVERNMENT", False),
    ("Home Office - UK Border Force UKBF", "2012-03-01", None, "GOVERNMENT", False),
    ("Home Office - UK Visas and Immigration UKVI", "2013-04-01", LAST_BEFORE, "GOVERNMENT", False),
    ("Home Office - Immigration Enforcement IE", "2013-04-01", LAST_BEFORE, "GOVERNMENT", False),
    ("Home Office - Asylum Group - Illegal Migration Intake Unit", REORGANISED, None, "GOVERNMENT", True),
    ("Home Office - Illegal Migration Operations Command IMOC", "2024-05-13", LAST_BEFORE, "GOVERNMENT", True),
    ("Serious Organised Crime Agency SOCA", BEGINNING, "2013-10-06", "GOVERNMENT", False),
    ("National Crime Agency NCA", "2013-10-07", None, "GOVERNMENT", False),
    ("Gangmasters Licensing Authority GLA", BEGINNING, "2017-04-30", "GOVERNMENT", False),
    ("Gangmasters and Labour Abuse Authority GLAA", "2017-05-01", None, "GOVERNMENT", False),
    ("Fair Work Agency", REORGANISED, None, "GOVERNMENT", True),
    ("POPPY Project", BEGINNING, "2022-06-16", "NGO", False),
    ("Migrant Helpline", BEGINNING, "2013-12-31", "NGO", False),
    ("Migrant Help", BEGINNING, None, "NGO", False),
    ("Kalayaan", BEGINNING, None, "NGO", False),
    ("Medaille Trust", BEGINNING, None, "NGO", False),
    ("The Salvation Army", BEGINNING, None, "NGO", False),
    ("Unseen", BEGINNING, None, "NGO", False),
    ("TARA Project", BEGINNING, "2019-04-28", "NGO", False),
    ("Trafficking Awareness Raising Alliance TARA", BEGINNING, None, "NGO", False),
    ("Barnardo's", BEGINNING, None, "NGO", False),
    ("National Society for the Prevention of Cruelty to Children NSPCC CTAC", "2019-04-29", None, "NGO", False),
    ("BAWSO", "2019-04-29", None, "NGO", False),
    ("Belfast and Lisburn Women's Aid", "2022-04-01", None, "NGO", False),
    ("New Pathways", "2019-04-29", None, "NGO", False),
    ("Refugee Council", "2019-04-29", None, "NGO", False),
    ("Youth Work Alliance", "2023-06-07", None, "NGO", True),
]
ASK = """query ($organisation: String, $at: Date, $first: Int! = 100) {
  designations(organisation: $organisation, at: $at, first: $first) {
    total periods { organisation parent statisticsType since until verified source } } }"""
REFERRED_BY = """query ($reference: String) { case(reference: $reference) {
  referrer { ... on Referrer { organisation } } } }"""


def refused(organisation: str, on: date) -> bool:
    draft = read(upstream.message("adult_without_support"))
    assert isinstance(draft, ReferralDraft)
    found = check(replace(draft, organisation=organisation), on)
    return ("organisation", "not_designated") in {(problem.path, problem.code) for problem in found}


@pytest.mark.parametrize(("name", "first", "last"), [body[:3] for body in BODIES], ids=[body[0] for body in BODIES])
def test_a_body_refers_from_its_first_day_to_its_last_and_on_no_other(name: str, first: str, last: str | None) -> None:
    begin, day = date.fromisoformat(first), timedelta(1)

    assert (refused(name, begin - day), refused(name, begin)) == (True, False)
    if last:
        end = date.fromisoformat(last)
        assert (refused(name, end), refused(name, end + day)) == (False, True)
    else:
        assert not refused(name, date(2026, 5, 22))


async def test_everybody_reads_each_bodys_time_type_parent_and_source(platform: Platform) -> None:
    school = await platform.sign_in("eps-1")
    for name, first, last, kind, known in BODIES:
        (period,) = (await school.ask(ASK, organisation=name))["designations"]["periods"]
        assert (period["since"], period["until"], period["statisticsType"]) == (first, last, kind), name
        assert period["verified"] == known
        assert period["source"]
    units = [body[0] for body in BODIES if body[0].startswith("Home Office - Asylum Group")]
    (unit,) = (await school.ask(ASK, organisation=units[0]))["designations"]["periods"]
    assert unit["parent"] == "home-office-uk-visas-and-immigration-ukvi"


async def test_the_list_of_a_day_has_who_could_refer_then(platform: Platform) -> None:
    school = await platform.sign_in("eps-1")

    async def named(at: str) -> set[str]:
        names = [body[0] for body in BODIES]
        found: list[dict[str, Any]] = []
        for name in names:
            found += (await school.ask(ASK, organisation=name, at=at))["designations"]["periods"]
        return {period["organisation"] for period in found}

    assert "Serious Organised Crime Agency SOCA" in await named("2013-10-06")
    assert "National Crime Agency NCA" not in await named("2013-10-06")
    assert "National Crime Agency NCA" in await named("2013-10-07")
    assert await named("2009-03-31") == set()
    everybody = (await school.ask(ASK, at="2026-05-22", first=1))["designations"]
    assert everybody["total"] > 400
    assert len(everybody["periods"]) == 1


async def test_a_former_body_is_refused_and_stays_on_its_old_case(platform: Platform) -> None:
    message = upstream.message("adult_without_support") | {"Agent.Organisation": "POPPY Project"}
    late = await arrive(platform, message, "2022-06-17T00:00+01:00")
    assert wrong(late) == {("Agent.Organisation", "not_designated")}

    reference = await arrived(
        platform, "adult_without_support", "2022-06-16T23:59+01:00", **{"Agent.Organisation": "POPPY Project"}
    )
    hugo = await platform.sign_in("sca-1")
    await platform.admin.execute("UPDATE assignment SET member_id = (SELECT id FROM member WHERE subject = 'sca-1'),"
                                 " team_id = NULL WHERE function = 'decision_maker'")  # fmt: skip
    case = (await hugo.ask(REFERRED_BY, reference=reference))["case"]
    assert case["referrer"]["organisation"] == "POPPY Project"


async def test_people_of_a_body_refer_and_its_forms_count_from_its_first_day_on(platform: Platform) -> None:
    alba, boris = await platform_administrators(platform)
    alliance = {"code": "youth-work-alliance", "name": "Youth Work Alliance", "functions": ["FIRST_RESPONDER"]}
    await agreed(alba, boris, onboardAgency=alliance)
    agency = await agency_id(alba, "Youth Work Alliance")
    provider = {"slug": "example-bridge", "issuer": f"{ISSUER_URL}/example-bridge", "clientId": "concordat"}
    await agreed(boris, alba, registerProvider={"agencyId": agency, **provider})
    await agreed(alba, boris, appointAdministrator=administrator(agency, "exb-1", "Yara Invented"))
    await platform.admin.execute(
        "UPDATE member_function SET access_level = 'practitioner' WHERE member_id ="
        " (SELECT id FROM member WHERE subject = 'exb-1')"
    )
    yara = await platform.sign_in("exb-1")
    case = await refer(yara, adult_referral(organisation="Youth Work Alliance"))
    assert (await seen(yara, case))["referrer"]["organisation"] == "Youth Work Alliance"
    before = await counted(platform)
    message = upstream.message("adult_without_support") | {"Agent.Organisation": "Youth Work Alliance"}
    early = await arrive(platform, message, "2023-06-06T23:59+01:00")
    assert wrong(early) == {("Agent.Organisation", "not_designated")}
    assert await counted(platform) == before
    assert isinstance(await arrive(platform, message, "2023-06-07T00:00+01:00"), Imported)
