"""The rows of sharing are sound, and every input that says too little is refused with all its places."""

from datetime import date
from uuid import UUID

import pytest

from policies.vocabulary import DataGroup, Function
from services.regimes.words import Status
from services.sharing.decisions import Consent, LawfulWords, Share, SharedGroup
from services.sharing.rules import decision_problem
from services.sharing.words import LawfulKind, lawful_words, share_limit, word

TODAY = date(2026, 5, 20)
LAWFUL = LawfulWords("public_task", "schedule_1_safeguarding", "children_act_1989_47")
WITHOUT = Consent(asked=False, given=False, why_without="It would put her at risk.")
GROUP = SharedGroup(DataGroup.IDENTITY, live=False, necessity="Needed.", proportionality="No less.")


def share(**changes: object) -> Share:
    """A share of the identity until the end of June, or what the changes make of it."""
    said: dict[str, object] = {
        "case": "C-1", "agency": UUID(int=1), "function": Function.GUARDIAN, "person": None, "groups": (GROUP,),
        "purpose": "To guard.", "lawful": LAWFUL, "consent": WITHOUT, "risks": "Few.", "conditions": "Ask first.",
        "ends_on": date(2026, 6, 30),
    }  # fmt: skip
    return Share(**(said | changes))  # type: ignore[arg-type]  # the test says what it changes


WRONG = {
    "no groups": ({"groups": ()}, [("groups", "required")]),
    "a group twice": ({"groups": (GROUP, GROUP)}, [("groups.1.group", "twice")]),
    "no reason for a group": (
        {"groups": (SharedGroup(DataGroup.IDENTITY, False, " ", ""),)},
        [("groups.0.necessity", "length"), ("groups.0.proportionality", "length")],
    ),
    "a purpose that says nothing": ({"purpose": " "}, [("purpose", "length")]),
    "too long a text": ({"risks": "r" * 2001}, [("risks", "length")]),
    "no conditions": ({"conditions": ""}, [("conditions", "length")]),
    "yesterday": ({"ends_on": date(2026, 5, 19)}, [("endsOn", "out_of_range")]),
    "more than a year": ({"ends_on": date(2027, 5, 21)}, [("endsOn", "out_of_range")]),
    "a word that there is not": (
        {"lawful": LawfulWords("whim", "schedule_1_safeguarding", "public_task")},
        [("lawful.article6", "unknown_word"), ("lawful.power", "unknown_word")],
    ),
    "consent that nobody asked for": (
        {"consent": Consent(asked=False, given=True, why_without=None)},
        [("consent.given", "not_asked")],
    ),
    "no consent and no reason": (
        {"consent": Consent(asked=True, given=False, why_without=None)},
        [("consent.whyWithout", "required")],
    ),
    "consent as the basis without consent": (
        {"lawful": LawfulWords("consent", "no_special_category", "the_persons_authority")},
        [("lawful.article6", "no_consent")],
    ),
    "consent and a reason without": (
        {"consent": Consent(asked=True, given=True, why_without="But.")},
        [("consent.whyWithout", "too_much")],
    ),
}


def test_a_share_that_says_everything_is_taken() -> None:
    assert decision_problem(share(), TODAY) is None
    assert decision_problem(share(ends_on=TODAY), TODAY) is None
    assert decision_problem(share(ends_on=date(2027, 5, 20)), TODAY) is None, "the last day that the row allows"
    assert decision_problem(share(consent=Consent(asked=True, given=True, why_without=None)), TODAY) is None


@pytest.mark.parametrize(("changes", "expected"), WRONG.values(), ids=WRONG)
def test_what_is_missing_is_named(changes: dict[str, object], expected: list[tuple[str, str]]) -> None:
    found = decision_problem(share(**changes), TODAY)

    assert found is not None
    assert [(problem.path, problem.code) for problem in found.problems] == expected
    assert all(problem.message and problem.remedy for problem in found.problems)


def test_every_kind_has_words_and_each_says_where_it_stands() -> None:
    assert {row.kind for row in lawful_words()} == set(LawfulKind)
    assert all(row.source and row.status in (Status.FOUND, Status.UNVERIFIED) for row in lawful_words())
    assert share_limit(TODAY).status is Status.UNVERIFIED


def test_a_word_is_in_force_from_its_own_day_on() -> None:
    assert word(LawfulKind.POWER, "modern_slavery_act_50a", date(2023, 1, 29)) is None
    assert word(LawfulKind.POWER, "modern_slavery_act_50a", date(2023, 1, 30)) is not None
    assert word(LawfulKind.ARTICLE_6, "modern_slavery_act_50a", TODAY) is None
