"""What a notice can say. The words are fixed: a notice carries no content of a case, only its kind and what to do."""

from enum import StrEnum
from typing import Final


class NoticeKind(StrEnum):
    """Why somebody is told."""

    CHILD_CONCERN = "child_concern"
    CHILD_REFERRAL = "child_referral"
    REFERRAL_RECEIVED = "referral_received"
    SUPPORT_WANTED = "support_wanted"
    DUTY_TO_NOTIFY_RECEIVED = "duty_to_notify_received"
    COLLEAGUE_ASSIGNED_THEMSELVES = "colleague_assigned_themselves"
    TELL_BODY_WITHOUT_ACCOUNT = "tell_body_without_account"
    MEETING_INVITATION = "meeting_invitation"
    INVITE_BODY_WITHOUT_ACCOUNT = "invite_body_without_account"
    MEETING_MOVED = "meeting_moved"
    MEETING_CANCELLED = "meeting_cancelled"
    TELL_BODY_OF_CHANGED_MEETING = "tell_body_of_changed_meeting"
    MINUTES_TO_SIGN = "minutes_to_sign"
    MINUTES_ADDED_TO = "minutes_added_to"
    MINUTES_RELEASED = "minutes_released"
    DISSENT_ESCALATED = "dissent_escalated"
    ACTION_OVERDUE = "action_overdue"
    DRAFT_EXPIRES = "draft_expires"
    FIND_POLICE_FORCE = "find_police_force"
    FIND_CHILDRENS_SERVICES = "find_childrens_services"
    FIND_SUPPORT_PRIME = "find_support_prime"
    ESTABLISH_AUTHORITY = "establish_authority"
    SHARE_RECEIVED = "share_received"
    SHARE_ENDED = "share_ended"
    INFORMATION_REQUESTED = "information_requested"
    REQUEST_ANSWERED = "request_answered"
    REQUEST_WITHDRAWN = "request_withdrawn"
    DECISION_ISSUED = "decision_issued"
    EXTENSION_ASKED = "extension_asked"
    RECOVERY_EXTENDED = "recovery_extended"
    FURTHER_RECOVERY_DECIDED = "further_recovery_decided"
    REFERRAL_RETURNED = "referral_returned"
    INFORMATION_ADDED = "information_added"
    REFERRAL_COMPLETED = "referral_completed"
    CASE_SUSPENDED = "case_suspended"
    CASE_RESUMED = "case_resumed"
    CASE_ENDED = "case_ended"
    CASE_TRANSFERRED = "case_transferred"
    DECISION_REVOKED = "decision_revoked"
    AGE_IN_DOUBT = "age_in_doubt"
    AGE_ASSESSED = "age_assessed"
    TURNS_18_SOON = "turns_18_soon"
    CONSENT_AT_18_RECORDED = "consent_at_18_recorded"
    DISQUALIFICATION_WEIGHED = "disqualification_weighed"
    DISQUALIFICATION_DECIDED = "disqualification_decided"
    RECONSIDERATION_ASKED = "reconsideration_asked"
    RECONSIDERATION_ANSWERED = "reconsideration_answered"
    REVIEW_RECORDED = "review_recorded"
    PROTECTION_SHOWN = "protection_shown"
    WHAT_NEXT_RECORDED = "what_next_recorded"
    LETTER_NOT_SENT = "letter_not_sent"
    LETTER_TO_PRINT = "letter_to_print"
    LETTER_RECEIVED = "letter_received"
    LETTER_WITHOUT_ADDRESSEE = "letter_without_addressee"
    LETTER_NOT_TRANSLATED = "letter_not_translated"
    INFECTED_FILE = "infected_file"
    HANDED_OVER = "handed_over"
    TOO_FEW_ADMINISTRATORS = "too_few_administrators"
    NOBODY_TAKES_OVER = "nobody_takes_over"
    AGENCY_FUNCTION_ENDS = "agency_function_ends"
    WORK_LEFT_BEHIND = "work_left_behind"
    REFUSED_LOOKS = "refused_looks"
    NOT_ANSWERED = "not_answered"
    NOT_ANSWERED_BY_TEAM = "not_answered_by_team"


TITLES: Final = {
    NoticeKind.CHILD_CONCERN: "A concern about a child was recorded",
    NoticeKind.CHILD_REFERRAL: "A child was referred",
    NoticeKind.REFERRAL_RECEIVED: "A referral awaits a reasonable grounds decision",
    NoticeKind.SUPPORT_WANTED: "An adult who was referred wants support",
    NoticeKind.DUTY_TO_NOTIFY_RECEIVED: "A Duty to Notify record was received",
    NoticeKind.COLLEAGUE_ASSIGNED_THEMSELVES: "A colleague took on a case",
    NoticeKind.TELL_BODY_WITHOUT_ACCOUNT: "An agency that must know is not on this platform",
    NoticeKind.MEETING_INVITATION: "Your agency is invited to a strategy meeting",
    NoticeKind.INVITE_BODY_WITHOUT_ACCOUNT: "A body that is not on this platform is invited to a strategy meeting",
    NoticeKind.MEETING_MOVED: "A strategy meeting has another time or place",
    NoticeKind.MEETING_CANCELLED: "A strategy meeting does not take place",
    NoticeKind.TELL_BODY_OF_CHANGED_MEETING: "A meeting changed for a body that is not on this platform",
    NoticeKind.MINUTES_TO_SIGN: "Minutes of a strategy meeting wait for your agency",
    NoticeKind.MINUTES_ADDED_TO: "Something was added to minutes of a strategy meeting",
    NoticeKind.MINUTES_RELEASED: "Your agency was given minutes of a strategy meeting",
    NoticeKind.DISSENT_ESCALATED: "Dissent from what a strategy meeting agreed was taken to the managers",
    NoticeKind.ACTION_OVERDUE: "An action of a strategy meeting is overdue",
    NoticeKind.DRAFT_EXPIRES: "A draft of a referral form will be deleted",
    NoticeKind.FIND_POLICE_FORCE: "No police force could be found for this case",
    NoticeKind.FIND_CHILDRENS_SERVICES: "No children's services could be found for this case",
    NoticeKind.FIND_SUPPORT_PRIME: "No support provider could be found for this case",
    NoticeKind.ESTABLISH_AUTHORITY: "It is not established which authority decides on this adult",
    NoticeKind.SHARE_RECEIVED: "Another agency shared a case with you",
    NoticeKind.SHARE_ENDED: "Another agency ended a share",
    NoticeKind.INFORMATION_REQUESTED: "Another agency asks for information",
    NoticeKind.REQUEST_ANSWERED: "An information request was answered",
    NoticeKind.REQUEST_WITHDRAWN: "An information request was withdrawn",
    NoticeKind.DECISION_ISSUED: "A decision was issued",
    NoticeKind.EXTENSION_ASKED: "Police ask for a longer recovery period",
    NoticeKind.RECOVERY_EXTENDED: "A recovery period lasts longer",
    NoticeKind.FURTHER_RECOVERY_DECIDED: "A further recovery period was decided on",
    NoticeKind.REFERRAL_RETURNED: "A referral was returned as not valid",
    NoticeKind.INFORMATION_ADDED: "Something was added to a referral",
    NoticeKind.REFERRAL_COMPLETED: "A returned referral was completed",
    NoticeKind.CASE_SUSPENDED: "A referral was suspended",
    NoticeKind.CASE_RESUMED: "A suspended referral goes on",
    NoticeKind.CASE_ENDED: "A case has ended",
    NoticeKind.CASE_TRANSFERRED: "A case went to another authority",
    NoticeKind.DECISION_REVOKED: "A decision was revoked",
    NoticeKind.AGE_IN_DOUBT: "A person's age is in doubt",
    NoticeKind.AGE_ASSESSED: "A person's age is being assessed, or was",
    NoticeKind.TURNS_18_SOON: "Somebody who was referred as a child turns 18 soon",
    NoticeKind.CONSENT_AT_18_RECORDED: "Somebody who turned 18 said whether they stay",
    NoticeKind.DISQUALIFICATION_WEIGHED: "A disqualification is being weighed",
    NoticeKind.DISQUALIFICATION_DECIDED: "A disqualification was decided",
    NoticeKind.RECONSIDERATION_ASKED: "Somebody asks for a reconsideration",
    NoticeKind.RECONSIDERATION_ANSWERED: "A request for reconsideration was answered",
    NoticeKind.REVIEW_RECORDED: "A judicial review was recorded",
    NoticeKind.LETTER_NOT_SENT: "A letter to the person could not be sent safely",
    NoticeKind.WHAT_NEXT_RECORDED: "Something was recorded about what happens next",
    NoticeKind.PROTECTION_SHOWN: "Your unit can see whether somebody is protected",
    NoticeKind.LETTER_TO_PRINT: "A letter to the person waits to be printed and posted",
    NoticeKind.LETTER_RECEIVED: "A letter of an authority waits for your agency",
    NoticeKind.LETTER_WITHOUT_ADDRESSEE: "A letter of your authority reached nobody",
    NoticeKind.LETTER_NOT_TRANSLATED: "A letter left in English, because it has no words in the language wanted",
    NoticeKind.INFECTED_FILE: "A file of a case or a draft holds something harmful",
    NoticeKind.HANDED_OVER: "Work of somebody who left was handed over",
    NoticeKind.TOO_FEW_ADMINISTRATORS: "An agency has fewer than two administrators",
    NoticeKind.NOBODY_TAKES_OVER: "Work of somebody whose access ended is nobody's",
    NoticeKind.AGENCY_FUNCTION_ENDS: "A function of your agency ends on a day that is set",
    NoticeKind.WORK_LEFT_BEHIND: "A function of an agency ended, and work in it is still open",
    NoticeKind.REFUSED_LOOKS: "Somebody was refused a look",
    NoticeKind.NOT_ANSWERED: "A notice still waits for an answer",
    NoticeKind.NOT_ANSWERED_BY_TEAM: "Your team has not answered a notice in time",
}

TO_DO: Final = {
    NoticeKind.CHILD_CONCERN: "Open the case and begin safeguarding; child protection does not wait for a referral.",
    NoticeKind.CHILD_REFERRAL: "Open the case and begin safeguarding; child protection runs beside the referral.",
    NoticeKind.REFERRAL_RECEIVED: "Decide within the target shown on the case.",
    NoticeKind.SUPPORT_WANTED: "Contact the person to assess what they need, only by the safe ways named on the case.",
    NoticeKind.DUTY_TO_NOTIFY_RECEIVED: "Record it; without the adult's cooperation it names nobody.",
    NoticeKind.COLLEAGUE_ASSIGNED_THEMSELVES: "Read the reason on the case and take it up with them if it is wrong.",
    NoticeKind.TELL_BODY_WITHOUT_ACCOUNT: "Tell the agency named here in a way that reaches it now; record how.",
    NoticeKind.MEETING_INVITATION: "Open the case, and say on the meeting who comes.",
    NoticeKind.INVITE_BODY_WITHOUT_ACCOUNT: "Send it time and place and nothing of the case; log on the meeting how.",
    NoticeKind.MEETING_MOVED: "Open the meeting, and say again who comes if that changes.",
    NoticeKind.MEETING_CANCELLED: "Nothing; the reason stands on the meeting.",
    NoticeKind.TELL_BODY_OF_CHANGED_MEETING: "Send it the new calendar file and nothing else; log how.",
    NoticeKind.MINUTES_TO_SIGN: "Read the minutes; agree, dispute a passage, or ask for a correction.",
    NoticeKind.MINUTES_ADDED_TO: "Read what was added.",
    NoticeKind.MINUTES_RELEASED: "Read them; they go no further without the council that held the meeting.",
    NoticeKind.DISSENT_ESCALATED: "Read the passage and the dissent, and settle it with the other agency's managers.",
    NoticeKind.INVITE_BODY_WITHOUT_ACCOUNT: "Send it the calendar file of its invitation and nothing else; log how.",
    NoticeKind.ACTION_OVERDUE: "Open your actions, and say that it is done or what blocks it.",
    NoticeKind.DRAFT_EXPIRES: "Open the drafts, and send it or save it again; its last day stands beside it.",
    NoticeKind.FIND_POLICE_FORCE: "Find out which force covers where the person is, and tell it by telephone.",
    NoticeKind.FIND_CHILDRENS_SERVICES: "Find the children's services of where the child is, and telephone them now.",
    NoticeKind.FIND_SUPPORT_PRIME: "Telephone the provider of support in this nation.",
    NoticeKind.ESTABLISH_AUTHORITY: "Look in your own records; transfer the case if another decides; say you looked.",
    NoticeKind.SHARE_RECEIVED: "Open the case, and read on which conditions and until when it was shared.",
    NoticeKind.INFORMATION_REQUESTED: "Acknowledge the request, and answer it by its date or say why not.",
    NoticeKind.REQUEST_ANSWERED: "Read on the case what was answered, refused or redirected.",
    NoticeKind.REQUEST_WITHDRAWN: "Nothing; the agency named here needs no answer any more.",
    NoticeKind.SHARE_ENDED: "Nothing; the agency named here can be asked why.",
    NoticeKind.DECISION_ISSUED: "Read the decision on the case; what you may see of it depends on what you do there.",
    NoticeKind.EXTENSION_ASKED: "Read the request on the case, and lengthen the period or tell the force why not.",
    NoticeKind.RECOVERY_EXTENDED: "Read the new last day on the case.",
    NoticeKind.FURTHER_RECOVERY_DECIDED: "Read on the case whether there is one, and its last day.",
    NoticeKind.REFERRAL_RETURNED: "Read on the case what is missing, and add it; nothing is decided before.",
    NoticeKind.INFORMATION_ADDED: "Read on the case what was added; what was sent stays as it is.",
    NoticeKind.REFERRAL_COMPLETED: "Decide within the new target shown on the case, or return it again.",
    NoticeKind.CASE_SUSPENDED: "Read on the case what it waits for; protection and support go on.",
    NoticeKind.CASE_RESUMED: "Nothing; the target goes on where it stood.",
    NoticeKind.CASE_ENDED: "Read on the case why; child protection goes on beside it.",
    NoticeKind.CASE_TRANSFERRED: "Read on the case who decides now; every date stays as it was.",
    NoticeKind.DECISION_REVOKED: "Read on the case why; whoever may ask for a reconsideration has a date there.",
    NoticeKind.AGE_IN_DOUBT: "Treat the person as a child until the age is settled; children's services see to it.",
    NoticeKind.AGE_ASSESSED: "Read on the case what was found; it holds from that day on.",
    NoticeKind.TURNS_18_SOON: "Prepare to ask, not before the birthday, whether they stay; the day stands on the case.",
    NoticeKind.CONSENT_AT_18_RECORDED: "Read the answer on the case; the rules of an adult hold from now on.",
    NoticeKind.DISQUALIFICATION_WEIGHED: "Say what you know of the risks; nothing is taken from the person yet.",
    NoticeKind.DISQUALIFICATION_DECIDED: "Read on the case what was decided; the conclusive decision is still owed.",
    NoticeKind.RECONSIDERATION_ASKED: "Give the request to somebody who had no part in the decision.",
    NoticeKind.RECONSIDERATION_ANSWERED: "Read on the case whether the decision is made anew.",
    NoticeKind.REVIEW_RECORDED: "Read on the case what is claimed or how it ended.",
    NoticeKind.LETTER_NOT_SENT: "Tell the person yourself in a way that is safe, and ask how letters may come.",
    NoticeKind.WHAT_NEXT_RECORDED: "Read it on the case; what you may see of it depends on what you do there.",
    NoticeKind.PROTECTION_SHOWN: "Look at the case before anything is done about removal.",
    NoticeKind.LETTER_TO_PRINT: "Print it from the case, post it to the address that is marked safe, and say when.",
    NoticeKind.LETTER_RECEIVED: "Read it among the letters of the case; what a child is told, and how, you judge.",
    NoticeKind.LETTER_WITHOUT_ADDRESSEE: "Give it to the first responder or the child's authority, never the child.",
    NoticeKind.LETTER_NOT_TRANSLATED: "Have it read to the person in their language by a way that is safe for them.",
    NoticeKind.INFECTED_FILE: "Tell whoever has a copy and your IT; attach a clean one, and remove this if possible.",
    NoticeKind.HANDED_OVER: "Whoever got it looks through their worklist; the notice says how much there is.",
    NoticeKind.TOO_FEW_ADMINISTRATORS: "Agree with the agency named here who will be its second administrator.",
    NoticeKind.NOBODY_TAKES_OVER: "The planned ends say whose and in which function; give that to a colleague.",
    NoticeKind.AGENCY_FUNCTION_ENDS: "Your own page says on which day; close, answer or share what is open before it.",
    NoticeKind.WORK_LEFT_BEHIND: "Agree with the agencies on its cases who goes on; the ledger says how much.",
    NoticeKind.REFUSED_LOOKS: "Read the ledger of the person named here, and ask them what they were looking for.",
    NoticeKind.NOT_ANSWERED: "Acknowledge the notice that this one follows, or do its task.",
    NoticeKind.NOT_ANSWERED_BY_TEAM: "Find somebody for it now; your managers are told because nobody answered.",
}

TASKS: Final = frozenset(
    {
        NoticeKind.TELL_BODY_WITHOUT_ACCOUNT,
        NoticeKind.INVITE_BODY_WITHOUT_ACCOUNT,
        NoticeKind.TELL_BODY_OF_CHANGED_MEETING,
        NoticeKind.LETTER_NOT_SENT,
        NoticeKind.LETTER_TO_PRINT,
        NoticeKind.LETTER_WITHOUT_ADDRESSEE,
        NoticeKind.LETTER_NOT_TRANSLATED,
        NoticeKind.INFECTED_FILE,
        NoticeKind.FIND_POLICE_FORCE,
        NoticeKind.FIND_CHILDRENS_SERVICES,
        NoticeKind.FIND_SUPPORT_PRIME,
        NoticeKind.ESTABLISH_AUTHORITY,
        NoticeKind.NOBODY_TAKES_OVER,
        NoticeKind.WORK_LEFT_BEHIND,
    }
)
"""The kinds that ask for an act that only a person can do."""

FOR_MANAGERS: Final = frozenset({NoticeKind.DISSENT_ESCALATED, NoticeKind.AGENCY_FUNCTION_ENDS})
"""The kinds that go to the managers of the intake team at once."""

FOR_ADMINISTRATORS: Final = frozenset(
    {NoticeKind.TOO_FEW_ADMINISTRATORS, NoticeKind.NOBODY_TAKES_OVER, NoticeKind.WORK_LEFT_BEHIND}
)
"""The kinds that only whoever acts as an administrator reads."""

ALWAYS_BY_EMAIL: Final = TASKS | {
    NoticeKind.CHILD_CONCERN,
    NoticeKind.CHILD_REFERRAL,
    NoticeKind.MEETING_INVITATION,
    NoticeKind.MEETING_MOVED,
    NoticeKind.MEETING_CANCELLED,
    NoticeKind.DISSENT_ESCALATED,
    NoticeKind.ACTION_OVERDUE,
    NoticeKind.NOT_ANSWERED,
    NoticeKind.NOT_ANSWERED_BY_TEAM,
}
"""The kinds that nobody can switch off: a child may be waiting behind each of them."""
