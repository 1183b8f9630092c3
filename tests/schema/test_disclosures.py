"""Each group's type says every answer, each of its unions makes a client take the branch, and nothing lacks words."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import pytest
from graphql import GraphQLNonNull, GraphQLUnionType, is_specified_scalar_type

from policies.vocabulary import DataGroup
from schema.disclosures.contact import Contact
from schema.disclosures.criminal_justice import CriminalJustice
from schema.disclosures.identity import Identity
from schema.disclosures.referrer import Referrer
from schema.groups import EntryKind, GroupKind, ValueKind
from services.referrals import answers as form
from services.referrals.choices import Channel, Consent, Nation
from services.referrals.form import queries as rows
from services.referrals.listed import LISTED
from services.referrals.paths import CORE as OWN
from services.referrals.summaries import SUMMARIES
from services.referrals.views import ReferralFacts
from tests.schema.disclosing import CORE, SCHEMA, camel, type_name

NOT_SHOWN: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("Document", "url"): "the platform fetches the file from there; a reader gets the file from the platform",
        ("Document", "loadContent"): "an instruction of the sender to the platform",
    }
)
NOT_SENT: Mapping[tuple[str, str], str] = MappingProxyType(
    {("Evidence", "documents"): "files are sent as files; an address to fetch from is taken from a form message only"}
)
LONGEST = 15_000
SHORTER = {place: 250 for place, question in rows.questions().items() if question.kind.longest == 250}
ALSO_SHOWN: Mapping[str, set[str]] = MappingProxyType(
    {
        "identity": {"age", "ageAtExploitation"},
        "contact": {"currentTown", "currentRegion"},
        "criminal_justice": {"cooperates", "steps"},
        "immigration": {"steps"},
        "duty_to_notify": {"owed"},
        "referrer": {"organisation", "receivedAt", "channel", "formVersion", "nation", "consent", "strategyMeeting"},
    }
)
TEST_ONLY = {"Query", "Disclosures"}


def said(cls: type) -> set[str]:
    return {camel(field.name) for field in fields(cls)}


def shown(name: str) -> set[str]:
    return set(CORE.type_map[name].fields)  # type: ignore[attr-defined] # every name asked for here has fields


def our_types() -> Iterator[tuple[str, Any]]:
    for name, kind in CORE.type_map.items():
        if not name.startswith("__") and name not in TEST_ONLY and not is_specified_scalar_type(kind):
            yield name, kind


@pytest.mark.parametrize("group", form.GROUPS)
def test_every_answer_is_a_field_of_its_type_and_nothing_else_is(group: str) -> None:
    added = set() if group == "duty_to_notify" else {"additions"}  # a notification is not added to
    expected = said(form.GROUPS[group]) | ALSO_SHOWN.get(group, set()) | added | {"version"}

    assert shown(type_name(group)) == expected


@pytest.mark.parametrize("group", sorted(set(form.GROUPS)))
def test_every_answer_can_be_sent_and_nothing_else_can(group: str) -> None:
    name = type_name(group)
    left_out = {field for owner, field in NOT_SENT if owner == name}

    assert shown(f"{name}Input") == said(form.GROUPS[group]) - left_out
    assert left_out <= said(form.GROUPS[group])


def test_a_document_shows_what_it_is_and_not_where_it_is_fetched() -> None:
    assert shown("Document") == said(form.Document) - {field for _, field in NOT_SHOWN}
    assert all(field in said(form.Document) for _, field in NOT_SHOWN)


@pytest.mark.parametrize("group", SUMMARIES)
def test_every_summary_shows_exactly_what_is_kept_for_it(group: str) -> None:
    assert shown(f"{type_name(group)}Summary") == said(SUMMARIES[group]) | {"version"}


@pytest.mark.parametrize("group", form.GROUPS)
def test_a_union_holds_the_group_its_summary_and_withheld(group: str) -> None:
    union = CORE.type_map[f"{type_name(group)}Disclosure"]

    assert isinstance(union, GraphQLUnionType)
    summary = [f"{type_name(group)}Summary"] if group in SUMMARIES else []
    assert [member.name for member in union.types] == [type_name(group), *summary, "Withheld"]


@pytest.mark.parametrize("group", form.GROUPS)
def test_null_is_explained_as_what_the_reader_may_know_of(group: str) -> None:
    words = CORE.type_map[f"{type_name(group)}Disclosure"].description or ""

    assert words.endswith("Null: nothing recorded that you may know of.")


def test_the_printed_language_names_the_members_and_the_kind() -> None:
    printed = str(SCHEMA)

    assert "union IdentityDisclosure = Identity | IdentitySummary | Withheld" in printed
    assert "union EvidenceDisclosure = Evidence | Withheld" in printed
    assert "type Identity @group(name: IDENTITY)" in printed
    assert "type SupportPlanSummary @group(name: SUPPORT_PLAN)" in printed
    assert "type Document @value" in printed


def test_every_object_type_has_exactly_one_kind_and_it_is_its_own_group() -> None:
    kinds = {name: list(_kinds(name)) for name, kind in our_types() if hasattr(kind, "interfaces")}
    expected: dict[str, list[Any]] = {"Withheld": [ValueKind()], "Document": [ValueKind()]}
    expected["ReferralMeeting"] = expected["Addition"] = expected["AgencyName"] = [ValueKind()]
    expected["StatusStep"] = [EntryKind(of=DataGroup.IMMIGRATION)]
    expected["CooperationStep"] = [EntryKind(of=DataGroup.CRIMINAL_JUSTICE)]
    for group in form.GROUPS:
        expected[type_name(group)] = [GroupKind(name=DataGroup(group))]
    for group in SUMMARIES:
        expected[f"{type_name(group)}Summary"] = [GroupKind(name=DataGroup(group))]

    assert [_plain(kinds[name]) for name in sorted(kinds)] == [_plain(expected[name]) for name in sorted(expected)]
    assert sorted(kinds) == sorted(expected)


def test_every_type_field_and_value_has_a_description_that_is_a_sentence() -> None:
    exempt = {
        "DataGroup",
        "WithheldReason",
        "Date",
        "DateTime",
        "MeetingKind",
        "Profession",
        "CaseStepKind",
    }  # not of these rooms; their values' names are their words
    wordless = [path for path, words in _described() if not words or not words.strip().endswith((".", "?"))]

    assert [path for path in wordless if path.split(".")[0] not in exempt] == []


def test_a_text_states_the_limit_that_is_enforced() -> None:
    limits = {LONGEST: f"At most {LONGEST:,} characters.", 250: "At most 250 characters."}
    for group in sorted(set(form.GROUPS)):
        sendable: Any = CORE.type_map[f"{type_name(group)}Input"]
        for place in (place for place in SHORTER if place.group == group):
            words = sendable.fields[camel(place.field)].description
            assert limits[SHORTER[place]].lower() in words.lower(), place
        for name, field in sendable.fields.items():
            if name not in {camel(place.field) for place in SHORTER if place.group == group}:
                assert "250" not in field.description


@pytest.mark.parametrize("place", [place for place in LISTED if place.group not in {OWN}], ids=str)
def test_an_answer_from_a_list_names_the_list(place: Any) -> None:
    sendable: Any = CORE.type_map[f"{type_name(place.group)}Input"]

    assert f"the reference list {LISTED[place]}" in sendable.fields[camel(place.field)].description


@pytest.mark.parametrize("group", sorted(set(form.GROUPS)))
def test_no_answer_is_demanded_by_the_language_or_has_a_default(group: str) -> None:
    sendable: Any = CORE.type_map[f"{type_name(group)}Input"]

    assert [name for name, field in sendable.fields.items() if isinstance(field.type, GraphQLNonNull)] == []
    assert "= null" not in str(SCHEMA)


def test_dated_facts_stand_in_their_groups_and_are_null_when_there_are_none() -> None:
    facts = {"age": "not_sure", "age_at_exploitation": "child", "current_town": "Leeds", "cooperation": "no"}

    who = Identity.of(form.Identity(), 3, facts)
    where = Contact.of(form.Contact(), 1, facts)

    assert (who.version, who.age, who.age_at_exploitation) == (3, "not_sure", "child")
    assert (where.current_town, where.current_region) == ("Leeds", None)
    assert CriminalJustice.of(form.CriminalJustice(), 1, facts).cooperates is False
    assert CriminalJustice.of(form.CriminalJustice(), 1, {"cooperation": "yes"}).cooperates is True
    assert CriminalJustice.of(form.CriminalJustice(), 1, {}).cooperates is None
    assert Identity.of(form.Identity(), 1, {}).age is None


def test_the_referrer_shows_the_referral_once_there_is_one() -> None:
    received = datetime(2026, 5, 22, 22, 59, tzinfo=UTC)
    facts = ReferralFacts(
        organisation="Kent Police",
        received_at=received,
        channel=Channel.EMAIL,
        form_version="2025-04",
        nation=Nation.ENGLAND,
        consent=Consent.GIVEN,
    )

    one = Referrer.of(form.Referrer(role="Constable"), 1, facts)
    concern = Referrer.of(form.Referrer(role="Teacher"), 1, None)

    assert (one.organisation, one.received_at, one.channel) == ("Kent Police", received, Channel.EMAIL)
    assert (one.form_version, one.nation, one.consent, one.role) == (
        "2025-04",
        Nation.ENGLAND,
        Consent.GIVEN,
        "Constable",
    )
    assert (concern.organisation, concern.received_at, concern.consent, concern.role) == (None, None, None, "Teacher")


def _kinds(name: str) -> Iterator[Any]:
    definition = SCHEMA.get_type_by_name(name)
    for directive in getattr(definition, "directives", ()):
        if isinstance(directive, GroupKind | EntryKind | ValueKind):
            yield directive


def _plain(kinds: list[Any]) -> list[tuple[type, Any]]:
    return [(type(kind), getattr(kind, "name", None)) for kind in kinds]


def _described() -> Iterator[tuple[str, str | None]]:
    for name, kind in our_types():
        yield name, kind.description
        for part, inside in (getattr(kind, "fields", None) or getattr(kind, "values", None) or {}).items():
            yield f"{name}.{part}", inside.description
