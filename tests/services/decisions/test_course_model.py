"""A model of the course of a case, typed by hand and walked at random: only the listed acts go through, each refusal
names what is missing."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.decisions.choices import DecisionOutcome
from services.decisions.course import Course, Issued, Position, Step, course
from services.decisions.course_rules import NEEDS, Act, refusal
from services.decisions.step_words import StepKind
from services.regimes.words import DecisionKind
from tests.services.decisions.listed_acts import DECIDING, IN_THE_WAY, LACKS, LISTED, NOT_HERE

RG, CG = DecisionKind.REASONABLE_GROUNDS, DecisionKind.CONCLUSIVE_GROUNDS
YES, NO = DecisionOutcome.POSITIVE, DecisionOutcome.NEGATIVE
DAY = date(2026, 5, 20)


class ACourse(RuleBasedStateMachine):
    """A case to which anything may be tried; the words beside it are this model's own."""

    def __init__(self) -> None:
        """A referral that was just received."""
        super().__init__()
        self.issued: list[Issued] = []
        self.steps: list[Step] = []
        self.at = "awaiting_reasonable_grounds"
        self.gone: set[str] = set()  # decisions that were quashed or are made anew
        self.taken_back: set[str] = set()
        self.is_suspended = self.is_ended = self.is_asked = self.is_claimed = False
        self.is_weighed = self.is_assessed = self.is_returned = False
        self.is_disqualified = self.is_consented = False
        self.covered: set[str] = set()  # decisions that an earlier one covers, while no further period is granted
        self.claimed: UUID | None = None
        self.asked = ""  # the decision of the last request
        self.counting: set[str] = set()  # as counted when one fell

    @property
    def now(self) -> Course:
        """What the program makes of it."""
        return course(self.issued, self.steps)

    @invariant()
    def it_stands_where_the_model_says(self) -> None:
        """The fold and the model agree."""
        found = self.now
        assert found.position == Position(self.at)
        assert (found.suspension is not None, found.ended is not None) == (self.is_suspended, self.is_ended)
        assert (found.returned is not None) == self.is_returned
        assert (found.request is not None, bool(found.claims)) == (self.is_asked, self.is_claimed)

    def missing(self, act: Act) -> set[str]:
        """What the model misses for it, by the code that names it; empty: it is allowed."""
        if self.is_ended and act is not Act.END_REVIEW:
            return {"CASE_ENDED"}
        free = {
            Act.RESUME: self.is_suspended,
            Act.START_AGE_ASSESSMENT: not self.is_assessed,
            Act.SETTLE_AGE: self.is_assessed,
            Act.DECIDE_DISQUALIFICATION: self.is_weighed,
            Act.ANSWER_RECONSIDERATION: self.is_asked,
            Act.END_REVIEW: self.is_claimed,
        }
        if act in free:
            return set() if free[act] else {LACKS[act]}
        true_now = {
            "SUSPENDED": self.is_suspended,
            "RETURNED": self.is_returned,
            "REQUEST_OPEN": self.is_asked,
            "REVIEW_OPEN": self.is_claimed,
            "ALREADY_WEIGHED": self.is_weighed,
            "CONSENTED": self.is_consented,
            "DISQUALIFIED": self.is_disqualified,
            "NO_FURTHER_PERIOD": not self.is_covered,
        }
        found = {code for code in IN_THE_WAY.get(act, ()) if true_now[code]}
        return found if act in LISTED[self.at] | DECIDING else found | {NOT_HERE[act]}

    @rule(act=st.sampled_from(Act), good=st.booleans())
    def try_it(self, act: Act, good: bool) -> None:
        """Any act at any time: it goes through exactly where the model allows it, or names what the model misses."""
        problem, missing = refusal(act, self.now), self.missing(act)
        assert (problem is None) == (not missing), (act, self.at, problem)
        if problem is not None:
            assert problem.code in missing, (act, self.at, problem)
            assert {problem.message[-1:], problem.remedy[-1:]} == {"."}
            return
        getattr(self, f"_{act.value}", self._nothing)(good)

    def _take(self, kind: StepKind, **content: Any) -> None:
        self.steps.append(Step(kind, DAY, content))

    def _nothing(self, good: bool) -> None:
        """Proposing, transferring and lengthening leave the state as it is."""

    def _issue(self, good: bool) -> None:
        kind = {"awaiting_reasonable_grounds": RG, "awaiting_conclusive_grounds": CG}.get(self.at)
        if kind is None:
            return
        made = Issued(UUID(int=len(self.issued) + 1), kind, YES if good else NO, DAY)
        self.issued.append(made)
        after = {RG: ("awaiting_conclusive_grounds", "reasonable_grounds_negative")}
        if kind is RG and good and len(self.issued) % 2:
            self._take(StepKind.COVERED_BEFORE, decision=str(made.id))
            self.covered.add(str(made.id))
        self.at = after.get(kind, ("conclusive_grounds_positive", "conclusive_grounds_negative"))[not good]

    @property
    def is_covered(self) -> bool:
        """Whether the first decision that counts begins no period."""
        reasonable = [each for each in self.issued if each.kind is RG and str(each.id) not in self.gone]
        return bool(reasonable) and str(reasonable[-1].id) in self.covered

    def _decide_further_recovery(self, good: bool) -> None:
        kind = StepKind.FURTHER_RECOVERY_GRANTED if good else StepKind.FURTHER_RECOVERY_REFUSED
        reasonable = self.now.reasonable
        assert reasonable is not None
        self._take(kind, decision=str(reasonable.id))
        if good:
            self.covered.discard(str(reasonable.id))

    def _return(self, good: bool) -> None:
        self._take(StepKind.RETURNED)
        self.is_returned = True

    def _add(self, good: bool) -> None:
        """Whatever is added completes a referral that was returned."""
        if self.is_returned:
            self._take(StepKind.COMPLETED)
        self.is_returned = False

    def _suspend(self, good: bool) -> None:
        self._take(StepKind.SUSPENDED)
        self.is_suspended = True

    def _resume(self, good: bool) -> None:
        self._take(StepKind.RESUMED)
        self.is_suspended = False

    def _withdraw(self, good: bool) -> None:
        self._take(StepKind.WITHDRAWN)
        self.is_ended = True

    def _end(self, good: bool) -> None:
        self._take(StepKind.ENDED)
        self.is_ended = True

    def _last(self) -> UUID:
        last = self.now.last
        assert last is not None
        return last.id

    def _revoke(self, good: bool) -> None:
        self.taken_back.add(str(self._last()))
        self._take(StepKind.REVOKED, decision=str(self._last()))
        self.at = "revoked"

    def _record_consent(self, good: bool) -> None:
        self._take(StepKind.CONSENT_AT_18_GIVEN if good else StepKind.CONSENT_AT_18_REFUSED)
        self.is_consented = good

    def _doubt_age(self, good: bool) -> None:
        self._take(StepKind.AGE_DOUBTED)
        self.is_assessed = False

    def _start_age_assessment(self, good: bool) -> None:
        self._take(StepKind.AGE_ASSESSMENT_STARTED)
        self.is_assessed = True

    def _settle_age(self, good: bool) -> None:
        self._take(StepKind.AGE_SETTLED)
        self.is_assessed = False

    def _weigh_disqualification(self, good: bool) -> None:
        self._take(StepKind.DISQUALIFICATION_WEIGHED)
        self.is_weighed = True  # whoever is disqualified stays so meanwhile

    def _decide_disqualification(self, good: bool) -> None:
        self._take(StepKind.NOT_DISQUALIFIED if good else StepKind.DISQUALIFIED)
        self.is_weighed, self.is_disqualified = False, not good

    def _ask_reconsideration(self, good: bool) -> None:
        self._take(StepKind.RECONSIDERATION_ASKED, decision=str(self._last()))
        self.is_asked, self.asked = True, str(self._last())

    def _answer_reconsideration(self, good: bool) -> None:
        decision = self.now.request and self.now.request.content and self.now.request.content["decision"]
        kind = StepKind.RECONSIDERATION_ACCEPTED if good else StepKind.RECONSIDERATION_REFUSED
        self._take(kind, decision=decision)
        self.is_asked = False
        if good:
            self.at = self._recount(str(decision))

    def _claim_review(self, good: bool) -> None:
        self.claimed = self._last()
        self._take(StepKind.REVIEW_CLAIMED, claim="CO/1", decision=str(self.claimed))
        self.is_claimed = True

    def _end_review(self, good: bool) -> None:
        outcome = "dismissed" if good else "quashed"
        self._take(StepKind.REVIEW_ENDED, claim="CO/1", decision=str(self.claimed), outcome=outcome)
        self.is_claimed = False
        if not good:
            self.at = self._recount(str(self.claimed))
            self.is_asked = self.is_asked and self.asked in self.counting  # nobody answers for what is gone

    def _recount(self, decision: str) -> str:
        """Where the case stands when this decision no longer counts; one that rested on it falls with it."""
        self.gone.add(decision)
        standing: list[Issued] = []
        for each in self.issued:
            if str(each.id) in self.gone:
                standing = [] if each.kind is RG else standing
            elif each.kind is RG:
                standing = [each]
            elif standing:
                standing.append(each)
        self.counting = {str(each.id) for each in standing}
        if any(str(each.id) in self.taken_back for each in standing):
            return "revoked"
        if not standing:
            return "awaiting_reasonable_grounds"
        if standing[-1].kind is RG:
            return "awaiting_conclusive_grounds" if standing[0].outcome is YES else "reasonable_grounds_negative"
        return "conclusive_grounds_positive" if standing[-1].outcome is YES else "conclusive_grounds_negative"


TestACourse = ACourse.TestCase
TestACourse.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)


def test_every_act_and_every_position_stands_in_the_model() -> None:
    assert set(NEEDS) == set(Act)
    assert set(LISTED) == {position.value for position in Position} - {"not_referred"}


def test_every_refusal_of_every_act_stands_in_the_model() -> None:
    """Also those that a random walk seldom meets."""
    everywhere: set[tuple[Act, str]]
    everywhere = {(act, "NOT_REFERRED") for act in Act if act not in (Act.START_AGE_ASSESSMENT, Act.SETTLE_AGE)}
    everywhere |= {(act, "CASE_ENDED") for act in Act if act is not Act.END_REVIEW}
    said = {(act, code) for table in (NOT_HERE, LACKS) for act, code in table.items()}
    said |= {(act, code) for act, codes in IN_THE_WAY.items() for code in codes}
    assert {(act, need.code) for act, needs in NEEDS.items() for need in needs} == said | everywhere


@pytest.mark.parametrize(
    "act", [act for act in Act if act is not Act.START_AGE_ASSESSMENT and act is not Act.SETTLE_AGE]
)
def test_nothing_of_it_happens_before_somebody_was_referred(act: Act) -> None:
    problem = refusal(act, course([], [], referred=False))
    assert problem is not None
    assert problem.code == "NOT_REFERRED"


def test_a_decision_that_rested_on_a_quashed_one_never_counts_again() -> None:
    first, second, anew = (Issued(UUID(int=n), kind, YES, DAY) for n, kind in ((1, RG), (2, CG), (3, RG)))
    quashed = Step(StepKind.REVIEW_ENDED, DAY, {"claim": "CO/1", "decision": str(first.id), "outcome": "quashed"})
    assert course([first, second], [quashed]).position is Position.AWAITING_REASONABLE_GROUNDS
    assert course([first, second, anew], [quashed]).position is Position.AWAITING_CONCLUSIVE_GROUNDS
