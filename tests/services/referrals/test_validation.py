"""A draft is checked as a whole, whichever door it came through."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.imports.message import read
from services.referrals.answers import GROUPS, Account, Answers, ChildProtection, Contact, Identity, SupportPlan
from services.referrals.choices import Age, Consent
from services.referrals.content import value_types
from services.referrals.draft import ReferralDraft
from services.referrals.listed import LISTED
from services.referrals.paths import CORE, Place, path_of
from services.referrals.screening import screened
from services.referrals.validation import check
from services.regimes.words import StatementForm
from tests.services.imports import upstream

DAY = date(2026, 5, 22)
AGREED: dict[str, Any] = {
    "consent_form": StatementForm.VERBAL,
    "consent_on": "2026-05-21",
    "consent_taken_by": "Asha Invented",
    "consent_interpreter_used": False,
}
EXPLAINED: dict[str, Any] = {"explained": True, "explained_on": "2026-05-21", "explained_how": "In her own words."}


def sound(name: str) -> ReferralDraft:
    """A form as it is typed: with what the public form's message does not carry."""
    draft = read(upstream.message(name))
    assert isinstance(draft, ReferralDraft)
    if draft.is_duty_to_notify:
        return answering(draft, "duty_to_notify", offered=True)
    if draft.acts_as_child:
        draft = answering(draft, "child_protection", receiving_input=False)
    return answering(draft, "referrer", **(EXPLAINED if draft.acts_as_child else AGREED))


def answering(draft: ReferralDraft, group: str, **changes: Any) -> ReferralDraft:
    held = draft.answers.get(group, GROUPS[group]())
    return replace(draft, answers={**draft.answers, group: replace(held, **changes)})


def found(draft: ReferralDraft) -> set[tuple[str, str]]:
    return {(problem.path, problem.code) for problem in check(draft, DAY)}


def test_paths_are_written_as_doors_write_fields() -> None:
    assert path_of(Place("criminal_justice", "police_force")) == "criminalJustice.policeForce"
    assert path_of(Place(CORE, "current_town")) == "currentTown"
    assert path_of(Place("account", "uk_towns"), 1) == "account.ukTowns.1"


def test_an_adult_without_consent_is_not_referred() -> None:
    draft = sound("adult_without_support")
    assert found(replace(draft, consent=Consent.REFUSED)) == {("consent", "consent_needed")}
    assert found(replace(draft, consent=Consent.NOT_ASKED)) == {("consent", "consent_needed")}


@pytest.mark.parametrize("name", ["child", "child_age_not_sure"])
def test_whoever_may_be_a_child_is_not_asked_for_consent_or_support(name: str) -> None:
    assert found(replace(sound(name), consent=Consent.GIVEN)) == {("consent", "not_for_children")}
    assert found(answering(sound(name), "support_plan", wanted=True)) == {("supportPlan.wanted", "must_be_absent")}


def test_a_duty_to_notify_is_an_adult_who_refused() -> None:
    draft = sound("duty_to_notify_with_cooperation")
    assert found(replace(draft, consent=Consent.GIVEN)) == {("consent", "contradiction")}
    assert ("age", "not_for_children") in found(replace(draft, age=Age.NOT_SURE))


def test_the_same_form_turned_into_a_child_needs_the_local_authority() -> None:
    told = answering(sound("adult_without_support"), "referrer", **dict.fromkeys(AGREED), **EXPLAINED)
    problems = found(replace(told, age=Age.NOT_SURE, consent=Consent.NOT_ASKED))
    assert {path for path, code in problems if code == "required"} == {
        "childProtection.localAuthority",
        "childProtection.contactPhone",
        "childProtection.contactEmail",
        "childProtection.receivingInput",
    }


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"date_of_birth": "1899-12-31"}, "out_of_range"),
        ({"date_of_birth": "2026-05-22"}, "out_of_range"),  # the day of receipt
        ({"date_of_birth": "2026-05-21"}, None),
        ({"date_of_birth": "2026-05"}, None),
        ({"date_of_birth": "2011-02-30"}, "wrong_shape"),
        ({"date_of_birth": "09/01/2011"}, "wrong_shape"),
        ({"date_of_birth": "2010-05"}, None),
        ({"date_of_birth": "2009"}, None),
    ],
)
def test_a_date_of_birth_may_be_partial_but_not_implausible(changes: dict[str, str], problem: str | None) -> None:
    expected = {("identity.dateOfBirth", problem)} if problem else set()
    assert found(answering(sound("child_age_not_sure"), "identity", **changes)) == expected


@pytest.mark.parametrize(
    ("birth", "is_child"),
    [("2008-05-22", False), ("2008-05-23", True), ("2008", False), ("2009", True), ("2008-02-29", False)],
)
def test_an_adult_whose_date_of_birth_says_child_is_refused(birth: str, is_child: bool) -> None:
    problems = found(answering(sound("adult_without_support"), "identity", date_of_birth=birth))
    assert (("identity.dateOfBirth", "contradiction") in problems) is is_child


@pytest.mark.parametrize(
    ("birth", "is_adult"),
    [("2008-05-22", True), ("2008-05-23", False), ("2008", False), ("2007", True), ("1980-01-01", True)],
)
def test_a_child_whose_date_of_birth_says_adult_is_refused_unless_the_age_is_what_is_doubted(
    birth: str, is_adult: bool
) -> None:
    said = answering(sound("child"), "identity", date_of_birth=birth)
    assert (("identity.dateOfBirth", "contradiction") in found(said)) is is_adult
    assert found(replace(said, age=Age.NOT_SURE)) == set()


def test_a_strategy_meeting_before_the_referral_is_kept_with_its_date_and_agreement() -> None:
    meeting: dict[str, Any] = {
        "strategy_meeting_type": "Initial strategy discussion",
        "strategy_meeting_date": "2026-05-20",
        "strategy_meeting_professions": ("social worker", "police", "health"),
        "strategy_meeting_all_agreed": True,
    }
    draft = answering(sound("child"), "child_protection", **meeting)
    assert found(draft) == set()
    assert draft.of(ChildProtection).strategy_meeting_all_agreed is True
    late = answering(draft, "child_protection", strategy_meeting_date="2026-05-23")
    assert found(late) == {("childProtection.strategyMeetingDate", "out_of_range")}


@pytest.mark.parametrize(
    ("group", "changes", "problem"),
    [
        ("account", {"treatment": "x" * 15_001}, ("account.treatment", "too_long")),
        ("account", {"treatment": "nul\x00"}, ("account.treatment", "wrong_character")),
        ("account", {"treatment": "half \ud800"}, ("account.treatment", "wrong_character")),
        ("account", {"countries": ("United Kingdom",)}, ("account.countries.0", "not_in_list")),
        ("account", {"uk_towns": ("Leeds", "leeds")}, ("account.ukTowns.1", "not_in_list")),
        ("contact", {"email": "nobody"}, ("contact.email", "wrong_shape")),
        ("contact", {"phone": "none"}, ("contact.phone", "wrong_shape")),
        ("contact", {"safe_to_email": False}, ("contact.safeToEmail", "not_safe")),
        ("identity", {"number_of_children": 100}, ("identity.numberOfChildren", "out_of_range")),
        ("child_protection", {"local_authority": "Narnia"}, ("childProtection.localAuthority", "not_in_list")),
    ],
)
def test_one_odd_answer_is_one_problem(group: str, changes: dict[str, Any], problem: tuple[str, str]) -> None:
    assert found(answering(sound("adult_without_support"), group, **changes)) == {problem}


def test_the_longest_texts_fit_exactly() -> None:
    draft = answering(sound("adult_reached_through_a_friend"), "account", treatment="x" * 15_000)
    assert found(answering(draft, "contact", alternative_phone_relationship="y" * 250)) == set()
    assert found(answering(draft, "contact", alternative_phone_relationship="y" * 251)) == {
        ("contact.alternativePhoneRelationship", "too_long")
    }


def test_an_identifier_cannot_carry_a_message() -> None:
    assert found(replace(sound("child"), external_id="Ioana Placeholder")) == {("externalId", "wrong_shape")}


def test_support_without_any_way_to_call_asks_for_one() -> None:
    draft = answering(sound("adult_without_support"), "support_plan", wanted=True)
    assert found(draft) == {("contact.phone", "required")}
    assert found(answering(draft, "contact", no_contact_reason="No telephone")) == set()
    assert draft.of(SupportPlan).wanted is True


def test_a_town_counts_on_the_day_its_list_had_it() -> None:
    draft = replace(sound("child"), current_town="Newcastle County Down", current_region="County Down")
    assert check(draft, DAY) == []
    early = {(one.path, one.code) for one in check(draft, date(2022, 8, 2))}
    assert ("currentTown", "not_in_list") in early


@given(st.sampled_from(sorted(set(GROUPS) - {"referrer"})), st.data())
def test_screening_leaves_no_typed_text_of_an_anonymous_record(group: str, data: st.DataObject) -> None:
    cls: type[Answers] = GROUPS[group]
    typed = [name for name, kind in value_types(cls).items() if kind is str and Place(group, name) not in LISTED]
    if not typed:
        return
    name = data.draw(st.sampled_from(typed))
    kept = screened(answering(sound("duty_to_notify_without_cooperation"), group, **{name: "Ioana Placeholder"}))
    assert "Ioana" not in str(kept)


@pytest.mark.parametrize("name", [name for name in upstream.NAMES if name != "duty_to_notify_without_cooperation"])
def test_screening_changes_nothing_else(name: str) -> None:
    assert screened(sound(name)) == sound(name)


def test_an_anonymous_record_is_not_asked_for_texts_it_may_not_keep() -> None:
    kept = screened(sound("duty_to_notify_without_cooperation"))
    assert kept.of(Account).birthplace is None
    assert (kept.of(Identity), kept.of(Contact)) == (Identity(), Contact())
    assert check(kept, DAY) == []
