"""Answers survive being stored, and stored content that is not ours is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.vocabulary import DataGroup
from services.referrals.answers import GROUPS, Answers, Evidence, Identity
from services.referrals.choices import Age, Consent, Nation, ReferralKind
from services.referrals.content import from_content, to_content
from services.referrals.draft import ReferralDraft

ANSWERS: st.SearchStrategy[Answers] = st.sampled_from(list(GROUPS.values())).flatmap(st.from_type)
PLAIN = (str, bool, int)


def is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return all(is_plain(item) for item in value)
    if isinstance(value, dict):
        return all(is_plain(item) for item in value.values())
    return type(value) in PLAIN


@given(ANSWERS)
def test_what_is_stored_comes_back_the_same_and_is_plain(answers: Answers) -> None:
    content = to_content(answers)
    assert is_plain(content)
    assert from_content(type(answers), content) == answers


@pytest.mark.parametrize("cls", GROUPS.values())
def test_nothing_answered_is_nothing_stored(cls: type[Answers]) -> None:
    assert to_content(cls()) == {}


def test_every_group_of_answers_is_a_data_group() -> None:
    assert set(GROUPS) <= {group.value for group in DataGroup}


@pytest.mark.parametrize(
    ("cls", "content"),
    [
        (Identity, {"shoe_size": 9}),
        (Identity, {"first_name": 7}),
        (Identity, {"has_children": 1}),
        (Identity, {"gender": "Female"}),
        (Evidence, {"documents": "statement.pdf"}),
        (Evidence, {"documents": ["statement.pdf"]}),
    ],
)
def test_content_of_another_shape_is_refused(cls: type[Answers], content: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_content(cls, content)


def draft(**changes: Any) -> ReferralDraft:
    known: dict[str, Any] = {
        "kind": ReferralKind.NRM,
        "external_id": "1",
        "form_version": "2025-04",
        "organisation": "Kent Police",
        "nation": Nation.ENGLAND,
        "age": Age.ADULT,
        "consent": Consent.GIVEN,
    }
    return ReferralDraft(**known | changes)


def test_answers_cannot_be_filed_under_another_group() -> None:
    with pytest.raises(ValueError, match="not the answers of contact"):
        draft(answers={"contact": Identity()})


def test_a_draft_does_not_change_when_its_maker_changes_the_mapping() -> None:
    answers = {"identity": Identity(first_name="Arben")}
    made = draft(answers=answers)
    answers["identity"] = Identity(first_name="Other")
    assert made.of(Identity).first_name == "Arben"


@pytest.mark.parametrize(("age", "as_child"), [(Age.ADULT, False), (Age.CHILD, True), (Age.NOT_SURE, True)])
def test_whoever_may_be_a_child_acts_as_one(age: Age, as_child: bool) -> None:
    assert draft(age=age).acts_as_child is as_child


@pytest.mark.parametrize(("cooperates", "anonymous"), [(True, False), (False, True), (None, True)])
def test_only_a_clear_yes_lifts_anonymity(cooperates: bool | None, anonymous: bool) -> None:
    assert draft(kind=ReferralKind.DUTY_TO_NOTIFY, cooperates=cooperates).is_anonymous is anonymous
    assert draft(cooperates=cooperates).is_anonymous is False
