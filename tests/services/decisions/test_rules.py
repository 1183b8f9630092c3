"""Which decision may be made when, and what it has to say."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.vocabulary import DataGroup
from services.decisions import rules
from services.decisions.choices import DecisionOutcome, NegativeGround
from services.decisions.draft import DecisionDraft
from services.decisions.rules import Made, Standing
from services.errors import Conflict, Invalid
from services.regimes.words import DecisionKind

RG, CG = DecisionKind.REASONABLE_GROUNDS, DecisionKind.CONCLUSIVE_GROUNDS
POSITIVE, NEGATIVE = DecisionOutcome.POSITIVE, DecisionOutcome.NEGATIVE
TODAY = date(2026, 5, 22)
YES = DecisionDraft(kind=RG, outcome=POSITIVE, reasons="The account is consistent.", evidence=(DataGroup.ACCOUNT,))
NO = replace(YES, outcome=NEGATIVE, grounds=(NegativeGround.DEFINITION_NOT_MET,))
VIEWS, INTERESTS = "She wants to stay with her aunt.", "Considered with her social worker."
ADULT = Standing(acts_as_child=False, made=(), minimum_ends=None, today=TODAY)
CHILD = replace(ADULT, acts_as_child=True)


def made(kind: DecisionKind, outcome: DecisionOutcome) -> Made:
    return Made(kind, outcome, date(2026, 4, 1))


# What was decided before × what is to be decided now: the code of the refusal, or None where it may be.
TRANSITIONS = {
    ((), RG): None,
    ((), CG): "NO_POSITIVE_REASONABLE_GROUNDS",
    (((RG, POSITIVE),), RG): "ALREADY_DECIDED",
    (((RG, POSITIVE),), CG): None,
    (((RG, NEGATIVE),), RG): "ALREADY_DECIDED",
    (((RG, NEGATIVE),), CG): "NO_POSITIVE_REASONABLE_GROUNDS",
    (((RG, POSITIVE), (CG, POSITIVE)), RG): "ALREADY_DECIDED",
    (((RG, POSITIVE), (CG, POSITIVE)), CG): "ALREADY_DECIDED",
    (((RG, POSITIVE), (CG, NEGATIVE)), RG): "ALREADY_DECIDED",
    (((RG, POSITIVE), (CG, NEGATIVE)), CG): "ALREADY_DECIDED",
}


@pytest.mark.parametrize(("before", "kind"), TRANSITIONS)
def test_only_the_listed_steps_may_be_taken(
    before: tuple[tuple[DecisionKind, DecisionOutcome], ...], kind: DecisionKind
) -> None:
    case = replace(ADULT, made=tuple(made(*each) for each in before))
    expected = TRANSITIONS[before, kind]
    for outcome in DecisionOutcome:
        problem = rules.case_problem(replace(YES if outcome is POSITIVE else NO, kind=kind), case)
        assert (problem.code if isinstance(problem, Conflict) else problem) == expected


def test_the_table_of_steps_leaves_none_out() -> None:
    histories = {before for before, _ in TRANSITIONS}
    assert set(TRANSITIONS) == set(product(histories, DecisionKind))


@pytest.mark.parametrize(
    ("today", "may"),
    [(date(2020, 3, 4), False), (date(2020, 3, 5), False), (date(2020, 3, 6), True), (date(2031, 1, 1), True)],
)
def test_a_conclusive_decision_waits_for_the_end_of_the_minimum(today: date, may: bool) -> None:
    case = replace(ADULT, minimum_ends=date(2020, 3, 5), today=today)
    problem = rules.too_early(CG, case)
    assert (problem is None) is may
    if problem:
        assert problem.code == "BEFORE_THE_MINIMUM_PERIOD"
        assert "5 March 2020" in problem.message


@given(st.integers(-4000, 4000))
def test_an_overdue_target_never_blocks_the_first_decision(days: int) -> None:
    case = replace(ADULT, minimum_ends=TODAY + timedelta(days=days))
    assert rules.too_early(RG, case) is None


@pytest.mark.parametrize(
    ("draft", "problems"),
    [
        (YES, []),
        (NO, []),
        (replace(YES, reasons="  "), [("reasons", "required")]),
        (replace(YES, reasons="x" * 15_001), [("reasons", "too_long")]),
        (replace(YES, childs_views="x" * 15_001), [("childsViews", "too_long")]),
        (replace(YES, best_interests="x" * 15_001), [("bestInterests", "too_long")]),
        (replace(NO, grounds=()), [("grounds", "required")]),
        (replace(YES, grounds=(NegativeGround.CREDIBILITY,)), [("grounds", "not_here")]),
        (replace(NO, grounds=(NegativeGround.CREDIBILITY,) * 2), [("grounds", "repeated")]),
        (replace(YES, evidence=(DataGroup.ACCOUNT,) * 2), [("evidence", "repeated")]),
        (replace(YES, evidence=()), [("evidence", "required")]),
        (replace(NO, reasons="", grounds=()), [("reasons", "required"), ("grounds", "required")]),
    ],
)
def test_everything_that_is_missing_is_named_at_once(draft: DecisionDraft, problems: list[tuple[str, str]]) -> None:
    found = rules.draft_problems(draft)
    assert [(problem.path, problem.code) for problem in found] == problems
    assert all(problem.message and problem.remedy for problem in found)


@pytest.mark.parametrize("draft", [YES, NO])
def test_a_decision_on_a_child_has_the_childs_views_and_best_interests(draft: DecisionDraft) -> None:
    problem = rules.case_problem(draft, CHILD)
    assert isinstance(problem, Invalid)
    assert [(each.path, each.code) for each in problem.problems] == [
        ("childsViews", "required"),
        ("bestInterests", "required"),
    ]
    assert rules.case_problem(replace(draft, childs_views=VIEWS, best_interests=INTERESTS), CHILD) is None
    assert rules.case_problem(draft, ADULT) is None


def test_a_child_is_never_refused_for_credibility_alone() -> None:
    alone = replace(NO, grounds=(NegativeGround.CREDIBILITY,), childs_views=VIEWS, best_interests=INTERESTS)
    problem = rules.case_problem(alone, CHILD)
    assert isinstance(problem, Invalid)
    assert [(each.path, each.code) for each in problem.problems] == [("grounds", "credibility_alone")]
    assert rules.case_problem(alone, ADULT) is None
    both = replace(alone, grounds=(NegativeGround.CREDIBILITY, NegativeGround.EVIDENCE_INSUFFICIENT))
    assert rules.case_problem(both, CHILD) is None
