"""From views of decisions to their types: one mapping, no decisions of its own."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from policies.vocabulary import DataGroup
from schema import step_views
from schema.agency_names import named
from schema.disclosures.decisions import (
    Decision,
    DecisionPanel,
    DecisionProposal,
    DecisionReasons,
    Decisions,
    DecisionsSummary,
    Outcome,
    PanelSeatTaken,
    ProposalAnswer,
    ReasonedDecision,
)
from schema.disclosures.relied_on import EvidenceReliedOn
from schema.node import global_id
from services.cases.views import DecisionView, ProposalView, RecordView
from services.decisions import panels
from services.decisions.choices import DecisionOutcome, NegativeGround
from services.decisions.draft import REVOKED
from services.regimes.words import DecisionKind


def decisions(view: RecordView, issued: Iterable[DecisionView]) -> Decisions | DecisionsSummary:
    """The decisions as their reader may see them: whole, or outcomes and dates."""
    if view.decisions_in_summary:
        return DecisionsSummary(outcomes=[_outcome(each) for each in issued], steps=step_views.outlines(view.steps))
    return Decisions(
        entries=[_decision(each) for each in issued],
        proposals=[_proposal(each) for each in view.proposals],
        steps=step_views.steps(view.steps),
    )


def reasons(content: Mapping[str, Any], version: int) -> DecisionReasons:
    """Why it was decided so, once for every decision, and why it was taken back."""
    made = [key for key in content if not key.startswith(REVOKED)]
    ordered = sorted(made, key=lambda key: ([*DecisionKind].index(DecisionKind(key.partition(":")[0])), len(key), key))
    return DecisionReasons(version=version, entries=[one for key in ordered for one in _both(content, content[key])])


def _both(content: Mapping[str, Any], made: Mapping[str, Any]) -> Iterator[ReasonedDecision]:
    yield _reasoned(made, is_revocation=False)
    taken_back = content.get(f"{REVOKED}{made['decision']}")
    if taken_back:
        yield _reasoned(taken_back, is_revocation=True)


def _outcome(view: DecisionView) -> Outcome:
    return Outcome(kind=DecisionKind(view.kind), outcome=DecisionOutcome(view.outcome), issued_on=view.issued_on)


def _decision(view: DecisionView) -> Decision:
    return Decision(
        id=global_id("Decision", view.id),
        kind=DecisionKind(view.kind),
        outcome=DecisionOutcome(view.outcome),
        issued_on=view.issued_on,
        authority=named(view.authority),
    )


def _proposal(view: ProposalView) -> DecisionProposal:
    return DecisionProposal(
        id=global_id("DecisionProposal", view.id),
        kind=DecisionKind(view.kind),
        outcome=DecisionOutcome(view.outcome),
        proposed_by=view.proposer,
        proposed_at=view.proposed_at,
        answer=ProposalAnswer(view.answer) if view.answer else None,
        answered_by=view.answerer,
        answered_at=view.answered_at,
        answer_reason=view.answer_reason,
        earlier_decision_on=step_views.as_day(view.content.get("earlier_decision_on")),
        panel=_panel(view.content.get("panel")),
        **_why(view.content),
    )


def _panel(content: Mapping[str, Any] | None) -> DecisionPanel | None:
    panel = panels.read(content)
    if panel is None:
        return None
    members = [
        PanelSeatTaken(name=one.name, seat=one.seat, is_chair=one.is_chair, worked_on_case=one.worked_on_case)
        for one in panel.members
    ]
    return DecisionPanel(met_on=panel.met_on, members=members)


def _reasoned(content: Mapping[str, Any], *, is_revocation: bool) -> ReasonedDecision:
    decision = global_id("Decision", UUID(content["decision"]))
    return ReasonedDecision(decision_id=decision, is_revocation=is_revocation, test=content["test"], **_why(content))


def _why(content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "reasons": content["reasons"],
        "grounds": [NegativeGround(each) for each in content["grounds"]],
        "evidence": [
            EvidenceReliedOn(group=DataGroup(each["group"]), version=each["version"]) for each in content["evidence"]
        ],
        "childs_views": content["childs_views"],
        "best_interests": content["best_interests"],
    }
