"""What each word of the vocabulary means to the people who answer for it; the guide and the schema print these."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from policies.vocabulary import AccessLevel, Action, CaseClass, DataGroup, Effect, Function, Relation

MEANINGS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = MappingProxyType(
    {
        Function: {
            Function.FIRST_RESPONDER: "A body named to refer people: police, councils, charities, Home Office units.",
            Function.DECISION_MAKER: "The competent authority that decides whether someone is a victim.",
            Function.CHILD_DECISION_PANEL: "Council, police and health who decide children's referrals of one area.",
            Function.CHILDRENS_SERVICES: "A local authority's children's services; they safeguard every child.",
            Function.ADULT_SERVICES: "A local authority's adult social care or housing.",
            Function.SUPPORT_PRIME: "The prime contractor for adult victims' support; takes adults into support.",
            Function.ACCOMMODATING_PROVIDER: "A provider that houses or visits a supported adult.",
            Function.INVESTIGATING_POLICE: "A police force that investigates what happened to the person.",
            Function.GUARDIAN: "An Independent Child Trafficking Guardian.",
            Function.HEALTH: "A health body that treats the person or attends a strategy discussion.",
            Function.EDUCATION: "A school, college or virtual head.",
            Function.LEGAL_REPRESENTATIVE: "A lawyer with the person's authority on file.",
            Function.HOME_OFFICE_OPERATIONS: "Home Office immigration work with enforcement; walled off from support.",
            Function.DUTY_TO_NOTIFY_RECORDING: "The Home Office desk that records Duty to Notify notifications.",
            Function.OVERSIGHT: "Bodies that see figures only, such as the Independent Anti-Slavery Commissioner.",
            Function.INFORMATION_GOVERNANCE: "An agency's information-governance officers, who read the ledger.",
            Function.PLATFORM_OPERATION: "The people who run the platform; they see no record.",
            Function.REFERRAL_IMPORT: "The machine that brings in the public form's messages.",
            Function.PLATFORM_WORKER: "The machine that runs clocks and sends notices; no rule opens a record to it.",
        },
        AccessLevel: {
            AccessLevel.PRACTITIONER: "Works on records.",
            AccessLevel.APPROVER: "Works on records and is the second pair of eyes; a practitioner's rights here.",
            AccessLevel.ADMINISTRATOR: "Manages an agency's people; sees no record at all.",
            AccessLevel.SERVICE: "A machine.",
        },
        Relation: {
            Relation.UNRELATED: "No record yet: only acts that begin one.",
            Relation.OPENER: "Recorded the first concern.",
            Relation.REFERRER: "Submitted the referral.",
            Relation.DECISION_MAKER: "Is the authority to which the case is allocated.",
            Relation.SAFEGUARDING_LEAD: "Are the children's services that safeguard this person.",
            Relation.INVESTIGATING_POLICE: "Is the force of the area, on a case or a Duty to Notify record.",
            Relation.SUPPORT_INTAKE: "Is the support prime that takes this adult into support.",
            Relation.RECORDER: "Is the Home Office desk that records this notification.",
            Relation.SUBMITTER: "Sent this notification.",
            Relation.IMPORTER: "Is the import, while it fills this record.",
            Relation.PANEL: "Is the panel that decides this child's referral.",
            Relation.PREVIOUS_AUTHORITY: "Was the authority before the case was allocated to another.",
            Relation.ADULT_SAFEGUARDING: "Is the council's adult social care or housing that looks after this adult.",
            Relation.SUPPORT_PROVIDER: "Supports this adult, in a house of its own or elsewhere.",
            Relation.OWN_HOUSE: "Houses this person in a place of its own.",
            Relation.GUARDIAN: "Is the child's independent guardian.",
            Relation.TREATING: "Treats the person.",
            Relation.SCHOOL: "Teaches the person.",
            Relation.REPRESENTATIVE: "Is the person's lawyer, with the person's authority on file.",
            Relation.OWN_CASE: "Has immigration work of its own on this person.",
            Relation.ATTENDEE: "Was at a strategy meeting and reads of that meeting.",
            Relation.REQUESTED: "Was asked for information about this person.",
            Relation.RECIPIENT: "Was given a share of the record by an agency that holds it.",
            Relation.RELEASED_TO: "Was given minutes by the agency they come from.",
            Relation.EMERGENCY: "Opened the record in an emergency, for a short time and before a second person.",
            Relation.COLLEAGUE: "Works for an agency that is involved, and is not assigned to the record.",
        },
        CaseClass: {
            CaseClass.ALWAYS: "True of every record.",
            CaseClass.ADULT: "The person is known to be 18 or older.",
            CaseClass.CHILD: "The person is under 18, or may be.",
            CaseClass.COOPERATING: "The person agreed to work with the authorities and to be named to them.",
            CaseClass.SUPPORTED: "An adult who wants support.",
            CaseClass.REFERRED: "A referral has been submitted.",
            CaseClass.DECIDED: "The competent authority has made its conclusive decision on the referral.",
        },
        DataGroup: {
            DataGroup.CORE: "Reference, stage, lead agency and who of one's own agency has the record.",
            DataGroup.CLOCKS: "The dates the record waits for, and for whom it waits.",
            DataGroup.IDENTITY: "Names, date of birth, gender, nationality, languages.",
            DataGroup.CONTACT: "Telephone, e-mail and address, and whether it is safe to write there.",
            DataGroup.ACCOUNT: "What happened, as the person told it.",
            DataGroup.EXPLOITERS: "Who exploited the person, and where they are.",
            DataGroup.EVIDENCE: "Files, and what they show.",
            DataGroup.REFERRER: "The first responder's officer and how to reach them.",
            DataGroup.IMMIGRATION: "Immigration status and Home Office references.",
            DataGroup.CRIMINAL_JUSTICE: "Crime references, investigations and prosecutions.",
            DataGroup.HEALTH: "Health needs and treatment.",
            DataGroup.SUPPORT_PLAN: "Needs, risks, and the support that is given.",
            DataGroup.ACCOMMODATION: "Whether the person is housed, in what kind of place and in which region.",
            DataGroup.SAFE_ADDRESS: "Where the house is; the fact that can kill.",
            DataGroup.STRATEGY_MINUTES: "What was said and agreed at strategy meetings.",
            DataGroup.CHILD_PROTECTION: "Enquiries and plans under the Children Acts.",
            DataGroup.DECISIONS: "Outcomes and their dates.",
            DataGroup.DECISION_REASONS: "Why an authority decided as it did.",
            DataGroup.CREDIBILITY: "Doubts about the account, as somebody wrote them down.",
            DataGroup.INFORMATION_REQUESTS: "What agencies asked each other about the person, and the answers.",
            DataGroup.DISQUALIFICATION: "Whether somebody asked to take the protection away, and what became of it.",
            DataGroup.LEAVE: "Permission to stay that follows from the decision.",
            DataGroup.DUTY_TO_NOTIFY: "What a Duty to Notify notification says, without identity.",
        },
        Action: {
            Action.SEE: "Read the whole group.",
            Action.SUMMARY: "Read a fixed short form of the group, never free text.",
            Action.RECORD: "Write in the group.",
            Action.CASE_OPEN: "Open a case at a first concern.",
            Action.CASE_CLOSE: "Close a case with a reason.",
            Action.CASE_ASSIGN: "Say who of one's own agency works on the record.",
            Action.REFERRAL_SUBMIT: "Submit a referral.",
            Action.REFERRAL_IMPORT: "Bring in a referral from a message.",
            Action.DUTY_TO_NOTIFY_SUBMIT: "Submit a Duty to Notify notification.",
            Action.DUTY_TO_NOTIFY_IMPORT: "Bring in a notification from a message.",
            Action.MEETING_CONVENE: "Convene a strategy meeting and run it: invite, open, move, close.",
            Action.MEETING_RECORD: "Write in the record of a strategy meeting.",
            Action.INVITATION_ANSWER: "Answer an invitation to a strategy meeting for one's own agency.",
            Action.ACTION_FOLLOW: "Say what became of an action of a strategy meeting, and who has it in hand.",
            Action.LEAD_CHANGE: "Hand the lead to another agency.",
            Action.SHARE_GIVE: "Share groups of one's own with another agency, or decide not to.",
            Action.SHARE_END: "End a share of one's own agency.",
            Action.REQUEST_ASK: "Ask another agency for information, or withdraw what one asked.",
            Action.REQUEST_ANSWER: "Answer an information request, or say why not.",
            Action.INVOLVE_REFERRER: "Make an agency the record's referrer.",
            Action.INVOLVE_DECISION_MAKER: "Bring in the competent authority.",
            Action.INVOLVE_SAFEGUARDING_LEAD: "Bring in children's services.",
            Action.INVOLVE_INVESTIGATING_POLICE: "Bring in the force of the area.",
            Action.INVOLVE_SUPPORT_INTAKE: "Bring in the support prime.",
            Action.INVOLVE_RECORDER: "Bring in the Home Office's recording desk.",
            Action.INVOLVE_SUBMITTER: "Make an agency the sender of a notification.",
            Action.ACCESS_EXPLAIN: "Ask why somebody of one's own agency could see what of a record.",
        },
        Effect: {
            Effect.ALLOW: "Yes, unless another rule denies.",
            Effect.DENY: "No, whatever else allows it.",
        },
    }
)
"""By kind first, because a function and a relation may share a name, and equal names are equal keys."""


def meaning(word: StrEnum) -> str:
    """One sentence about one word."""
    return MEANINGS[type(word)][word]


MATRIX_COLUMNS: Final[Mapping[DataGroup, str | None]] = MappingProxyType(
    {
        DataGroup.CORE: None,  # ours: what every involvement may know
        DataGroup.CLOCKS: None,  # ours: the dates of G14 that are still to come
        DataGroup.IDENTITY: "G1",
        DataGroup.CONTACT: "G2",
        DataGroup.ACCOUNT: "G3",
        DataGroup.EXPLOITERS: "G4",
        DataGroup.EVIDENCE: "G5",
        DataGroup.REFERRER: "G6",
        DataGroup.IMMIGRATION: "G7",
        DataGroup.CRIMINAL_JUSTICE: "G8",
        DataGroup.HEALTH: "G9",
        DataGroup.SUPPORT_PLAN: "G10",
        DataGroup.ACCOMMODATION: "G11",
        DataGroup.SAFE_ADDRESS: "G11",
        DataGroup.STRATEGY_MINUTES: "G12",
        DataGroup.CHILD_PROTECTION: "G13",
        DataGroup.DECISIONS: "G14",
        DataGroup.DECISION_REASONS: "G15",
        DataGroup.CREDIBILITY: "G16",
        DataGroup.INFORMATION_REQUESTS: "G17",
        DataGroup.DISQUALIFICATION: "G18",
        DataGroup.LEAVE: "G19",
        DataGroup.DUTY_TO_NOTIFY: "G20",
    }
)
"""Which column of the access matrix each group comes from; the ledger (G21) and figures (G22) are acts, not groups."""
