"""Pure rules of a decision: what it has to say, and when which of the two may be made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from policies.vocabulary import DataGroup
from services.decisions import panels
from services.decisions.choices import DecisionOutcome, NegativeGround
from services.decisions.draft import DecisionDraft
from services.errors import Conflict, Invalid, Problem
from services.regimes.words import DecisionKind

LONGEST_TEXT = 15_000
LONGEST_ANSWER = 2_000
FIRST_YES = (DecisionKind.REASONABLE_GROUNDS, DecisionOutcome.POSITIVE)


@dataclass(frozen=True, slots=True)
class Made:
    """A decision that was issued before."""

    kind: DecisionKind
    outcome: DecisionOutcome
    issued_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """What has to be known of a case before it is decided on; a person of unsure age counts as a child."""

    acts_as_child: bool
    made: Sequence[Made]
    minimum_ends: date | None  # the recovery period's first possible last day
    today: date


def draft_of(kind: str, outcome: str, content: Mapping[str, Any]) -> DecisionDraft:
    """A proposal as it was kept, read again: what is issued is checked once more against the case of that day."""
    return DecisionDraft(
        kind=DecisionKind(kind),
        outcome=DecisionOutcome(outcome),
        reasons=content["reasons"],
        grounds=tuple(NegativeGround(ground) for ground in content["grounds"]),
        evidence=tuple(DataGroup(each["group"]) for each in content["evidence"]),
        childs_views=content["childs_views"],
        best_interests=content["best_interests"],
        earlier_decision_on=_day(content.get("earlier_decision_on")),
        panel=panels.read(content.get("panel")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def draft_problems(draft: DecisionDraft) -> tuple[Problem, ...]:
    """What is missing in the words, whatever the case."""
    return tuple(_problems(draft))


def _problems(draft: DecisionDraft) -> Iterator[Problem]:
    if not draft.reasons.strip():
        yield Problem("reasons", "required", "A decision has reasons.", "Say what the decision rests on.")
    for path, text in (
        ("reasons", draft.reasons),
        ("childsViews", draft.childs_views or ""),
        ("bestInterests", draft.best_interests or ""),
    ):
        if len(text) > LONGEST_TEXT:
            yield Problem(path, "too_long", f"At most {LONGEST_TEXT:,} characters.", "Say it shorter.")
    if draft.outcome is DecisionOutcome.NEGATIVE and not draft.grounds:
        yield Problem("grounds", "required", "A negative decision names its grounds.", "Choose at least one.")
    if draft.outcome is DecisionOutcome.POSITIVE and draft.grounds:
        yield Problem("grounds", "not_here", "Only a negative decision has grounds.", "Leave them out.")
    if draft.earlier_decision_on and (draft.kind, draft.outcome) != FIRST_YES:
        message = "Only a positive reasonable grounds decision begins a recovery period."
        yield Problem("earlierDecisionOn", "not_here", message, "Leave it out.")
    for path, chosen in (("grounds", draft.grounds), ("evidence", draft.evidence)):
        if len(set(chosen)) != len(chosen):
            yield Problem(path, "repeated", "The same answer stands here twice.", "Name each one once.")
    if not draft.evidence:
        yield Problem("evidence", "required", "A decision relies on something.", "Name at least one group you read.")


def case_problem(draft: DecisionDraft, case: Standing) -> Invalid | Conflict | None:
    """Why this case cannot be decided so now; the first thing that is missing, named."""
    return _kind_problem(draft.kind, case) or child_problem(draft, acts_as_child=case.acts_as_child)


def _kind_problem(kind: DecisionKind, case: Standing) -> Conflict | None:
    reasonable, conclusive = (_made(case, each) for each in DecisionKind)
    if kind is DecisionKind.REASONABLE_GROUNDS:
        return _already(reasonable) if reasonable else None
    if conclusive:
        return _already(conclusive)
    if reasonable is None or reasonable.outcome is DecisionOutcome.NEGATIVE:
        return Conflict(
            "NO_POSITIVE_REASONABLE_GROUNDS",
            "A conclusive grounds decision follows a positive reasonable grounds decision, and there is none.",
            "Make the reasonable grounds decision first.",
        )
    return None


def too_early(kind: DecisionKind, case: Standing) -> Conflict | None:
    """A conclusive decision may be prepared, and not issued, before the recovery period's minimum is over."""
    ends = case.minimum_ends
    if kind is DecisionKind.CONCLUSIVE_GROUNDS and ends is not None and case.today <= ends:
        return Conflict(
            "BEFORE_THE_MINIMUM_PERIOD",
            f"The recovery period lasts at least until the end of {ends:%-d %B %Y}.",
            "Issue the decision after that day; the proposal keeps.",
        )
    return None


def child_problem(draft: DecisionDraft, *, acts_as_child: bool) -> Invalid | None:
    """What a decision on a child lacks; taking one back is such a decision as well."""
    if not acts_as_child:
        return None
    missing = [problem for text, problem in _childs_parts(draft) if not (text or "").strip()]
    if set(draft.grounds) == {NegativeGround.CREDIBILITY}:
        missing.append(
            Problem(
                "grounds",
                "credibility_alone",
                "A child is not refused for credibility alone.",
                "Name what else the decision rests on, or do not refuse.",
            )
        )
    return Invalid(tuple(missing)) if missing else None


def _childs_parts(draft: DecisionDraft) -> Iterator[tuple[str | None, Problem]]:
    yield (
        draft.childs_views,
        Problem(
            "childsViews",
            "required",
            "A child's views are part of the decision.",
            "Write what the child said, or why the child could not be asked.",
        ),
    )
    yield (
        draft.best_interests,
        Problem(
            "bestInterests",
            "required",
            "A child's best interests are part of the decision.",
            "Write how they were considered.",
        ),
    )


def _made(case: Standing, kind: DecisionKind) -> Made | None:
    return next((made for made in case.made if made.kind is kind), None)


def _already(made: Made) -> Conflict:
    return Conflict(
        "ALREADY_DECIDED",
        f"This decision was issued on {made.issued_on:%-d %B %Y} and is never changed.",
        "Read the case again. Another outcome takes a reconsideration.",
    )
