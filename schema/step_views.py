"""From views of steps to their types: one mapping, no decisions of its own."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from policies.vocabulary import DataGroup
from schema.agency_names import named
from schema.disclosures.additions import Addition
from schema.disclosures.relied_on import EvidenceReliedOn
from schema.disclosures.steps import (
    CaseStep,
    Disqualification,
    DisqualificationParts,
    DisqualificationStep,
    DisqualificationSummary,
    PersonsStatement,
    Protection,
    ReconsiderationPack,
    StepOutline,
)
from schema.node import global_id
from services.cases.views import ProtectionView, StepView
from services.decisions.step_words import (
    EndReason,
    ExtensionBasis,
    ProgressContact,
    ReconsiderationGround,
    ReviewOutcome,
    StepKind,
    SuspensionReason,
)
from services.regimes.words import AgeClass, Asker, DisqualificationGround, StatementForm


def steps(views: Iterable[StepView]) -> list[CaseStep]:
    """Steps that their reader may read whole."""
    return [_step(view, view.content) for view in views if view.content is not None]


def additions(views: Iterable[StepView]) -> list[Addition]:
    """What a first responder added to a group."""
    return [_addition(view, view.content) for view in views if view.content is not None]


def _addition(view: StepView, said: Mapping[str, Any]) -> Addition:
    return Addition(
        added_on=view.happened_on,
        agency=named(view.agency),
        words=said["words"],
        concerns=said["concerns"],
    )


def outlines(views: Iterable[StepView]) -> list[StepOutline]:
    """What their reader may know of them in summary."""
    return [StepOutline(kind=StepKind(view.kind), happened_on=view.happened_on) for view in views]


def disqualification(views: tuple[StepView, ...], *, in_summary: bool) -> Disqualification | DisqualificationSummary:
    """A disqualification, whole or as kinds and days."""
    if in_summary:
        return DisqualificationSummary(steps=outlines(views))
    return Disqualification(steps=[_weighed(view, view.content) for view in views if view.content is not None])


def protection(view: ProtectionView) -> Protection:
    """Whether the person is protected."""
    return Protection(is_protected=view.is_protected, since=view.since, at_least_until=view.at_least_until)


def _step(view: StepView, said: Mapping[str, Any]) -> CaseStep:
    kind = StepKind(view.kind)
    return CaseStep(
        id=global_id("CaseStep", view.id),
        kind=kind,
        happened_on=view.happened_on,
        agency=named(view.agency),
        words=said["words"],
        until=as_day(said.get("until")),
        earlier_decision_on=as_day(said.get("earlier_on")),
        basis=ExtensionBasis(said["basis"]) if "basis" in said else None,
        reviewed_on=as_day(said.get("reviewed_on")),
        contacted=[ProgressContact(each) for each in said["contacted"]] if "contacted" in said else None,
        missing=said.get("missing"),
        suspension=SuspensionReason(said["reason"]) if kind is StepKind.SUSPENDED else None,
        end_reason=EndReason(said["reason"]) if kind is StepKind.ENDED else None,
        statement=_statement(said if kind is StepKind.WITHDRAWN else said.get("consent")),
        wants_support=said.get("wants_support"),
        transferred_to=said.get("to"),
        age=AgeClass(said["age"]) if "age" in said else None,
        referred_to=said.get("organisation"),
        decision_id=global_id("Decision", UUID(said["decision"])) if "decision" in said else None,
        **_asked_again(said),
    )


def _asked_again(said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of reconsiderations and reviews."""
    grounds = said.get("grounds")
    return {
        "asked_by": Asker(said["asked_by"]) if "asked_by" in said else None,
        "grounds": None if grounds is None else [ReconsiderationGround(each) for each in grounds],
        "why_late": said.get("why_late"),
        "pack": _pack(said["pack"]) if said.get("pack") else None,
        "court_reference": said.get("claim"),
        "brought_on": as_day(said.get("brought_on")),
        "review_outcome": ReviewOutcome(said["outcome"]) if "outcome" in said else None,
    }


def _pack(said: Mapping[str, Any]) -> ReconsiderationPack:
    return ReconsiderationPack(
        decision_id=global_id("Decision", UUID(said["decision"])),
        evidence=[
            EvidenceReliedOn(group=DataGroup(each["group"]), version=each["version"]) for each in said["evidence"]
        ],
    )


def _statement(said: Mapping[str, Any] | None) -> PersonsStatement | None:
    if said is None:
        return None
    return PersonsStatement(
        form=StatementForm(said["form"]),
        said_on=date.fromisoformat(said["said_on"]),
        heard_by=said["heard_by"],
        heard_by_agency=said["heard_by_agency"],
    )


def _weighed(view: StepView, said: Mapping[str, Any]) -> DisqualificationStep:
    return DisqualificationStep(
        id=global_id("DisqualificationStep", view.id),
        kind=StepKind(view.kind),
        happened_on=view.happened_on,
        agency=named(view.agency),
        ground=DisqualificationGround(said["ground"]),
        words=said["words"],
        parts=_parts(said) if "parts" in said else None,
    )


def _parts(said: Mapping[str, Any]) -> DisqualificationParts:
    parts = said["parts"]
    return DisqualificationParts(
        facts=parts.get("facts"),
        threat=parts.get("threat"),
        recovery_needs=parts.get("recoveryNeeds"),
        retrafficking_risk=parts.get("retraffickingRisk"),
        balance=parts.get("balance"),
        representations=said["representations"],
        told_on=as_day(said["told_on"]),
    )


def as_day(text: str | None) -> date | None:
    """A day as it is kept."""
    return date.fromisoformat(text) if text else None
