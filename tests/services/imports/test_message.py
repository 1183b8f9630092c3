"""Real messages become drafts; a wrong one is refused whole, each problem at its own key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.imports import upstream
from tests.services.imports.examining import accepted, paths, refused


def test_there_are_at_least_twelve_messages() -> None:
    assert len(upstream.NAMES) >= 12


@pytest.mark.parametrize("name", upstream.NAMES)
def test_what_the_form_sends_is_accepted(name: str) -> None:
    assert accepted(name).external_id == upstream.message(name)["ExternalId"]


EACH_REQUIRED = [(name, key) for name in upstream.NAMES for key in upstream.required_keys(name)]


@pytest.mark.parametrize(("name", "key"), EACH_REQUIRED)
@pytest.mark.parametrize("value", [None, "", "  "], ids=["gone", "empty", "blank"])
def test_a_required_key_that_is_missing_is_refused_at_its_path(name: str, key: str, value: str | None) -> None:
    said = upstream.message(name)
    said.pop(key) if value is None else said.update({key: value})
    assert key in paths(refused(name, said))


@given(pair=st.sampled_from(EACH_REQUIRED), value=st.sampled_from([7, 2.5, True, None, ["Yes"], {"a": "b"}]))
def test_a_value_of_the_wrong_type_is_refused_at_its_path(pair: tuple[str, str], value: object) -> None:
    name, key = pair
    if key.endswith("URLLoadContent") and value is True:
        return
    assert key in paths(refused(name, upstream.message(name) | {key: value}))


ENUMERATED = [
    "Type",
    "NRMOrDuty",
    "Country",
    "CountryLabel",
    "Case.Jurisdiction",
    "AdultOrChild",
    "AdultOrChildDuringExploitation",
    "WillingToCooperate",
    "Customer.Custom17",
    "Customer.Custom9",
    "Customer.Custom13",
    "ExploitationLocationPresented",
    "PVExploitersLastContact",
    "OtherVictims",
    "FirstChanceToReport",
    "PVCurrentCityTown",
    "PVCurrentCounty",
    "City1",
    "City2",
    "Country1",
    "Customer.Nationality",
    "HowToNotify",
    "Customer.ContactMethod",
    "Agent.Organisation",
    "ComponentForcedToWorkForNothing",
]


@given(key=st.sampled_from(ENUMERATED), value=st.text(min_size=1).filter(str.strip))
def test_a_value_no_list_knows_is_refused_at_its_path(key: str, value: str) -> None:
    said = upstream.message("adult_uk_and_overseas") | {key: f"x{value}x"}
    assert key in paths(refused("adult_uk_and_overseas", said))


@given(st.dictionaries(st.text().map(lambda key: f"no.{key}"), st.text(), min_size=1, max_size=5))
def test_every_unknown_key_is_named(extra: dict[str, str]) -> None:
    problems = refused("child", upstream.message("child") | extra)
    assert paths(problems) == {key[:100] for key in extra}
    assert all(problem.remedy for problem in problems)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=4))
def test_anything_but_an_object_is_refused(said: object) -> None:
    assert [problem.path for problem in refused("child", said)] == [""]


@given(st.dictionaries(st.sampled_from(upstream.KEYS), st.none() | st.integers() | st.text(), max_size=20))
def test_no_message_is_too_odd_to_answer(said: dict[str, object]) -> None:
    assert all(problem.path for problem in refused("child", said))


def test_all_problems_come_at_once() -> None:
    said = upstream.message("child") | {
        "Customer.DOB": "yesterday",
        "LAEmail": "nobody",
        "Odd": "1",
        "City1": "Atlantis",
    }
    assert paths(refused("child", said)) == {"Customer.DOB", "LAEmail", "Odd", "City1"}


def test_a_problem_never_repeats_what_was_sent() -> None:
    said = upstream.message("child") | {
        "Customer.Nationality": "Secretish",
        "LAEmail": "secretish",
        "City1": "Secretish",
    }
    assert "secretish" not in str(refused("child", said)).casefold()


def test_words_that_repeat_each_other_must_agree() -> None:
    said = upstream.message("child") | {"CountryLabel": "Wales", "NRMOrDuty": "DTN"}
    assert {(one.path, one.code) for one in refused("child", said)} == {
        ("CountryLabel", "contradiction"),
        ("NRMOrDuty", "contradiction"),
    }
