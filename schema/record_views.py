"""From a record's view to its type: one mapping, no decisions. What the view does not hold is null."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from policies.vocabulary import DataGroup
from schema import decision_views, groups, next_step_views, step_views
from schema.access import access, is_requestable
from schema.agency_names import named
from schema.disclosures import living
from schema.disclosures.account import Account, AccountSummary
from schema.disclosures.child_protection import ChildProtection, ChildProtectionSummary
from schema.disclosures.contact import Contact, ContactSummary
from schema.disclosures.credibility import Credibility, CredibilitySummary
from schema.disclosures.criminal_justice import CriminalJustice, CriminalJusticeSummary
from schema.disclosures.duty_to_notify import DutyToNotify
from schema.disclosures.evidence import Evidence
from schema.disclosures.exploiters import Exploiters, ExploitersSummary
from schema.disclosures.identity import Identity, IdentitySummary
from schema.disclosures.immigration import Immigration, ImmigrationSummary
from schema.disclosures.referrer import Referrer, ReferrerSummary
from schema.disclosures.support_plan import SupportPlan, SupportPlanSummary
from schema.minutes import minutes
from schema.node import global_id
from schema.records import (
    Assignment,
    Case,
    Clock,
    ClockForm,
    ClockProof,
    Clocks,
    DutyToNotifyRecord,
    SkippedDay,
)
from schema.share_views import information_requests
from schema.waiting_views import waiting_note
from services.cases.views import (
    AssignmentView,
    ClockView,
    Disclosed,
    RecordView,
    ReferralFactsView,
    Summarised,
    WaitingView,
    Withheld,
)
from services.referrals import summaries
from services.referrals.answers import GROUPS
from services.referrals.choices import Channel, Consent, Nation
from services.referrals.content import from_content
from services.referrals.views import MeetingStated, ReferralFacts

WITH_FACTS: Mapping[DataGroup, Any] = {
    DataGroup.IDENTITY: Identity,
    DataGroup.CONTACT: Contact,
    DataGroup.DUTY_TO_NOTIFY: DutyToNotify,
}
PLAIN: Mapping[DataGroup, Any] = {
    DataGroup.ACCOUNT: Account,
    DataGroup.EXPLOITERS: Exploiters,
    DataGroup.EVIDENCE: Evidence,
    DataGroup.SUPPORT_PLAN: SupportPlan,
    DataGroup.CHILD_PROTECTION: ChildProtection,
    DataGroup.CREDIBILITY: Credibility,
}
SUMMARIES: Mapping[DataGroup, Any] = {
    DataGroup.IDENTITY: IdentitySummary,
    DataGroup.CONTACT: ContactSummary,
    DataGroup.ACCOUNT: AccountSummary,
    DataGroup.EXPLOITERS: ExploitersSummary,
    DataGroup.REFERRER: ReferrerSummary,
    DataGroup.IMMIGRATION: ImmigrationSummary,
    DataGroup.CRIMINAL_JUSTICE: CriminalJusticeSummary,
    DataGroup.SUPPORT_PLAN: SupportPlanSummary,
    DataGroup.CHILD_PROTECTION: ChildProtectionSummary,
    DataGroup.CREDIBILITY: CredibilitySummary,
}
BY_THEMSELVES = (DataGroup.REFERRER, DataGroup.DECISION_REASONS)
WITH_STEPS = (DataGroup.IMMIGRATION, DataGroup.CRIMINAL_JUSTICE)
CASE_GROUPS = {group.value: group for group in (*BY_THEMSELVES, *WITH_STEPS, *WITH_FACTS, *PLAIN, *living.WHOLE)}


def case(view: RecordView) -> Case:
    """A case as its reader may see it."""
    if view.stage is None:
        raise ValueError("a case without a stage")
    return Case(
        id=global_id("Case", view.id),
        reference=view.reference,
        version=view.version,
        stage=view.stage,
        opened_at=view.opened_at,
        lead=named(view.lead),
        assignments=[_assignment(item) for item in view.assignments],
        assignment_version=view.assignment_version,
        access=access(view.access),
        clocks=_entries(view.clocks, partial(_clocks, waiting=view.waiting)),
        strategy_minutes=_entries(view.meetings, minutes),
        decisions=_entries(view.decisions, partial(decision_views.decisions, view)),
        disqualification=_entries(view.disqualification, _disqualification(view)),
        wishes=_entries(view.wishes, next_step_views.wishes),
        leave=_entries(view.leave, partial(next_step_views.leave, in_summary=view.leave_in_summary)),
        protection=_entries(view.protection, step_views.protection),
        information_requests=_entries(view.information_requests, information_requests),
        **{name: _group(view, group) for name, group in CASE_GROUPS.items() if group is not DataGroup.DUTY_TO_NOTIFY},
    )


def duty_to_notify_record(view: RecordView) -> DutyToNotifyRecord:
    """A notification as its reader may see it."""
    return DutyToNotifyRecord(
        id=global_id("DutyToNotifyRecord", view.id),
        reference=view.reference,
        version=view.version,
        opened_at=view.opened_at,
        lead=named(view.lead),
        assignments=[_assignment(item) for item in view.assignments],
        access=access(view.access),
        particulars=_group(view, DataGroup.DUTY_TO_NOTIFY),
        referrer=_group(view, DataGroup.REFERRER),
        account=_group(view, DataGroup.ACCOUNT),
        identity=_group(view, DataGroup.IDENTITY),
        contact=_group(view, DataGroup.CONTACT),
    )


def record(view: RecordView) -> Case | DutyToNotifyRecord:
    """Either kind."""
    return case(view) if view.kind == "case" else duty_to_notify_record(view)


def _group(view: RecordView, group: DataGroup) -> Any:
    match view.groups.get(group):
        case Disclosed(version=version, content=content, facts=facts):
            whole = _whole(view, group, version, content, facts)
            added = view.additions.get(group)
            return replace(whole, additions=step_views.additions(added)) if added else whole
        case Summarised(version=version, content=content) if group in living.SHORT:
            return living.shown(living.SHORT[group], content, version)
        case Summarised(version=version, content=content):
            return SUMMARIES[group].of(summaries.from_content(group.value, content), version)
        case Withheld() as hidden:
            return withheld(hidden)
        case None:
            return None


def _whole(
    view: RecordView, group: DataGroup, version: int, content: Mapping[str, Any], facts: Mapping[str, str]
) -> Any:
    if group is DataGroup.DECISION_REASONS:
        return decision_views.reasons(content, version)
    if group in living.WHOLE:
        return living.shown(living.WHOLE[group], content, version)
    answers: Any = from_content(GROUPS[group.value], content)
    if group is DataGroup.REFERRER:
        return Referrer.of(answers, version, _referral(view.referral, facts))
    if group is DataGroup.IMMIGRATION:
        return Immigration.of(answers, version, next_step_views.status(view.status))
    if group is DataGroup.CRIMINAL_JUSTICE:
        return CriminalJustice.of(answers, version, facts, next_step_views.cooperation(view.cooperation))
    if group in WITH_FACTS:
        return WITH_FACTS[group].of(answers, version, facts)
    return PLAIN[group].of(answers, version)


def withheld(hidden: Withheld) -> groups.Withheld:
    """What stands for a group that is not for this reader."""
    reason = groups.WithheldReason(hidden.reason.value)
    return groups.Withheld(group=hidden.group, reason=reason, requestable=is_requestable(reason))


def _entries(found: Any, make: Callable[[Any], Any]) -> Any:
    if isinstance(found, Withheld):
        return withheld(found)
    return None if found is None else make(found)


def _disqualification(view: RecordView) -> Callable[[tuple[Any, ...]], Any]:
    return partial(step_views.disqualification, in_summary=view.disqualification_in_summary)


def _referral(view: ReferralFactsView | None, facts: Mapping[str, str]) -> ReferralFacts | None:
    if view is None:
        return None
    return ReferralFacts(
        organisation=view.organisation_name,
        received_at=view.received_at,
        channel=Channel(view.channel),
        form_version=view.form_version,
        nation=Nation(view.nation),
        consent=Consent(facts["consent"]) if "consent" in facts else None,
        strategy_meeting=MeetingStated.of(view.strategy_meeting) if view.strategy_meeting else None,
    )


def _assignment(view: AssignmentView) -> Assignment:
    return Assignment(name=view.name, is_team=view.team_id is not None, since=view.since, reason=view.reason)


def _clocks(views: tuple[ClockView, ...], waiting: WaitingView | None) -> Clocks:
    clocks = [clock(view) for view in views]
    return Clocks(
        next=clocks[0] if clocks else None,
        all=clocks,
        waiting=waiting_note(waiting) if waiting else None,
        waiting_version=waiting.version if waiting else 0,
    )


def clock(view: ClockView) -> Clock:
    """A clock with its proof."""
    return Clock(
        kind=view.kind,
        form=ClockForm(view.form),
        waits_for=view.awaits,
        waits_for_agency=named(view.awaits_agency),
        due_on=view.due_on,
        days_left=view.days_left,
        proof=_proof(view) if view.due_on and view.proof else None,
    )


def _proof(view: ClockView) -> ClockProof:
    proof = view.proof
    return ClockProof(
        source=proof["source"],
        row=proof["row"],
        starts_on=view.starts_on,
        length=proof["length"],
        unit=proof["unit"],
        first_day=proof.get("first_day", "day_after"),  # clocks opened before it was written down
        counted=[date.fromisoformat(day) for day in proof["counted"]],
        skipped=[SkippedDay(day=date.fromisoformat(skip["day"]), reason=skip["reason"]) for skip in proof["skipped"]],
        provisional=[date.fromisoformat(day) for day in proof.get("provisional", ())],
        extended_until=[date.fromisoformat(each["until"]) for each in proof.get("extensions", ())],
    )
