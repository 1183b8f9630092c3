"""A Duty to Notify message without cooperation names nobody; with it, name and address are kept."""

import pytest

from services.imports.message import read
from services.referrals.answers import Account, ChildProtection, DutyToNotify, Identity
from services.referrals.choices import Gender
from services.referrals.draft import ReferralDraft
from tests.services.imports import upstream
from tests.services.imports.examining import accepted, paths, refused

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
