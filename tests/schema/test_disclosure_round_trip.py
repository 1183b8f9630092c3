"""What a client sends is what is stored and what the next reader gets: nothing lost, nothing moved."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
from graphql import GraphQLEnumType

from schema.disclosures.account import Account, AccountSummary
from schema.disclosures.child_protection import ChildProtection, ChildProtectionSummary
from schema.disclosures.contact import Contact, ContactSummary
from schema.disclosures.credibility import Credibility, CredibilitySummary
from schema.disclosures.criminal_justice import CriminalJustice, CriminalJusticeSummary
from schema.disclosures.duty_to_notify import DutyToNotify
from schema.disclosures.evidence import Evidence
from schema.disclosures.exploiters import Exploiters, ExploitersSummary
from schema.disclosures.identity import Identity, IdentitySummary
from schema.disclosures.immigration import Immigration, ImmigrationSummary
from schema.disclosures.referrer import Referrer, ReferrerSummary
from schema.disclosures.support_plan import SupportPlan, SupportPlanSummary
from schema.groups import Withheld, WithheldReason
from services.referrals import answers as form
from services.referrals.choices import Age, Consent, Gender, Nation, ReferralKind
from services.referrals.summaries import SUMMARIES, from_content
from services.referrals.summarising import summarise
from tests.schema.disclosing import CORE, Disclosures, ask, camel, filled, send, stored, type_name

WHOLE: Mapping[str, Any] = MappingProxyType(
    {
        "identity": lambda answers: Identity.of(answers, 2, {}),
        "contact": lambda answers: Contact.of(answers, 2, {}),
        "account": lambda answers: Account.of(answers, 2),
        "exploiters": lambda answers: Exploiters.of(answers, 2),
        "evidence": lambda answers: Evidence.of(answers, 2),
        "referrer": lambda answers: Referrer.of(answers, 2, None),
        "immigration": lambda answers: Immigration.of(answers, 2),
        "criminal_justice": lambda answers: CriminalJustice.of(answers, 2, {}),
        "support_plan": lambda answers: SupportPlan.of(answers, 2),
        "child_protection": lambda answers: ChildProtection.of(answers, 2),
        "credibility": lambda answers: Credibility.of(answers, 2),
    }
)
IN_SUMMARY: Mapping[str, Any] = MappingProxyType(
    {
        "identity": IdentitySummary,
        "contact": ContactSummary,
        "account": AccountSummary,
        "exploiters": ExploitersSummary,
        "referrer": ReferrerSummary,
        "immigration": ImmigrationSummary,
        "criminal_justice": CriminalJusticeSummary,
        "support_plan": SupportPlanSummary,
        "child_protection": ChildProtectionSummary,
        "credibility": CredibilitySummary,
    }
)
LEAST: Mapping[str, Any] = MappingProxyType(
    {"nation": "WALES", "age": "NOT_SURE", "organisation": "Kent Police", "consent": "NOT_ASKED"}
)

CHOICE_NAMES = {name for kind in CORE.type_map.values() if isinstance(kind, GraphQLEnumType) for name in kind.values}


@pytest.mark.parametrize("group", WHOLE)
def test_what_is_sent_is_what_is_read(group: str) -> None:
    sent = filled(CORE.type_map["ReferralInput"])

    draft = send("referral", sent)
    read = WHOLE[group](stored(draft.answers[group]))
    answer = ask(Disclosures(**{group: read}), camel(group), type_name(group))

    assert answer["version"] == 2
    assert {name: answer[name] for name in sent[camel(group)]} == sent[camel(group)]


@pytest.mark.parametrize("group", SUMMARIES)
def test_a_stored_summary_is_what_is_read(group: str) -> None:
    draft = send("referral", filled(CORE.type_map["ReferralInput"]))

    kept = json.loads(json.dumps(summarise(group, draft.answers[group], draft.age)))
    read = IN_SUMMARY[group].of(from_content(group, kept), 5)
    answer = ask(Disclosures(**{group: read}), camel(group), f"{type_name(group)}Summary")

    assert answer.pop("version") == 5
    assert {name: _stored_word(value) for name, value in answer.items() if value is not None} == {
        camel(name): value for name, value in kept.items()
    }


def test_the_referrals_own_fields_reach_the_draft() -> None:
    draft = send("referral", filled(CORE.type_map["ReferralInput"]))

    assert (draft.kind, draft.external_id, draft.form_version) == (ReferralKind.DUTY_TO_NOTIFY, "form-1", "2025-04")
    assert (draft.nation, draft.age, draft.age_at_exploitation) == (
        Nation.NORTHERN_IRELAND,
        Age.NOT_SURE,
        Age.NOT_SURE,
    )
    assert (draft.organisation, draft.consent, draft.cooperates) == ("text of organisation", Consent.REFUSED, True)
    assert (draft.current_town, draft.current_region) == ("text of currentTown", "text of currentRegion")


def test_silence_is_null_and_an_empty_group_is_not_recorded() -> None:
    draft = send(
        "referral", {**LEAST, "identity": {}, "contact": None, "account": {"family": None}, "cooperates": None}
    )

    assert dict(draft.answers) == {}
    assert (draft.cooperates, draft.current_town, draft.age_at_exploitation) == (None, None, None)


def test_no_is_an_answer_and_not_silence() -> None:
    draft = send("referral", {**LEAST, "credibility": {"concerns": False}, "identity": {"numberOfChildren": 0}})

    assert dict(draft.answers) == {
        "credibility": form.Credibility(concerns=False),
        "identity": form.Identity(number_of_children=0),
    }


def test_a_concern_needs_only_where_how_old_and_what_worries() -> None:
    concern = send("concern", {"nation": "ENGLAND", "age": "CHILD", "concern": "She comes to school hungry."})

    assert (concern.nation, concern.age, concern.local_authority) == (Nation.ENGLAND, Age.CHILD, None)
    assert dict(concern.answers) == {"account": form.Account(what_happened="She comes to school hungry.")}


def test_a_concern_keeps_everything_it_is_sent() -> None:
    concern = send("concern", filled(CORE.type_map["ConcernInput"]))

    assert sorted(concern.answers) == ["account", "child_protection", "contact", "identity"]
    assert concern.answers["account"].what_happened == "text of concern\n\ntext of whatHappened"
    assert concern.answers["child_protection"].local_authority == "text of localAuthority"
    assert (concern.local_authority, concern.current_town) == ("text of localAuthority", "text of currentTown")


def test_the_authority_that_a_concern_names_stands_in_child_protection_too() -> None:
    least = {"nation": "ENGLAND", "age": "CHILD", "concern": "A worry."}

    named = send("concern", {**least, "localAuthority": "Kent County Council"})
    nested = send("concern", {**least, "childProtection": {"localAuthority": "Kent County Council"}})

    for concern in (named, nested):
        assert concern.local_authority == "Kent County Council"
        assert concern.answers["child_protection"] == form.ChildProtection(local_authority="Kent County Council")


def test_a_document_is_shown_without_its_address() -> None:
    document = form.Document(url="https://files.example/secret", name="diary.pdf", media_type="application/pdf")
    read = Evidence.of(stored(form.Evidence(documents=(document,))), 1)

    answer = ask(Disclosures(evidence=read), "evidence", "Evidence")

    assert answer["documents"] == [{"name": "diary.pdf", "mediaType": "application/pdf"}]


def test_a_duty_to_notify_is_read_as_it_was_stored() -> None:
    read = DutyToNotify.of(stored(form.DutyToNotify(gender=Gender.OTHER, nationality="Chad")), 1, {})

    assert ask(Disclosures(duty_to_notify=read), "dutyToNotify", "DutyToNotify") == {
        "version": 1,
        "gender": "OTHER",
        "nationality": "Chad",
        "secondNationality": None,
        "whyNotReferred": None,
        "offered": None,
        "owed": None,
    }


@pytest.mark.parametrize("group", form.GROUPS)
def test_every_group_can_be_withheld(group: str) -> None:
    hidden = Withheld(group="x", reason=WithheldReason.NOT_FOR_YOUR_FUNCTION, requestable=False)  # type: ignore[arg-type] # not read

    assert ask(Disclosures(**{group: hidden}), camel(group), type_name(group)) == {}


def _stored_word(value: Any) -> Any:
    """A choice as it is stored; the language writes its name."""
    if isinstance(value, list):
        return [_stored_word(one) for one in value]
    return value.lower() if value in CHOICE_NAMES else value
