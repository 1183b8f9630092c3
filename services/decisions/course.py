"""Where a case stands after all that happened to it: decisions and steps, folded into one answer. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.decisions.choices import DecisionOutcome
from services.decisions.step_words import ReviewOutcome, StepKind
from services.regimes.words import DecisionKind

RG, CG = DecisionKind.REASONABLE_GROUNDS, DecisionKind.CONCLUSIVE_GROUNDS


class Position(StrEnum):
    """How far the two decisions have come."""

    NOT_REFERRED = "not_referred"
    AWAITING_REASONABLE_GROUNDS = "awaiting_reasonable_grounds"
    REASONABLE_GROUNDS_NEGATIVE = "reasonable_grounds_negative"
    AWAITING_CONCLUSIVE_GROUNDS = "awaiting_conclusive_grounds"
    CONCLUSIVE_GROUNDS_POSITIVE = "conclusive_grounds_positive"
    CONCLUSIVE_GROUNDS_NEGATIVE = "conclusive_grounds_negative"
    REVOKED = "revoked"


AWAITING = frozenset({Position.AWAITING_REASONABLE_GROUNDS, Position.AWAITING_CONCLUSIVE_GROUNDS})
NEGATIVE = frozenset({Position.REASONABLE_GROUNDS_NEGATIVE, Position.CONCLUSIVE_GROUNDS_NEGATIVE, Position.REVOKED})


@dataclass(frozen=True, slots=True)
class Issued:
    """A decision that was issued, whether it still counts or not."""

    id: UUID
    kind: DecisionKind
    outcome: DecisionOutcome
    issued_on: date


@dataclass(frozen=True, slots=True)
class Step:
    """One step, as far as its reader may see it: `content` None is a summary."""

    kind: StepKind
    happened_on: date
    content: Mapping[str, Any] | None
    by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """Everything that the next act depends on."""

    position: Position
    reasonable: Issued | None  # the decisions that count today
    conclusive: Issued | None
    revoked: Issued | None  # the decision that was taken back, while nobody has taken it up again
    revoked_on: date | None
    suspension: Step | None
    returned: Step | None  # as not valid, while it was not completed
    consent: Step | None  # what somebody who came of age said of staying
    ended: Step | None
    request: Step | None  # a reconsideration that waits for its answer
    claims: tuple[Step, ...]  # judicial reviews that are under way
    disqualification: Step | None  # the last step of it
    is_disqualified: bool  # also while it is weighed once more
    covered: Step | None  # an earlier decision covers the one that counts, and no further period was granted
    age_assessment: Step | None  # one that was started and not settled

    @property
    def counting(self) -> tuple[Issued, ...]:
        """The decisions that count today, the one that was revoked among them."""
        return tuple(each for each in (self.reasonable, self.conclusive, self.revoked) if each)

    @property
    def last(self) -> Issued | None:
        """The newest decision that counts, or the one that was revoked."""
        return self.revoked or self.conclusive or self.reasonable

    @property
    def last_said_on(self) -> date | None:
        """Since when it says what it says now: a decision that was taken back, since it was."""
        return self.revoked_on or (self.last.issued_on if self.last else None)


def course(issued: Sequence[Issued], steps: Sequence[Step], *, referred: bool = True) -> Course:
    """Fold what happened, both in order; only the order of steps among themselves matters."""
    gone = _ids(steps, StepKind.RECONSIDERATION_ACCEPTED) | _quashed(steps)
    taken_back = _ids(steps, StepKind.REVOKED)
    reasonable = _newest(issued, RG, gone)
    after = issued[issued.index(reasonable) + 1 :] if reasonable else ()
    conclusive = _newest(after, CG, gone)  # one that rested on a decision of before falls with it
    revoked = next((each for each in (reasonable, conclusive) if each and str(each.id) in taken_back), None)
    last_asked = _last(steps, {StepKind.RECONSIDERATION_ASKED, *ANSWERS})
    last_pause = _last(steps, {StepKind.SUSPENDED, StepKind.RESUMED})
    last_return = _last(steps, {StepKind.RETURNED, StepKind.COMPLETED})
    last_age = _last(steps, {StepKind.AGE_ASSESSMENT_STARTED, StepKind.AGE_SETTLED, StepKind.AGE_DOUBTED})
    return Course(
        position=_position(reasonable, conclusive, revoked) if referred else Position.NOT_REFERRED,
        reasonable=None if reasonable is revoked else reasonable,
        conclusive=None if revoked else conclusive,
        revoked=revoked,
        revoked_on=_since(_last(steps, {StepKind.REVOKED})) if revoked else None,
        suspension=_if(last_pause, StepKind.SUSPENDED),
        returned=_if(last_return, StepKind.RETURNED),
        consent=_last(steps, CONSENTING),
        ended=_last(steps, {StepKind.WITHDRAWN, StepKind.ENDED}),
        request=_request(last_asked, revoked or conclusive or reasonable),
        claims=tuple(_claims(steps)),
        disqualification=_last(steps, DISQUALIFYING),
        is_disqualified=_if(_last(steps, VERDICTS), StepKind.DISQUALIFIED) is not None,
        covered=_covered(steps, reasonable),
        age_assessment=_if(last_age, StepKind.AGE_ASSESSMENT_STARTED),
    )


ANSWERS = frozenset({StepKind.RECONSIDERATION_ACCEPTED, StepKind.RECONSIDERATION_REFUSED})
CONSENTING = frozenset({StepKind.CONSENT_AT_18_GIVEN, StepKind.CONSENT_AT_18_REFUSED})
VERDICTS = frozenset({StepKind.DISQUALIFIED, StepKind.NOT_DISQUALIFIED})
DISQUALIFYING = VERDICTS | {StepKind.DISQUALIFICATION_WEIGHED}


def _position(reasonable: Issued | None, conclusive: Issued | None, revoked: Issued | None) -> Position:
    if revoked:
        return Position.REVOKED
    if reasonable is None:
        return Position.AWAITING_REASONABLE_GROUNDS
    if reasonable.outcome is DecisionOutcome.NEGATIVE:
        return Position.REASONABLE_GROUNDS_NEGATIVE
    if conclusive is None:
        return Position.AWAITING_CONCLUSIVE_GROUNDS
    is_positive = conclusive.outcome is DecisionOutcome.POSITIVE
    return Position.CONCLUSIVE_GROUNDS_POSITIVE if is_positive else Position.CONCLUSIVE_GROUNDS_NEGATIVE


def _newest(issued: Sequence[Issued], kind: DecisionKind, without: Collection[str]) -> Issued | None:
    found = [each for each in issued if each.kind is kind and str(each.id) not in without]
    return found[-1] if found else None


def _since(step: Step | None) -> date | None:
    return step.happened_on if step else None


def _ids(steps: Sequence[Step], *kinds: StepKind) -> set[str]:
    return {str((step.content or {}).get("decision")) for step in steps if step.kind in kinds}


def _quashed(steps: Sequence[Step]) -> set[str]:
    return {
        str(step.content["decision"])
        for step in steps
        if step.kind is StepKind.REVIEW_ENDED and step.content and step.content["outcome"] == ReviewOutcome.QUASHED
    }


def _claims(steps: Sequence[Step]) -> list[Step]:
    open_claims: dict[str, Step] = {}
    for step in steps:
        if step.content and step.kind is StepKind.REVIEW_CLAIMED:
            open_claims[step.content["claim"]] = step
        elif step.content and step.kind is StepKind.REVIEW_ENDED:
            open_claims.pop(step.content["claim"], None)
    return list(open_claims.values())


def _request(last_asked: Step | None, last: Issued | None) -> Step | None:
    """A request dies with its decision: what a court quashed, or what rested on that, nobody answers for."""
    asked = _if(last_asked, StepKind.RECONSIDERATION_ASKED)
    about = (asked.content or {}).get("decision") if asked else None
    return None if about and (last is None or str(last.id) != about) else asked


def _covered(steps: Sequence[Step], reasonable: Issued | None) -> Step | None:
    """Only what was said of the decision that counts: one that is made anew begins a period, or says so once more."""
    about = [step for step in steps if reasonable and (step.content or {}).get("decision") == str(reasonable.id)]
    covered = _last(about, {StepKind.COVERED_BEFORE, StepKind.FURTHER_RECOVERY_GRANTED})
    return _if(covered, StepKind.COVERED_BEFORE)


def _last(steps: Sequence[Step], kinds: Collection[StepKind]) -> Step | None:
    return next((step for step in reversed(steps) if step.kind in kinds), None)


def _if(step: Step | None, kind: StepKind) -> Step | None:
    return step if step is not None and step.kind is kind else None
