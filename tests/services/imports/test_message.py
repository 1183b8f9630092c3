"""Real messages become drafts; a wrong one is refused whole, each problem at its own key."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.errors import Problem
from services.imports.message import examine, read
from services.referrals.answers import Account, ChildProtection, Contact, DutyToNotify, Evidence, Identity
from services.referrals.choices import Age, Consent, ExploitationType, Gender, Nation, ReferralKind, YesNoNotSure
from services.referrals.draft import ReferralDraft
from tests.services.imports import upstream


def accepted(name: str, **changes: Any) -> ReferralDraft:
    found = examine(upstream.message(name) | changes, upstream.received(name))
    assert isinstance(found, ReferralDraft), found
    return found


def refused(name: str, said: object) -> list[Problem]:
    found = examine(said, upstream.received(name))
    assert isinstance(found, list), "should be refused"
    return found


def paths(problems: list[Problem]) -> set[str]:
    return {problem.path for problem in problems}


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


def test_not_sure_stays_not_sure_and_acts_as_child() -> None:
    draft = accepted("child_age_not_sure")
    assert (draft.age, draft.acts_as_child, draft.consent) == (Age.NOT_SURE, True, Consent.NOT_ASKED)
    assert draft.local_authority == "Kent County Council"


def test_an_adult_who_was_a_child_then_is_referred_with_consent() -> None:
    draft = accepted("adult_who_was_a_child_then")
    assert (draft.age, draft.age_at_exploitation, draft.consent) == (Age.ADULT, Age.CHILD, Consent.GIVEN)
    assert draft.support_wanted is True


def test_nothing_said_stays_nothing() -> None:
    assert accepted("child").of(Contact).email is None
    assert accepted("child").of(Account).other_victims is YesNoNotSure.NOT_SURE
    assert accepted("child_age_not_sure").of(Account).several_situations is YesNoNotSure.NOT_SURE


def test_places_types_and_a_third_gender_are_kept_as_said() -> None:
    draft = accepted("adult_uk_and_overseas")
    account = draft.of(Account)
    assert account.uk_towns == ("Leeds", "Bradford", "Kingston upon Hull")
    assert account.countries == ("Italy",)
    assert account.exploitation_types is not None
    assert account.exploitation_types[-1] is ExploitationType.OTHER
    assert draft.of(Identity).gender is Gender.OTHER


def test_a_gap_between_towns_does_not_move_the_problem_to_another_key() -> None:
    said = upstream.message("child") | {"City1": "Leeds", "City7": "Atlantis"}
    assert paths(refused("child", said)) == {"City7"}


def test_documents_are_kept_without_the_token_that_opens_them() -> None:
    documents = accepted("adult_decision_to_someone_else").of(Evidence).documents
    assert documents is not None
    assert [document.name for document in documents] == ["statement.pdf", "payslip.jpg"]
    assert [document.url for document in documents] == [
        "https://documents.example/vault?id=0001",
        "https://documents.example/vault?id=0002",
    ]


def test_a_nation_decides_nothing_else() -> None:
    nations = {accepted(name).nation for name in upstream.NAMES}
    assert nations == set(Nation)


def test_the_first_responder_must_have_been_designated_on_the_day() -> None:
    name = "adult_from_a_former_first_responder"
    assert accepted(name).kind is ReferralKind.NRM
    late = examine(upstream.message(name), upstream.received("child"))
    assert isinstance(late, list)
    assert [(one.path, one.code) for one in late] == [("Agent.Organisation", "not_designated")]


ANONYMOUS = "duty_to_notify_without_cooperation"
IDENTIFYING = {
    "Customer.Forename1": "Ioana",
    "Customer.Surname": "Placeholder",
    "Customer.Alias": "Io",
    "Customer.DOB": "1999-01-01",
    "Customer.Email": "ioana@mail.example",
    "Customer.Phone": "07700 900123",
    "Customer.Address": "1 Example Street",
    "Customer.Postcode": "ZZ1 1ZZ",
    "Customer.Custom10": "2",
    "Customer.Custom14": "Romanian",
    "HowToNotify": "Email",
    "AltContactEmail": "friend@mail.example",
    "CIDReference": "Test reference 0001",
}


@pytest.mark.parametrize("key", [key for key in IDENTIFYING if key != "HowToNotify"])
def test_without_cooperation_what_identifies_is_refused_by_its_key(key: str) -> None:
    problems = refused(ANONYMOUS, upstream.message(ANONYMOUS) | {key: IDENTIFYING[key]})
    assert [(one.path, one.code) for one in problems] == [(key, "must_be_absent")]


def test_without_cooperation_no_typed_word_is_kept() -> None:
    typed = {key: value for key, value in upstream.message(ANONYMOUS).items() if key in {*upstream.TEXTS, "DTNReason"}}
    kept = str(accepted(ANONYMOUS, **dict.fromkeys(typed, "Ioana Placeholder")))
    assert len(typed) > 12
    assert "Ioana" not in kept


def test_without_cooperation_what_counts_is_kept() -> None:
    draft = accepted(ANONYMOUS)
    assert draft.of(DutyToNotify) == DutyToNotify(gender=Gender.FEMALE, nationality="Romanian")
    assert not {"identity", "contact"} & set(draft.answers)
    assert draft.current_town == "Wakefield"


def test_silence_about_cooperation_is_not_cooperation() -> None:
    said = upstream.message("duty_to_notify_with_cooperation") | {"WillingToCooperate": ""}
    assert {"WillingToCooperate", "Customer.Forename1", "Customer.Email"} <= paths(refused(ANONYMOUS, said))


def test_with_cooperation_name_and_address_are_kept() -> None:
    draft = accepted("duty_to_notify_with_cooperation")
    assert draft.of(Identity).first_name == "Ioana"
    assert draft.of(DutyToNotify).why_not_referred == "Afraid of what would follow."


@pytest.mark.parametrize("age", ["Child", "Unknown"])
def test_a_duty_to_notify_is_never_about_somebody_who_may_be_a_child(age: str) -> None:
    said = upstream.message(ANONYMOUS) | {"AdultOrChild": age}
    assert "AdultOrChild" in paths(refused(ANONYMOUS, said))


def test_the_decision_about_a_child_goes_to_no_person_named_on_the_form() -> None:
    assert paths(refused("child", upstream.message("child") | {"WhoToSendDecisionTo": "PV"})) == {"WhoToSendDecisionTo"}
    assert accepted("child").of(ChildProtection).contact_phone == "0113 496 0123"


def test_reading_alone_asks_no_date_and_drops_nothing() -> None:
    draft = read(upstream.message(ANONYMOUS))
    assert isinstance(draft, ReferralDraft)
    assert draft.of(Account).birthplace is not None
