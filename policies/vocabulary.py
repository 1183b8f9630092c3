"""Every word a rule, a table row or an answer may use; a word that does not stand here is refused."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Function(StrEnum):
    """What an agency does in the National Referral Mechanism; a person acts in one at a time."""

    FIRST_RESPONDER = "first_responder"
    DECISION_MAKER = "decision_maker"
    CHILD_DECISION_PANEL = "child_decision_panel"
    CHILDRENS_SERVICES = "childrens_services"
    ADULT_SERVICES = "adult_services"
    SUPPORT_PRIME = "support_prime"
    ACCOMMODATING_PROVIDER = "accommodating_provider"
    INVESTIGATING_POLICE = "investigating_police"
    GUARDIAN = "guardian"
    HEALTH = "health"
    EDUCATION = "education"
    LEGAL_REPRESENTATIVE = "legal_representative"
    HOME_OFFICE_OPERATIONS = "home_office_operations"
    DUTY_TO_NOTIFY_RECORDING = "duty_to_notify_recording"
    OVERSIGHT = "oversight"
    INFORMATION_GOVERNANCE = "information_governance"
    PLATFORM_OPERATION = "platform_operation"
    REFERRAL_IMPORT = "referral_import"
    PLATFORM_WORKER = "platform_worker"


class AccessLevel(StrEnum):
    """What a person, or a machine, may do inside a function."""

    PRACTITIONER = "practitioner"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"
    SERVICE = "service"


class Relation(StrEnum):
    """How the actor stands to one record: the only reason to touch it."""

    UNRELATED = "unrelated"
    OPENER = "opener"
    REFERRER = "referrer"
    DECISION_MAKER = "decision_maker"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    INVESTIGATING_POLICE = "investigating_police"
    SUPPORT_INTAKE = "support_intake"
    RECORDER = "recorder"
    SUBMITTER = "submitter"
    IMPORTER = "importer"
    PANEL = "panel"
    PREVIOUS_AUTHORITY = "previous_authority"
    ADULT_SAFEGUARDING = "adult_safeguarding"
    SUPPORT_PROVIDER = "support_provider"
    OWN_HOUSE = "own_house"
    PLACEMENT_DESK = "placement_desk"
    GUARDIAN = "guardian"
    TREATING = "treating"
    SCHOOL = "school"
    REPRESENTATIVE = "representative"
    OWN_CASE = "own_case"
    ATTENDEE = "attendee"
    REQUESTED = "requested"
    RECIPIENT = "recipient"
    RELEASED_TO = "released_to"
    EMERGENCY = "emergency"
    AUTHOR = "author"
    COLLEAGUE = "colleague"


class CaseClass(StrEnum):
    """What is true of a record today; a record has a set of these, computed from dated facts."""

    ALWAYS = "always"
    CASE = "case"
    ADULT = "adult"
    CHILD = "child"
    COOPERATING = "cooperating"
    SUPPORTED = "supported"
    REFERRED = "referred"
    DECIDED = "decided"


class DataGroup(StrEnum):
    """A set of facts that is disclosed as a whole."""

    CORE = "core"
    CLOCKS = "clocks"
    IDENTITY = "identity"
    CONTACT = "contact"
    ACCOUNT = "account"
    EXPLOITERS = "exploiters"
    EVIDENCE = "evidence"
    REFERRER = "referrer"
    IMMIGRATION = "immigration"
    CRIMINAL_JUSTICE = "criminal_justice"
    HEALTH = "health"
    SUPPORT_PLAN = "support_plan"
    ACCOMMODATION = "accommodation"
    SAFE_ADDRESS = "safe_address"
    STRATEGY_MINUTES = "strategy_minutes"
    CHILD_PROTECTION = "child_protection"
    DECISIONS = "decisions"
    DECISION_REASONS = "decision_reasons"
    CREDIBILITY = "credibility"
    INFORMATION_REQUESTS = "information_requests"
    DISQUALIFICATION = "disqualification"
    PROTECTION = "protection"
    LEAVE = "leave"
    WISHES = "wishes"
    DUTY_TO_NOTIFY = "duty_to_notify"
    CAVEATED = "caveated"


class Action(StrEnum):
    """What may be done with a group, or with the record as a whole; noun dot verb for acts."""

    SEE = "see"
    SUMMARY = "summary"
    RECORD = "record"
    CASE_OPEN = "case.open"
    CASE_CLOSE = "case.close"
    CASE_ASSIGN = "case.assign"
    CASE_WAIT = "case.wait"
    CASE_LINK = "case.link"
    DRAFT_KEEP = "draft.keep"
    REFERRAL_SUBMIT = "referral.submit"
    REFERRAL_IMPORT = "referral.import"
    REFERRAL_RETURN = "referral.return"
    REFERRAL_ADD = "referral.add"
    DUTY_TO_NOTIFY_SUBMIT = "duty_to_notify.submit"
    DUTY_TO_NOTIFY_IMPORT = "duty_to_notify.import"
    DUTY_TO_NOTIFY_LINK = "duty_to_notify.link"
    MEETING_CONVENE = "meeting.convene"
    MEETING_RECORD = "meeting.record"
    MEETING_CLOSE = "meeting.close"
    INVITATION_ANSWER = "invitation.answer"
    MINUTES_SIGN = "minutes.sign"
    MINUTES_RELEASE = "minutes.release"
    ACTION_FOLLOW = "action.follow"
    LEAD_CHANGE = "lead.change"
    SHARE_GIVE = "share.give"
    SHARE_END = "share.end"
    REQUEST_ASK = "request.ask"
    REQUEST_ANSWER = "request.answer"
    DECISION_PROPOSE = "decision.propose"
    DECISION_RETURN = "decision.return"
    DECISION_ISSUE = "decision.issue"
    CASE_SUSPEND = "case.suspend"
    CASE_END = "case.end"
    CASE_TRANSFER = "case.transfer"
    RECOVERY_EXTEND = "recovery.extend"
    RECOVERY_DECIDE_FURTHER = "recovery.decide_further"
    PROGRESS_REVIEW = "progress.review"
    EXTENSION_ASK = "extension.ask"
    DECISION_REVOKE = "decision.revoke"
    AGE_DOUBT = "age.doubt"
    AGE_ASSESS = "age.assess"
    CONSENT_RECORD = "consent.record"
    DISQUALIFICATION_DECIDE = "disqualification.decide"
    RECONSIDERATION_ASK = "reconsideration.ask"
    RECONSIDERATION_ANSWER = "reconsideration.answer"
    REVIEW_RECORD = "review.record"
    PROTECTION_SHOW = "protection.show"
    WISH_RECORD = "wish.record"
    LEAVE_DECIDE = "leave.decide"
    STATUS_RECORD = "status.record"
    COOPERATION_RECORD = "cooperation.record"
    CASE_REFER_ON = "case.refer_on"
    CAVEAT_RECORD = "caveat.record"
    INVOLVE_REFERRER = "involve.referrer"
    INVOLVE_DECISION_MAKER = "involve.decision_maker"
    INVOLVE_SAFEGUARDING_LEAD = "involve.safeguarding_lead"
    INVOLVE_INVESTIGATING_POLICE = "involve.investigating_police"
    INVOLVE_SUPPORT_INTAKE = "involve.support_intake"
    INVOLVE_RECORDER = "involve.recorder"
    INVOLVE_SUBMITTER = "involve.submitter"
    INVOLVE_PREVIOUS_AUTHORITY = "involve.previous_authority"
    INVOLVE_OWN_CASE = "involve.own_case"
    ACCESS_EXPLAIN = "access.explain"
    RECORD_RESTRICT = "record.restrict"
    RESTRICTION_LIFT = "restriction.lift"
    BAR_SET = "bar.set"
    BAR_END = "bar.end"
    LEDGER_READ = "ledger.read"


class Effect(StrEnum):
    """What a rule says; one deny beats every allow."""

    ALLOW = "allow"
    DENY = "deny"


CONTENT_ACTIONS: Final = frozenset({Action.SEE, Action.SUMMARY, Action.RECORD})
"""The actions that concern one data group; every other action is an act and stands in the rules with group core."""

ACT_GROUP: Final = DataGroup.CORE
"""The group an act is decided on, because an act changes the record as a whole."""

SUMMARY_FIELDS: Final[Mapping[DataGroup, frozenset[str]]] = MappingProxyType(
    {
        DataGroup.IDENTITY: frozenset({"initials", "age_band", "gender"}),
        DataGroup.CONTACT: frozenset({"interpreter_needed", "interpreter_language", "communication_help_needed"}),
        DataGroup.ACCOUNT: frozenset({"exploitation_types", "exploitation_place", "risk_flags"}),
        DataGroup.EXPLOITERS: frozenset({"in_uk"}),
        DataGroup.REFERRER: frozenset({"has_alternative_contact"}),
        DataGroup.IMMIGRATION: frozenset({"has_home_office_reference"}),
        DataGroup.CRIMINAL_JUSTICE: frozenset({"reported_to_police"}),
        DataGroup.HEALTH: frozenset({"has_needs", "urgent"}),
        DataGroup.SUPPORT_PLAN: frozenset({"wanted"}),
        DataGroup.ACCOMMODATION: frozenset({"accommodated", "region"}),
        DataGroup.CHILD_PROTECTION: frozenset({"local_authority"}),
        DataGroup.DECISIONS: frozenset({"outcomes", "steps"}),
        DataGroup.CREDIBILITY: frozenset({"concerns"}),
        DataGroup.DISQUALIFICATION: frozenset({"steps"}),
        DataGroup.LEAVE: frozenset({"steps"}),
    }
)
"""What a summary of each group holds, and nothing else: yes or no, dates and closed lists, nothing that was typed."""
