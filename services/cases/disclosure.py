"""From a row and an admission to a view: what is permitted is copied, everything else is withheld or absent. Pure."""

from collections.abc import Mapping, Set
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from policies.vocabulary import DataGroup, Relation
from services.cases import lines
from services.cases.access_views import WithheldReason
from services.cases.dates import agency_name, clock, waiting
from services.cases.views import (
    AssignmentView,
    DecisionView,
    Disclosed,
    Disclosure,
    InformationRequestsView,
    ProtectionView,
    RecordView,
    Stage,
    StepView,
    Summarised,
    Withheld,
)
from services.gate import Admission
from services.requests.disclosure import request_view
from services.sharing.disclosure import share_view

ENTRY_GROUPS = frozenset(
    {
        DataGroup.CLOCKS,
        DataGroup.DECISIONS,
        DataGroup.DISQUALIFICATION,
        DataGroup.INFORMATION_REQUESTS,
        DataGroup.LEAVE,
        DataGroup.PROTECTION,
        DataGroup.STRATEGY_MINUTES,
        DataGroup.WISHES,
    }
)
BESIDE = {
    DataGroup.IMMIGRATION: "status",
    DataGroup.CRIMINAL_JUSTICE: "cooperation",
    DataGroup.REFERRER: "referral",
}
"""Groups whose content has steps beside it, or the referral."""
FACT_GROUPS = {
    "age": DataGroup.IDENTITY,
    "age_at_exploitation": DataGroup.IDENTITY,
    "current_town": DataGroup.CONTACT,
    "current_region": DataGroup.CONTACT,
    "cooperation": DataGroup.CRIMINAL_JUSTICE,
    "support_wanted": DataGroup.SUPPORT_PLAN,
    "consent": DataGroup.REFERRER,
    "duty_row": DataGroup.DUTY_TO_NOTIFY,
}


def record_view(row: RowMapping, admission: Admission, asked: frozenset[DataGroup]) -> RecordView:
    """The view of one record: only what was asked for, and of that only what the permit names."""
    groups = {group: _group(group, row, admission) for group in asked - ENTRY_GROUPS - {DataGroup.CORE}}
    return RecordView(
        id=row["id"],
        kind=row["kind"],
        reference=row["reference"],
        version=row["version"],
        stage=Stage(row["stage"]) if row["stage"] else None,
        nation=(row["facts"] or {}).get("nation"),
        opened_at=row["opened_at"],
        lead=agency_name(row["lead"]),
        assignments=tuple(_assignment(item) for item in row["assignments"]),
        assignment_version=row["assignment_version"],
        groups=groups,
        clocks=_entries(DataGroup.CLOCKS, row["clocks"], admission, asked, clock),
        decisions=_decisions(row, admission, asked),
        waiting=waiting(row["waiting"]) if row["waiting"] else None,
        information_requests=_information_requests(row, admission, asked),
        disqualification_in_summary=DataGroup.DISQUALIFICATION in admission.permit.summary,
        decisions_in_summary=DataGroup.DECISIONS in admission.permit.summary,
        steps=tuple(_step(item) for item in row["steps"] or ()),
        additions=_additions(row["additions"] or {}),
        disqualification=_entries(DataGroup.DISQUALIFICATION, row["disqualification"], admission, asked, _step),
        wishes=_entries(DataGroup.WISHES, row["wishes"], admission, asked, _step),
        leave_in_summary=DataGroup.LEAVE in admission.permit.summary,
        leave=_entries(DataGroup.LEAVE, row["leave"], admission, asked, _step),
        status=tuple(_step(item) for item in row["status"] or ()),
        cooperation=tuple(_step(item) for item in row["cooperation"] or ()),
        protection=_protection(row["protection"], admission, asked),
        meetings=_entries(DataGroup.STRATEGY_MINUTES, row["meetings"], admission, asked, lines.meeting),
        proposals=tuple(lines.proposal(item) for item in row["proposals"] or ()),
        referral=lines.referral(row["referral"]) if row["referral"] else None,
    )


def _group(group: DataGroup, row: RowMapping, admission: Admission) -> Disclosure:
    found: Mapping[str, Any] | None
    if group in admission.permit.see:
        found = (row["contents"] or {}).get(group.value)
        facts = {kind: text for kind, text in (row["facts"] or {}).items() if FACT_GROUPS.get(kind) is group}
        if found is None and not facts and not _beside(group, row):
            return None
        return Disclosed(found["version"] if found else 0, found["content"] if found else {}, facts)
    if group in admission.permit.summary:
        found = (row["summaries"] or {}).get(group.value)
        return Summarised(found["version"], found["content"]) if found else None
    return withheld(group, admission)


def _additions(found: Mapping[str, Any]) -> Mapping[DataGroup, tuple[StepView, ...]]:
    return {DataGroup(group): tuple(_step(item) for item in items) for group, items in found.items()}


def _beside(group: DataGroup, row: RowMapping) -> Any:
    """What a group has without any content of its own: the referral, steps, or what was added."""
    return (group in BESIDE and row[BESIDE[group]]) or group.value in (row["additions"] or {})


def withheld(group: DataGroup, admission: Admission) -> Withheld | None:
    """What stands for a hidden group: null where saying "withheld" would tell a fact the reader may not read."""
    if group in admission.permit.silent:
        return None
    return Withheld(group, withheld_reason(admission.permit.relations))


def withheld_reason(relations: Set[Relation]) -> WithheldReason:
    """Why, in terms of function and relation only."""
    is_colleague = Relation.COLLEAGUE in relations
    return WithheldReason.NOT_ASSIGNED_TO_YOU if is_colleague else WithheldReason.NOT_FOR_YOUR_FUNCTION


def _entries(
    group: DataGroup, found: Any, admission: Admission, asked: frozenset[DataGroup], make: Any, *beside: Any
) -> Any:
    """A list of entries; where nothing stands in it, nor `beside` it, a silent one is like one that is closed."""
    if group not in asked:
        return None
    permit = admission.permit
    is_open = group in permit.see | permit.summary | permit.items.keys()
    if is_open and (found or any(beside) or group not in permit.silent):
        return tuple(make(item) for item in found or ())
    return withheld(group, admission)


def _decisions(
    row: RowMapping, admission: Admission, asked: frozenset[DataGroup]
) -> tuple[DecisionView, ...] | Withheld | None:
    found: tuple[DecisionView, ...] | Withheld | None = _entries(
        DataGroup.DECISIONS, row["decisions"], admission, asked, _decision, row["steps"], row["proposals"]
    )
    return found


def _information_requests(
    row: RowMapping, admission: Admission, asked: frozenset[DataGroup]
) -> InformationRequestsView | Withheld | None:
    shares = _entries(DataGroup.INFORMATION_REQUESTS, row["shares"], admission, asked, share_view, row["requests"])
    if not isinstance(shares, tuple):
        hidden: Withheld | None = shares
        return hidden
    return InformationRequestsView(
        shares_given=tuple(share for share in shares if share.weighing),
        shares_received=tuple(share for share in shares if not share.weighing),
        requests=tuple(request_view(item) for item in row["requests"] or ()),
    )


def _assignment(item: Mapping[str, Any]) -> AssignmentView:
    return AssignmentView(
        member_id=UUID(item["member"]) if item["member"] else None,
        team_id=UUID(item["team"]) if item["team"] else None,
        name=item["name"],
        since=datetime.fromisoformat(item["since"]),
        reason=item["reason"],
    )


def _decision(item: Mapping[str, Any]) -> DecisionView:
    return DecisionView(
        id=UUID(item["id"]),
        kind=item["kind"],
        outcome=item["outcome"],
        issued_on=date.fromisoformat(item["issued_on"]),
        authority=agency_name(item["agency"]),
        proposal_id=UUID(item["proposal_id"]) if item["proposal_id"] else None,
    )


def _step(item: Mapping[str, Any]) -> StepView:
    return StepView(
        id=UUID(item["id"]),
        kind=item["kind"],
        happened_on=date.fromisoformat(item["happened_on"]),
        agency=agency_name(item["agency"]),
        recorded_by=UUID(item["recorded_by"]),
        content=item["content"],
    )


def _protection(
    found: Mapping[str, Any] | None, admission: Admission, asked: frozenset[DataGroup]
) -> ProtectionView | Withheld | None:
    if DataGroup.PROTECTION not in asked:
        return None
    if DataGroup.PROTECTION not in admission.permit.see:
        return withheld(DataGroup.PROTECTION, admission)
    if found is None:
        return None
    since, until = (date.fromisoformat(found[key]) if found[key] else None for key in ("since", "at_least_until"))
    return ProtectionView(found["is_protected"], since, until)
