"""The force of a place, and silence wherever it is not certain."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reference.forces import force_for
from services.reference.lists import load, rows

DAY = date(2026, 5, 22)
TOWNS = [one.name for one in load("towns").entries]
REGIONS = [one.name for one in load("regions").entries]


@pytest.mark.parametrize(
    ("town", "region", "force"),
    [
        ("Leeds", "West Yorkshire", "West Yorkshire Police"),
        ("Leeds", None, "West Yorkshire Police"),
        ("Unknown", "Kent", "Kent Police"),
        (None, "Kent", "Kent Police"),
        ("Croydon", "Greater London", "Metropolitan Police Service"),
        ("Hartlepool", "Durham", "Cleveland Police"),
        ("Consett", "Durham", "Durham Constabulary"),
        ("Grimsby", "Lincolnshire", "Humberside Police"),
        ("Lincoln", "Lincolnshire", "Lincolnshire Police"),
        ("Yate", "Gloucestershire", "Avon and Somerset Constabulary"),
        ("Middlesbrough", "North Yorkshire", "Cleveland Police"),
        ("Caerphilly / Caerffili", "Mid Glamorgan", "Gwent Police"),
        ("Cardiff / Caerdydd", "South Glamorgan", "South Wales Police"),
        ("Belfast", "County Antrim", "Police Service of Northern Ireland"),
        ("Glasgow", "City of Glasgow", "Police Scotland"),
        ("Ashford", "Kent", "Kent Police"),
        ("Ashford", "Surrey", "Surrey Police"),
        ("Bishopbriggs", "Dunbartonshire", "Police Scotland"),
    ],
)
def test_a_known_place_has_its_force(town: str | None, region: str | None, force: str) -> None:
    assert force_for(town, region, DAY) == load("police_forces").by_key[force].code


@pytest.mark.parametrize(
    ("town", "region"),
    [
        ("Unknown", "Unknown"),
        (None, None),
        ("Ashford", None),
        ("Newport", "Unknown"),
        ("Newcastle", None),
        ("Unknown", "Durham"),
        ("Unknown", "Lincolnshire"),
        ("Leeds", "Greater London"),
        ("Bromley", "Kent"),
        ("Douglas", "Isle of Man"),
        ("Atlantis", "Nowhere"),
    ],
)
def test_what_is_shared_contradictory_or_unknown_has_none(town: str | None, region: str | None) -> None:
    assert force_for(town, region, DAY) is None


@pytest.mark.parametrize(
    ("on", "force"), [(date(2013, 3, 31), "Strathclyde Police"), (date(2013, 4, 1), "Police Scotland")]
)
def test_scotland_became_one_force_on_a_day(on: date, force: str) -> None:
    assert force_for("Glasgow", "City of Glasgow", on) == load("police_forces").by_key[force].code


def test_every_region_has_a_row_and_every_row_names_listed_things() -> None:
    table = rows("town_to_force")
    forces, regions = load("police_forces").by_key, load("regions").by_key
    towns = load("towns").by_key
    assert {row["region"] for row in table["regions"]} == {one.code for one in load("regions").entries}
    assert all(row["force"] is None or row["force"] in forces for row in table["regions"])
    assert all(row["town"] in towns and row["region"] in regions for row in table["towns"])
    assert all(row.get("force", "kent-police") in forces for row in table["towns"])


def test_nearly_every_town_of_the_form_is_mapped() -> None:
    mapped = {row["town"] for row in rows("town_to_force")["towns"]}
    assert len(mapped) > 1500


@given(st.sampled_from(TOWNS), st.sampled_from(REGIONS), st.dates(date(2009, 4, 1), date(2030, 1, 1)))
def test_the_force_is_in_the_list_on_that_day(town: str, region: str, on: date) -> None:
    code = force_for(town, region, on)
    assert code is None or load("police_forces").by_key[code].is_valid(on)
