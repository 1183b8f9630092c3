"""Proposing a decision, giving a proposal back, and issuing it; what is issued is never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from policies.vocabulary import Action, CaseClass, DataGroup
from services import gate
from services.cases import queries
from services.cases.views import ProposalView, RecordView
from services.clocks.rules import london_date
from services.decisions import issuing, leave, panels, recovering, rules, steps_store, store
from services.decisions.acting import course_of
from services.decisions.choices import DecisionOutcome
from services.decisions.course_rules import Act, refusal
from services.decisions.draft import DecisionDraft
from services.decisions.rules import LONGEST_ANSWER, Made, Standing
from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.gate import Admission
from services.once import Intent, key_problem, once
from services.regimes import queries as regimes
from services.regimes.routing import panel_kind
from services.regimes.routing_rows import PanelRow
from services.regimes.routing_words import PanelOutcome, Waits
from services.regimes.words import RECOVERING, DecisionKind
from services.tools import Reading

LOOKED_AT = frozenset({DataGroup.DECISIONS, DataGroup.CLOCKS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What somebody proposes for a case, as they read it."""

    case: str
    expected_version: int
    draft: DecisionDraft


async def propose(reading: Reading, key: str, sent: Proposal, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Put a decision before a colleague; the id of the case. One proposal at a time is open."""
    wrong = (*rules.draft_problems(sent.draft), *panels.problems(sent.draft.panel, london_date(reading.now)))
    problem = key_problem(key) or (Invalid(wrong) if wrong else None)
    if problem:
        return problem
    intent = Intent(Action.DECISION_PROPOSE, key, content, (sent.case,))
    return await once(reading, intent, lambda: _propose(reading, sent))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Which proposal of which case is answered; a reason where it is given back."""

    case: str
    proposal: UUID
    reason: str = ""


async def give_back(reading: Reading, key: str, answer: Answer, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Return a proposal with what is missing; the id of the case. The proposal stays on record as it was."""
    problem = key_problem(key) or _reason_problem(answer.reason)
    if problem:
        return problem
    intent = Intent(Action.DECISION_RETURN, key, content, (answer.case,))
    return await once(reading, intent, lambda: _give_back(reading, answer))


async def issue(reading: Reading, key: str, answer: Answer, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Issue a proposed decision today; the id of the case. Its clocks start and whoever must know is told."""
    problem = key_problem(key)
    if problem:
        return problem
    intent = Intent(Action.DECISION_ISSUE, key, content, (answer.case,))
    return await once(reading, intent, lambda: _issue(reading, answer))


async def _propose(reading: Reading, sent: Proposal) -> UUID | WorkProblem:
    case = await queries.one(reading, sent.case, LOOKED_AT)
    if case is None:
        return NotFound()
    admission = await gate.ask(reading, Action.DECISION_PROPOSE, str(case.id), {DataGroup.DECISIONS})
    if not isinstance(admission, Admission):
        return admission
    evidence = _evidence(sent.draft.evidence, await store.relied_on(reading, case.id, sent.draft.evidence))
    problem = (
        _moved(case, sent.expected_version)
        or refusal(Act.PROPOSE, course_of(case))
        or (isinstance(evidence, Invalid) and evidence)
        or rules.case_problem(sent.draft, _standing(reading, case, admission))
        or recovering.earlier_problem(sent.draft, london_date(reading.now))
        or (_open(case) and _proposed_before())
        or await _decided_before(reading, case, sent.draft.kind)
    )
    if problem:
        return problem
    draft = sent.draft
    words = {
        "reasons": draft.reasons,
        "grounds": [ground.value for ground in draft.grounds],
        "evidence": evidence,
        "childs_views": draft.childs_views,
        "best_interests": draft.best_interests,
        "earlier_decision_on": draft.earlier_decision_on and draft.earlier_decision_on.isoformat(),
        "panel": panels.kept(draft.panel),
    }
    await store.propose(reading, case.id, draft.kind.value, draft.outcome.value, words)
    return case.id


async def _give_back(reading: Reading, answer: Answer) -> UUID | WorkProblem:
    case = await queries.one(reading, answer.case, LOOKED_AT)
    if case is None:
        return NotFound()
    admission = await gate.ask(reading, Action.DECISION_RETURN, str(case.id), {DataGroup.DECISIONS})
    if not isinstance(admission, Admission):
        return admission
    done = await store.hand_back(reading, case.id, answer.proposal, answer.reason)
    return case.id if done else _answered_before()


async def _issue(reading: Reading, answer: Answer) -> UUID | WorkProblem:
    case = await queries.one(reading, answer.case, LOOKED_AT)
    if case is None:
        return NotFound()
    admission = await gate.ask(reading, Action.DECISION_ISSUE, str(case.id), issuing.WRITTEN)
    if not isinstance(admission, Admission):
        return admission
    proposal = _open(case)
    if proposal is None or proposal.id != answer.proposal:
        return _answered_before()
    standing = _standing(reading, case, admission)
    draft = rules.draft_of(proposal.kind, proposal.outcome, proposal.content)
    panel = _panel(reading, draft, standing)
    problem = (
        refusal(Act.ISSUE, course_of(case))
        or _second_look(reading, proposal)
        or rules.case_problem(draft, standing)
        or ((panel is None or panel.waits is Waits.YES) and rules.too_early(draft.kind, standing))
        or panels.missing(panel, draft.panel)
        or recovering.earlier_problem(draft, standing.today)
        or (await store.lost_a_file(reading, case.id, proposal.id) and _lost_a_file())
        or await _decided_before(reading, case, draft.kind)
    )
    if problem:
        return problem
    issued = await issuing.issue(reading, case, admission.permit, proposal, draft.earlier_decision_on)
    if issued and (draft.kind, draft.outcome) == (DecisionKind.CONCLUSIVE_GROUNDS, DecisionOutcome.POSITIVE):
        await leave.consider(reading, str(case.id))
    return issued or _answered_before()


def _standing(reading: Reading, case: RecordView, admission: Admission) -> Standing:
    stands = course_of(case)
    counting = [each for each in (stands.reasonable, stands.conclusive) if each]
    made = [Made(each.kind, each.outcome, each.issued_on) for each in counting]
    if stands.revoked:  # it says no from then on, and is made anew after a reconsideration only
        made.append(Made(stands.revoked.kind, DecisionOutcome.NEGATIVE, stands.revoked.issued_on))
    clocks = case.clocks if isinstance(case.clocks, tuple) else ()
    return Standing(
        acts_as_child=CaseClass.CHILD in admission.permit.classes,
        made=made,
        minimum_ends=next((clock.due_on for clock in clocks if clock.kind in RECOVERING), None),
        today=london_date(reading.now),
    )


def _panel(reading: Reading, draft: DecisionDraft, standing: Standing) -> PanelRow | None:
    """The panel that has to look at a decision of this agency that is issued today."""
    kind = panel_kind(reading.viewer.agency_code)
    return regimes.panel(kind, draft.kind, PanelOutcome(draft.outcome.value), standing.today)


def _evidence(groups: Sequence[DataGroup], standing: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]] | Invalid:
    """The groups relied on, each at the version and with the files that stand now."""
    wrong = [
        Problem(f"evidence.{place}", "nothing_recorded", "Nothing that you can read is recorded here.", "Leave it out.")
        for place, group in enumerate(groups)
        if group not in standing
    ]
    if wrong:
        return Invalid(tuple(wrong))
    return [{"group": group.value, **standing[group]} for group in groups]


def _open(case: RecordView) -> ProposalView | None:
    return next((each for each in case.proposals if each.answer is None), None)


def _moved(case: RecordView, expected: int) -> Conflict | None:
    if case.version == expected:
        return None
    message = f"This is at version {case.version} now, not {expected}."
    return Conflict("VERSION_MOVED", message, "Read the case again and decide once more.")


def _second_look(reading: Reading, proposal: ProposalView) -> Refused | None:
    is_own = proposal.proposed_by == reading.actor.member_id
    if is_own and proposal.outcome == DecisionOutcome.NEGATIVE:
        return Refused(None, "A negative decision needs a second look by somebody other than its proposer.")
    if is_own and proposal.content.get("earlier_decision_on"):
        return Refused(None, "That no recovery period begins needs a second look by somebody other than its proposer.")
    return None


async def _decided_before(reading: Reading, case: RecordView, kind: DecisionKind) -> Refused | None:
    """A decision that is made anew is made by somebody else than the first time, and not by their manager."""
    if await steps_store.kept_from_deciding(reading, case.id, kind):
        return Refused(None, "Neither the first decider nor their manager decides it once more.")
    return None


def _proposed_before() -> Conflict:
    return Conflict("PROPOSAL_OPEN", "A proposal for this case waits for an answer.", "Issue it or give it back first.")


def _answered_before() -> Conflict:
    return Conflict("PROPOSAL_NOT_OPEN", "This proposal does not wait for an answer.", "Read the case again.")


def _lost_a_file() -> Conflict:
    message = "A file that this proposal relies on was removed since."
    return Conflict("EVIDENCE_GONE", message, "Give it back, read the case again and propose anew.")


def _reason_problem(reason: str) -> Invalid | None:
    if not reason.strip():
        return Invalid((Problem("reason", "required", "This is required.", "Say what is missing."),))
    if len(reason) > LONGEST_ANSWER:
        return Invalid((Problem("reason", "too_long", f"At most {LONGEST_ANSWER:,} characters.", "Say it shorter."),))
    return None
