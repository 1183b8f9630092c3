"""A summary is a fixed list of facts: nothing that somebody typed ever stands in one."""

import json
from dataclasses import asdict, fields
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.vocabulary import DataGroup
from services.referrals import answers as form
from services.referrals.choices import Age, ExploitationPlace, ExploitationType, Gender, YesNoNotSure
from services.referrals.content import value_types
from services.referrals.languages import LANGUAGES, language
from services.referrals.summaries import SUMMARIES, RiskFlag, from_content
from services.referrals.summarising import summarise

CANARY = "zqx-canary-7f3"
CLOSED_TEXTS = {
    ("identity", "initials"),  # at most two letters
    ("contact", "interpreter_language"),  # a name of the closed list of languages
    ("child_protection", "local_authority"),  # a name of the reference list
}


def typed() -> st.SearchStrategy[str]:
    """What a person may type, always with the canary in it, sometimes beside a word of a closed list."""
    around = st.one_of(st.text(max_size=8), st.sampled_from(["Vietnamese ", "Kent County Council"]))
    return st.tuples(around, around).map(CANARY.join)


def values(kind: Any) -> st.SearchStrategy[Any]:
    if get_origin(kind) is tuple:
        return st.lists(values(get_args(kind)[0]), max_size=3).map(tuple)
    if kind is str:
        return typed()
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    if kind is form.Document:
        return st.builds(form.Document, url=typed(), name=typed(), media_type=typed())
    return {bool: st.booleans(), int: st.integers(0, 99)}[kind]


def answered(group: str) -> st.SearchStrategy[form.Answers]:
    cls = form.GROUPS[group]
    return st.builds(cls, **{name: st.none() | values(kind) for name, kind in value_types(cls).items()})


@pytest.mark.parametrize("group", form.GROUPS)
@settings(max_examples=25, deadline=None)
@given(data=st.data(), age=st.sampled_from(Age))
def test_nothing_that_was_typed_reaches_a_summary(group: str, data: st.DataObject, age: Age) -> None:
    answers = data.draw(answered(group))

    kept = json.dumps(summarise(group, answers, age))

    assert CANARY not in kept
    assert CANARY.upper() not in kept


@pytest.mark.parametrize("group", form.GROUPS)
@settings(max_examples=25, deadline=None)
@given(data=st.data(), age=st.sampled_from(Age))
def test_what_is_kept_is_read_back_as_it_was(group: str, data: st.DataObject, age: Age) -> None:
    kept = summarise(group, data.draw(answered(group)), age)

    if kept is None:
        assert group not in SUMMARIES
    else:
        read = from_content(group, json.loads(json.dumps(kept)))
        assert type(read) is SUMMARIES[group]
        assert {name: value for name, value in asdict(read).items() if value is not None} == {
            name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
        }


def test_a_text_stands_in_a_summary_only_where_its_values_are_closed() -> None:
    texts = {
        (group, field.name)
        for group, cls in SUMMARIES.items()
        for field in fields(cls)
        if _mentions_text(get_type_hints(cls)[field.name])
    }

    assert texts == CLOSED_TEXTS


def test_evidence_and_a_duty_to_notify_have_no_summary() -> None:
    assert set(form.GROUPS) - set(SUMMARIES) == {DataGroup.EVIDENCE, DataGroup.DUTY_TO_NOTIFY}
    assert summarise("evidence", form.Evidence(description="a diary"), Age.ADULT) is None
    assert summarise("duty_to_notify", form.DutyToNotify(gender=Gender.FEMALE), Age.ADULT) is None


def test_identity_is_reduced_to_initials_the_age_that_was_said_and_gender() -> None:
    answers = form.Identity(
        first_name="  élodie",
        last_name="o'Neil",
        date_of_birth="2011-03-09",
        gender=Gender.FEMALE,
        nationality="France",
    )

    assert summarise("identity", answers, Age.NOT_SURE) == {
        "initials": "ÉO",
        "age_band": "not_sure",
        "gender": "female",
    }


def test_a_person_without_a_name_has_no_initials() -> None:
    assert summarise("identity", form.Identity(first_name="—"), Age.CHILD) == {"age_band": "child"}


def test_the_account_is_reduced_to_types_place_and_risk() -> None:
    answers = form.Account(
        what_happened="They took my passport",
        exploitation_types=(ExploitationType.FORCED_WORK, ExploitationType.OTHER),
        exploitation_place=ExploitationPlace.UK_AND_OVERSEAS,
        still_in_situation=True,
        future_concerns=False,
        other_victims=YesNoNotSure.YES,
    )

    assert summarise("account", answers, Age.ADULT) == {
        "exploitation_types": ["forced_work", "other"],
        "exploitation_place": "uk_and_overseas",
        "risk_flags": [RiskFlag.STILL_IN_SITUATION, RiskFlag.OTHER_VICTIMS],
    }


def test_a_language_is_summarised_only_when_nothing_else_was_said() -> None:
    alone = form.Contact(interpreter_needed=True, interpreter_language=" kurdish  SORANI ")
    with_a_story = form.Contact(interpreter_needed=True, interpreter_language="Kurdish Sorani, ask her sister")

    assert summarise("contact", alone, Age.ADULT) == {
        "interpreter_needed": True,
        "interpreter_language": "Kurdish Sorani",
    }
    assert summarise("contact", with_a_story, Age.ADULT) == {"interpreter_needed": True}


def test_a_local_authority_is_summarised_only_when_the_list_has_it() -> None:
    listed = form.ChildProtection(local_authority="Kent County Council", contact_first_name="Ann")
    other = form.ChildProtection(local_authority="ask the aunt in Kent")

    assert summarise("child_protection", listed, Age.CHILD) == {"local_authority": "Kent County Council"}
    assert summarise("child_protection", other, Age.CHILD) == {}


def test_the_other_summaries_say_yes_no_or_nothing() -> None:
    referrer = form.Referrer(role="Constable", alternative_email="desk@police.example")
    immigration = form.Immigration(home_office_reference="A1234567")
    police = form.CriminalJustice(reported_to_police=True, crime_reference="42/1")

    assert summarise("referrer", referrer, Age.ADULT) == {"has_alternative_contact": True}
    assert summarise("immigration", immigration, Age.ADULT) == {"has_home_office_reference": True}
    assert summarise("criminal_justice", police, Age.ADULT) == {"reported_to_police": True}
    assert summarise("exploiters", form.Exploiters(who="an uncle", in_uk=False), Age.ADULT) == {"in_uk": False}
    assert summarise("support_plan", form.SupportPlan(wanted=True), Age.ADULT) == {"wanted": True}
    assert summarise("credibility", form.Credibility(concerns_details="dates differ"), Age.ADULT) == {}


def test_every_language_is_found_by_its_own_name_and_stands_once() -> None:
    assert len(set(LANGUAGES)) == len(LANGUAGES)
    assert [language(name.lower()) for name in LANGUAGES] == list(LANGUAGES)


def _mentions_text(hint: Any) -> bool:
    members = get_args(hint) if isinstance(hint, UnionType) or get_origin(hint) is tuple else (hint,)
    return any(member is str or (get_args(member) and _mentions_text(member)) for member in members)
