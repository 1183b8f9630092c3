"""The lists are complete, dated and searchable as people type."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.errors import Invalid
from services.reference.lists import NAMES, load
from services.reference.queries import ReferenceListView, entry, find

COUNTS = {"countries": 196, "nationalities": 222, "regions": 98, "towns": 1608, "police_forces": 47}


def names(list_name: str, search: str, at: date | None = None, limit: int = 100) -> list[str]:
    found = find(list_name, at, search, limit)
    assert isinstance(found, ReferenceListView)
    return [one.name for one in found.entries]


@pytest.mark.parametrize("name", NAMES)
def test_codes_and_names_are_unique_and_dates_are_in_order(name: str) -> None:
    entries = load(name).entries
    assert len({one.code for one in entries}) == len({one.name for one in entries}) == len(entries)
    assert all(
        one.valid_until is None or one.valid_from is None or one.valid_from <= one.valid_until for one in entries
    )
    assert all(one.name == one.name.strip() for one in entries)


@pytest.mark.parametrize(("name", "count"), COUNTS.items())
def test_nothing_of_the_published_lists_is_lost(name: str, count: int) -> None:
    assert len(load(name).entries) >= count


@pytest.mark.parametrize(
    ("list_name", "search", "expected"),
    [
        ("towns", "leeds", "Leeds"),
        ("towns", "HULL", "Kingston upon Hull"),
        ("towns", "cwmbran", "Cwmbrân"),
        ("towns", "caerdydd", "Cardiff / Caerdydd"),
        ("towns", "bishops stort", "Bishop's Stortford"),
        ("organisations", "barnardos", "Barnardo's"),
        ("local_authorities", "leeds council", "Leeds City Council"),
    ],
)
def test_any_word_may_be_begun_in_any_case_and_without_accents(list_name: str, search: str, expected: str) -> None:
    assert expected in names(list_name, search)


def test_the_middle_of_a_word_is_not_found() -> None:
    assert "Leeds" not in names("towns", "eeds")


@given(st.sampled_from(NAMES), st.data())
def test_every_name_is_found_by_its_own_words(name: str, data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(load(name).entries))
    assert one.name in names(name, one.name.upper(), limit=2000)


@given(st.sampled_from(NAMES), st.text(max_size=40), st.integers(-5, 50))
def test_no_search_is_too_odd_and_the_limit_holds(name: str, search: str, limit: int) -> None:
    found = find(name, None, search, limit)
    assert isinstance(found, ReferenceListView)
    assert len(found.entries) == min(found.total, max(0, limit))


def test_an_unknown_list_is_refused_with_the_names_of_the_known_ones() -> None:
    found = find("sheep")
    assert isinstance(found, Invalid)
    assert found.problems[0].path == "name"
    assert all(name in found.problems[0].remedy for name in NAMES)


def test_asking_in_code_for_a_list_that_does_not_exist_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        entry("sheep", "Dolly")


def test_a_name_counts_on_its_days_only_and_stays_readable_after() -> None:
    soca = "Serious Organised Crime Agency SOCA"
    assert entry("organisations", soca, date(2013, 10, 6)) is not None
    assert entry("organisations", soca, date(2013, 10, 7)) is None
    assert entry("organisations", soca) is not None
    assert soca not in names("organisations", "serious", date(2020, 1, 1))
    assert soca in names("organisations", "serious")
