"""The words of people administration as enums of the language, each with what it means."""

from collections.abc import Mapping
from enum import StrEnum

import strawberry

from services.people.acts import Deciding, Widening
from services.people.changes import Standing, TrainingKind
from services.people.views import Missing, ProposalState, Verdict

__all__ = ["Deciding", "Missing", "ProposalState", "Standing", "TrainingKind", "Verdict", "Widening"]


def _say(name: str, choice: type[StrEnum], description: str, values: Mapping[StrEnum, str]) -> None:
    strawberry.enum(choice, name=name, description=description)
    for value in vars(choice)["__strawberry_definition__"].values:
        value.description = values[choice(value.value)]


_say(
    "ChangeKind",
    Widening,
    "What a proposal would give somebody.",
    {
        Widening.MEMBER_ADD: "A person of the agency, with a first function.",
        Widening.FUNCTION_GIVE: "A further function.",
        Widening.LEVEL_CHANGE: "Another access level.",
        Widening.TEAM_JOIN: "A place in a team.",
        Widening.MACHINE_CLIENT_REGISTER: "A system of the agency, with what it may run.",
        Widening.MACHINE_KEY_ADD: "A further key of a system of the agency.",
        Widening.END_CANCEL: "An end on a day to come that will not be.",
        Widening.AGENCY_ONBOARD: "An agency that will work here.",
        Widening.AGENCY_FUNCTION_GIVE: "A further function of an agency.",
        Widening.PROVIDER_REGISTER: "An identity provider of an agency.",
        Widening.PROVIDER_CHANGE: "Other addresses or another level for an identity provider of an agency.",
        Widening.ADMINISTRATOR_APPOINT: "One of the first two administrators of an agency.",
        Widening.REGIME_ROW_ENTER: "A rule of the mechanism from a day to come on.",
    },
)
_say(
    "ProposalDecision",
    Deciding,
    "What you make of a proposal.",
    {
        Deciding.APPROVE: "It is done, if nothing stands against it now. Never by who proposed it or whom it is about.",
        Deciding.DECLINE: "It is not done.",
        Deciding.WITHDRAW: "Who proposed it takes it back.",
    },
)
_say(
    "ProposalState",
    ProposalState,
    "What became of a proposal.",
    {
        ProposalState.OPEN: "It waits for another administrator.",
        ProposalState.EXPIRED: "Nobody decided in time; it does nothing any more.",
        ProposalState.APPROVED: "It was done.",
        ProposalState.DECLINED: "It was declined.",
        ProposalState.WITHDRAWN: "It was taken back.",
    },
)
_say(
    "TeamStanding",
    Standing,
    "How somebody belongs to a team.",
    {
        Standing.MEMBER: "Works on what the team has.",
        Standing.MANAGER: "Works on it, and on what its people have.",
    },
)
_say(
    "TrainingKind",
    TrainingKind,
    "What somebody was trained for.",
    {
        TrainingKind.FIRST_RESPONDER: "For referring people.",
        TrainingKind.DECISION_MAKER: "For deciding on cases.",
    },
)
_say(
    "MissingBecause",
    Missing,
    "Why you cannot act in a function today.",
    {
        Missing.NOT_YOURS: "Your agency has it, and you do not.",
        Missing.NOT_BEGUN: "You will have it, and it has not begun.",
        Missing.ENDED: "You had it, and it ended.",
        Missing.AGENCY_NOT_BEGUN: "Your agency will have it.",
        Missing.AGENCY_ENDED: "Your agency no longer has it.",
    },
)
_say(
    "AdministrativeVerdict",
    Verdict,
    "What a line of the administrative ledger tells of.",
    {
        Verdict.DONE: "It was done.",
        Verdict.REFUSED: "It was refused, and nothing changed.",
        Verdict.READ: "Somebody read.",
    },
)
