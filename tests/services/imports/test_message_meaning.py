"""What a message says is kept as it was said: unsure, unsaid, a place, a document, a nation, a day."""

from services.imports.message import examine
from services.referrals.answers import Account, Contact, Evidence, Identity
from services.referrals.choices import Age, Consent, ExploitationType, Gender, Nation, ReferralKind, YesNoNotSure
from tests.services.imports import upstream
from tests.services.imports.examining import accepted, paths, refused


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
