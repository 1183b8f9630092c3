"""How a case ends: the adult withdraws, the authority closes it, or an approver takes a positive decision back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from policies.vocabulary import Action, DataGroup
from services.cases.store import writes
from services.cases.store.writes import Content
from services.cases.views import Stage
from services.decisions import consenting, issuing, rules, steps_store
from services.decisions.acting import About, Doing, Scene, do, invalid
from services.decisions.choices import DecisionOutcome, NegativeGround
from services.decisions.course import Issued
from services.decisions.course_rules import Act
from services.decisions.draft import REVOKED, DecisionDraft
from services.decisions.statements import Statement, statement_problems, unaccepted
from services.decisions.step_words import EndReason, StepKind
from services.errors import Refused, WorkProblem
from services.regimes import queries as regimes
from services.regimes.words import ClockName, DecisionKind, Matter
from services.tools import Reading

WRITTEN: Final = frozenset({DataGroup.CORE, DataGroup.CLOCKS})
WITHDRAWING = Doing(action=Action.CASE_END, act=Act.WITHDRAW, writes=WRITTEN)
ENDING = Doing(action=Action.CASE_END, act=Act.END, writes=WRITTEN)
REVOKING = Doing(action=Action.DECISION_REVOKE, act=Act.REVOKE, writes=WRITTEN | {DataGroup.DECISION_REASONS})


OTHERWISE: Final = frozenset({"reasons", "evidence"})
"""What a revocation says in its words, which are checked like those of every step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """How and when an adult withdrew."""

    about: About
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Why a case ends."""

    about: About
    reason: EndReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """Why a positive decision is taken back: what a negative one says, with a child's views and best interests."""

    about: About
    grounds: tuple[NegativeGround, ...]
    childs_views: str | None
    best_interests: str | None

    def draft(self, kind: DecisionKind) -> DecisionDraft:
        """The negative decision that it amounts to; what it is about says on which evidence."""
        return DecisionDraft(
            kind=kind,
            outcome=DecisionOutcome.NEGATIVE,
            reasons=self.about.words,
            grounds=self.grounds,
            evidence=(),
            childs_views=self.childs_views,
            best_interests=self.best_interests,
        )


async def withdraw(reading: Reading, key: str, sent: Withdrawal, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Record that an adult withdrew; the case ends with it. Nobody withdraws for a child."""
    problems = tuple(statement_problems(sent.statement, "statement"))
    return await do(reading, key, WITHDRAWING, sent.about, content, problems, lambda scene: _withdraw(scene, sent))


async def end(reading: Reading, key: str, sent: End, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """End a case for a reason other than a decision; everything recorded stays."""
    return await do(reading, key, ENDING, sent.about, content, (), lambda scene: _end(scene, sent))


async def revoke(reading: Reading, key: str, sent: Revocation, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Take back the last positive decision; its first decider and their manager do not."""
    draft = sent.draft(DecisionKind.REASONABLE_GROUNDS)  # what is said is the same for both
    problems = [one for one in rules.draft_problems(draft) if one.path not in OTHERWISE]
    return await do(reading, key, REVOKING, sent.about, content, problems, lambda scene: _revoke(scene, sent))


async def _withdraw(scene: Scene, sent: Withdrawal) -> WorkProblem | None:
    if scene.acts_as_child:
        message = "A child's referral is not withdrawn, nor that of somebody whose age is in doubt."
        return Refused(None, message)
    problem = unaccepted(Matter.WITHDRAWAL, sent.statement, scene.today, "statement")
    if problem:
        return problem
    await scene.take(StepKind.WITHDRAWN, **sent.statement.as_content(), words=sent.about.words)
    await _close(scene)
    return None


async def _end(scene: Scene, sent: End) -> WorkProblem | None:
    if sent.reason is EndReason.NO_CONSENT_AT_18 and not consenting.was_asked(scene):
        message = "A case ends so only when the person refused after turning 18, or was suspended without an answer."
        return invalid("reason", "not_asked", message, "Record the answer, or suspend the referral for it.")
    if sent.reason is EndReason.NOT_VALID and scene.course.returned is None:
        message = "A referral ends as not valid only after it was returned and not completed."
        return invalid("reason", "not_returned", message, "Return it first, with what is missing.")
    await scene.take(StepKind.ENDED, reason=sent.reason, words=sent.about.words)
    await _close(scene)
    return None


async def _close(scene: Scene) -> None:
    await writes.end_clocks(scene.reading, scene.permit, *sorted(issuing.ENDED | {ClockName.CONSENT_AT_18}))
    await scene.move_to(Stage.CLOSED)


async def _revoke(scene: Scene, sent: Revocation) -> WorkProblem | None:
    decision = scene.course.last
    if decision is None:
        return None
    if await steps_store.kept_from_deciding(scene.reading, scene.case.id, decision.kind):
        return Refused(None, "A decision is revoked by neither its first decider nor their manager.")
    problem = rules.child_problem(sent.draft(decision.kind), acts_as_child=scene.acts_as_child)
    if problem:
        return problem
    refused = decision.kind, DecisionOutcome.NEGATIVE
    begun = issuing.clocks(scene.reading, scene.case, refused, scene.today)
    after = [clock for clock in begun if clock.kind == ClockName.RECONSIDERATION]
    said = {"decision": decision.id, "words": sent.about.words}
    until = issuing.last_day(after)
    await steps_store.take(scene.reading, scene.permit, scene.action, StepKind.REVOKED, said, letter_until=until)
    await _keep_reasons(scene, sent, decision)
    await writes.end_clocks(scene.reading, scene.permit, *sorted(issuing.ENDED))
    for clock in after:
        await writes.start_clock(scene.reading, scene.permit, clock)
    await scene.move_to(Stage.DECIDED)
    return None


async def _keep_reasons(scene: Scene, sent: Revocation, decision: Issued) -> None:
    """Beside the reasons of the decision itself: for those who read why, and not for all who read what."""
    said = {
        "decision": str(decision.id),
        "test": regimes.decision_test(decision.kind, scene.today).wording,
        "reasons": sent.about.words,
        "grounds": [ground.value for ground in sent.grounds],
        "evidence": [],
        "childs_views": sent.childs_views,
        "best_interests": sent.best_interests,
    }
    key, kept = f"{REVOKED}{decision.id}", issuing.reason_keys(scene.case)
    entry = Content(DataGroup.DECISION_REASONS, {key: said}, kept=kept)
    await writes.record_groups(scene.reading, scene.permit, [entry])
