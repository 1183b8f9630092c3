"""The words of the mechanism's dated rows as enums of the language; import them from here."""

from collections.abc import Mapping

import strawberry

from services.regimes.entering import RegimeTable
from services.regimes.words import Status

__all__ = ["RegimeTable", "Status"]

strawberry.enum(Status, name="RowStatus", description="How sure we are: seed and found have a source, unverified none.")
TABLES: Mapping[RegimeTable, str] = {
    RegimeTable.COMPETENT_AUTHORITIES: "Who decides, by kind of first responder and day of receipt.",
    RegimeTable.CLOCK_DEFINITIONS: "How long a clock runs in a nation, by the day of its event.",
    RegimeTable.DECISION_TESTS: "The words of a decision's test, by the day of issue.",
    RegimeTable.QUORUMS: "Who has to be there when a strategy meeting decides.",
    RegimeTable.MEETING_NAMES: "What a strategy meeting is called in a nation.",
    RegimeTable.SIGN_OFF_PERIODS: "How long minutes may be signed off.",
    RegimeTable.EXTENSION_LIMITS: "How long a recovery period may last at most.",
    RegimeTable.ACCEPTED_STATEMENTS: "In which form a person may say so.",
    RegimeTable.RECONSIDERATION_ASKERS: "Who may ask for a reconsideration.",
    RegimeTable.DUTY_TO_NOTIFY: "Who owes a notification.",
    RegimeTable.DISQUALIFICATION_GROUNDS: "On which grounds somebody may be disqualified.",
    RegimeTable.LEAVE_QUESTIONS: "For whom there is a question of leave.",
    RegimeTable.LEAVE_GROUNDS: "On which grounds somebody may be allowed to stay, and how long.",
    RegimeTable.RETURN_SCHEMES: "How somebody who wants to go home is helped to.",
    RegimeTable.EEA_NATIONALITIES: "Who is a national of the European Economic Area.",
    RegimeTable.BRITISH_NATIONALITIES: "Who is British, by the answers of the form.",
    RegimeTable.REMITS: "What brings an adult before the second authority.",
    RegimeTable.PILOT_AREAS: "Which agency decides on referrals of an area.",
    RegimeTable.PANELS: "Who sits on the panel that looks at a decision.",
}
strawberry.enum(RegimeTable, description="The tables of the mechanism's rules that a row can be entered into.")
for each in vars(RegimeTable)["__strawberry_definition__"].values:
    each.description = TABLES[RegimeTable(each.value)]
