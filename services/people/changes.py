"""A change as an administrator means it, in the shape that the database judges; dates are whole days in London."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from policies.vocabulary import AccessLevel, Function
from services.people.acts import Single, Widening

Content = Mapping[str, object]


class Standing(StrEnum):
    """How somebody belongs to a team."""

    MEMBER = "member"
    MANAGER = "manager"


class TrainingKind(StrEnum):
    """What somebody was trained for."""

    FIRST_RESPONDER = "first_responder"
    DECISION_MAKER = "decision_maker"


@dataclass(frozen=True, slots=True)
class Period:
    """From a day on; `until` is the first day on which it no longer holds, None: no end is planned."""

    since: date | None
    until: date | None

    def content(self) -> dict[str, object]:
        """As the database reads it; no first day means today."""
        return {"from": self.since, "until": self.until}


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody of one of the agency's providers, with the first function they will have."""

    provider: str
    subject: str
    name: str
    function: Function
    access_level: AccessLevel
    period: Period

    def content(self) -> dict[str, object]:
        """As the database reads it."""
        who = {"provider": self.provider, "subject": self.subject, "name": self.name}
        return who | {"function": self.function, "access_level": self.access_level} | self.period.content()


@dataclass(frozen=True, slots=True)
class Change:
    """What would give somebody more; `agency` is named by the platform's administrators only."""

    act: Widening
    content: Content
    agency: UUID | None = None


@dataclass(frozen=True, slots=True)
class SingleAct:
    """What one administrator does at once."""

    act: Single
    content: Content
    agency: UUID | None = None


def add_member(newcomer: Newcomer) -> Change:
    """A person of one's own agency."""
    return Change(Widening.MEMBER_ADD, newcomer.content())


def appoint_administrator(agency: UUID, newcomer: Newcomer) -> Change:
    """One of the first two administrators of an agency that was brought in."""
    return Change(Widening.ADMINISTRATOR_APPOINT, newcomer.content(), agency)


def give_function(member: UUID, function: Function, level: AccessLevel, period: Period) -> Change:
    """A further function, or the same again after it ends."""
    content = {"member": member, "function": function, "access_level": level}
    return Change(Widening.FUNCTION_GIVE, content | period.content())


def change_level(member: UUID, function: Function, level: AccessLevel) -> Change:
    """Another access level in a function that the person has today."""
    return Change(Widening.LEVEL_CHANGE, {"member": member, "function": function, "access_level": level})


def cancel_end(member: UUID, function: Function | None) -> Change:
    """The person keeps what was to end on a day to come: one function, or with none named all of it."""
    return Change(Widening.END_CANCEL, {"member": member, "function": function})


def join_team(team: UUID, member: UUID, standing: Standing, period: Period) -> Change:
    """A place in a team: whoever has it sees what is assigned to the team."""
    return Change(Widening.TEAM_JOIN, {"team": team, "member": member, "standing": standing} | period.content())


def onboard_agency(code: str, name: str, functions: tuple[Function, ...], since: date | None) -> Change:
    """An agency that will work here, with what it does."""
    content = {"code": code, "name": name, "functions": list(functions), "from": since}
    return Change(Widening.AGENCY_ONBOARD, content)


def give_agency_function(agency: UUID, function: Function, nations: tuple[str, ...] | None, period: Period) -> Change:
    """A further function of an agency."""
    content = {"function": function, "nations": list(nations) if nations else None}
    return Change(Widening.AGENCY_FUNCTION_GIVE, content | period.content(), agency)


def register_provider(agency: UUID, slug: str, issuer: str, client_id: str) -> Change:
    """An identity provider that vouches for the agency's people."""
    return Change(Widening.PROVIDER_REGISTER, {"slug": slug, "issuer": issuer, "client_id": client_id}, agency)


def change_provider(
    agency: UUID, slug: str, issuer: str | None, client_id: str | None, step_up_acr: str | None
) -> Change:
    """Other addresses for a provider of the agency; what is None stays, and a closed provider is open again."""
    content = {"slug": slug, "issuer": issuer, "client_id": client_id, "step_up_acr": step_up_acr}
    return Change(Widening.PROVIDER_CHANGE, content, agency)
