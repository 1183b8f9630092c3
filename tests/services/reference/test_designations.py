"""Who could refer on a day, from the first list of 2009 to the units of 2026."""

from collections import Counter
from datetime import date

import pytest

from services.reference.designations import StatisticsType, all_designations, designation
from services.reference.lists import load, rows
from services.regimes.words import Nation, ReferrerKind

UKVI = "Home Office - UK Visas and Immigration UKVI"
INTAKE = "Home Office - Asylum Group - Illegal Migration Intake Unit"


@pytest.mark.parametrize(
    ("organisation", "first", "last"),
    [
        ("Serious Organised Crime Agency SOCA", "2009-04-01", "2013-10-06"),
        ("National Crime Agency NCA", "2013-10-07", None),
        ("UK Border Agency", "2009-04-01", "2013-03-31"),
        ("Home Office - UK Border Force UKBF", "2012-03-01", None),
        (UKVI, "2013-04-01", "2026-03-25"),
        ("Home Office - Immigration Enforcement IE", "2013-04-01", "2026-03-25"),
        (INTAKE, "2026-03-26", None),
        ("Home Office - Illegal Migration Operations Command IMOC", "2024-05-13", "2026-03-25"),
        ("Gangmasters Licensing Authority GLA", "2009-04-01", "2017-04-30"),
        ("Gangmasters and Labour Abuse Authority GLAA", "2017-05-01", None),
        ("Police Scotland", "2013-04-01", None),
        ("Strathclyde Police", "2009-04-01", "2013-03-31"),
        ("Youth Work Alliance", "2023-06-07", None),
        ("Fair Work Agency", "2026-03-26", None),
        ("POPPY Project", "2009-04-01", "2022-06-16"),
    ],
)
def test_a_designation_begins_and_ends_on_its_days(organisation: str, first: str, last: str | None) -> None:
    start = date.fromisoformat(first)
    assert designation(organisation, start) is not None
    assert designation(organisation, start.replace(year=start.year - 1)) is None
    if last:
        end = date.fromisoformat(last)
        assert designation(organisation, end) is not None
        assert designation(organisation, end.replace(year=end.year + 1)) is None
    else:
        assert designation(organisation, date(2030, 1, 1)) is not None


@pytest.mark.parametrize(
    ("organisation", "kind", "counted"),
    [
        ("West Yorkshire Police", ReferrerKind.POLICE, StatisticsType.POLICE),
        ("Tarian ROCU", ReferrerKind.POLICE, StatisticsType.POLICE),
        ("Leeds City Council", ReferrerKind.LOCAL_AUTHORITY, StatisticsType.LOCAL_AUTHORITY),
        ("The Salvation Army", ReferrerKind.NGO, StatisticsType.NGO),
        ("National Crime Agency NCA", ReferrerKind.NCA, StatisticsType.GOVERNMENT),
        (INTAKE, ReferrerKind.HOME_OFFICE, StatisticsType.GOVERNMENT),
        ("Gangmasters and Labour Abuse Authority GLAA", ReferrerKind.GLAA, StatisticsType.GOVERNMENT),
        ("Health and Social Care Trusts - HSC Trusts", ReferrerKind.HSC_TRUST, StatisticsType.LOCAL_AUTHORITY),
    ],
)
def test_a_designation_says_what_kind_of_referrer_it_is(
    organisation: str, kind: ReferrerKind, counted: StatisticsType
) -> None:
    found = designation(organisation, date(2026, 5, 22))
    assert found is not None
    assert (found.referrer_kind, found.statistics_type) == (kind, counted)


def test_a_unit_knows_its_parent() -> None:
    found = designation(INTAKE, date(2026, 5, 22))
    assert found is not None
    assert found.parent is not None
    assert load("organisations").by_key[found.parent].name == UKVI


@pytest.mark.parametrize("organisation", ["Home Office", "UK Human Trafficking Centre UKHTC", "A Shop", ""])
def test_who_only_decides_or_is_unknown_was_never_a_first_responder(organisation: str) -> None:
    assert designation(organisation, date(2013, 1, 1)) is None


def test_every_row_and_every_parent_names_a_listed_organisation_and_a_source() -> None:
    known = load("organisations").by_key
    for row in rows("first_responders"):
        assert row["organisation"] in known
        assert row["parent"] is None or row["parent"] in known
        assert row["source"]
        assert row["status"] in {"verified", "unverified"}


def test_every_organisation_the_form_offers_today_may_refer_today() -> None:
    today = date(2026, 5, 22)
    offered = [one for one in load("organisations").entries if one.is_valid(today) and one.name != "Home Office"]
    assert [one.name for one in offered if designation(one.code, today) is None] == []


def test_forces_and_councils_outside_england_and_wales_say_so() -> None:
    counted = Counter((each.seat, each.referrer_kind) for each in all_designations() if each.seat)
    assert counted == {
        (Nation.SCOTLAND, ReferrerKind.LOCAL_AUTHORITY): 32,
        (Nation.NORTHERN_IRELAND, ReferrerKind.LOCAL_AUTHORITY): 11,
        (Nation.SCOTLAND, ReferrerKind.POLICE): 9,  # and the eight that became one in 2013
        (Nation.NORTHERN_IRELAND, ReferrerKind.POLICE): 3,
    }
