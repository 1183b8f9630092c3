"""What administrators send: a proposal of one change, or one act that gives nobody more."""

from datetime import date

import strawberry
from strawberry import UNSET

from schema.choices import Nation
from schema.node import given_uuid
from schema.people_words import Standing, TrainingKind
from schema.words import AccessLevel, Function
from services.people import changes
from services.people.acts import Single
from services.people.changes import Change, Newcomer, Period, SingleAct

SINCE = "The first day. Left out: the day of the approval at the earliest, today."
UNTIL = "The first day on which it no longer holds. Left out: no end is planned."


@strawberry.input(description="A person of your agency, with the first function they will have.")
class AddMemberInput:
    provider: str = strawberry.field(description="The identity provider that vouches for them, by its short name.")
    subject: str = strawberry.field(description="The subject by which the provider knows them; it never changes.")
    name: str = strawberry.field(description="Their name, as colleagues should read it.")
    function: Function = strawberry.field(description="What they will act as.")
    access_level: AccessLevel = strawberry.field(description="What they may do in it.")
    since: date | None = strawberry.field(default=UNSET, description=SINCE)
    until: date | None = strawberry.field(default=UNSET, description=UNTIL)

    def newcomer(self) -> Newcomer:
        """As the service takes it."""
        period = Period(self.since or None, self.until or None)
        return Newcomer(self.provider, self.subject, self.name, self.function, self.access_level, period)

    def change(self) -> Change:
        """As the service takes it."""
        return changes.add_member(self.newcomer())


@strawberry.input(description="A further function of a person, or the same again after it ends.")
class GiveFunctionInput:
    member_id: strawberry.ID = strawberry.field(description="The person.")
    function: Function = strawberry.field(description="One of your agency's functions.")
    access_level: AccessLevel = strawberry.field(description="What they may do in it.")
    since: date | None = strawberry.field(default=UNSET, description=SINCE)
    until: date | None = strawberry.field(default=UNSET, description=UNTIL)

    def change(self) -> Change:
        """As the service takes it."""
        period = Period(self.since or None, self.until or None)
        return changes.give_function(given_uuid(self.member_id, "Member"), self.function, self.access_level, period)


@strawberry.input(description="Another access level in a function that the person has today.")
class ChangeLevelInput:
    member_id: strawberry.ID = strawberry.field(description="The person.")
    function: Function = strawberry.field(description="The function.")
    access_level: AccessLevel = strawberry.field(description="The level from the approval on.")

    def change(self) -> Change:
        """As the service takes it."""
        return changes.change_level(given_uuid(self.member_id, "Member"), self.function, self.access_level)


@strawberry.input(description="A place in a team: who has it sees what is assigned to the team.")
class JoinTeamInput:
    team_id: strawberry.ID = strawberry.field(description="A team of your agency.")
    member_id: strawberry.ID = strawberry.field(description="The person.")
    standing: Standing = strawberry.field(description="How they will belong to it.")
    since: date | None = strawberry.field(default=UNSET, description=SINCE)
    until: date | None = strawberry.field(default=UNSET, description=UNTIL)

    def change(self) -> Change:
        """As the service takes it."""
        period = Period(self.since or None, self.until or None)
        return changes.join_team(
            given_uuid(self.team_id, "Team"), given_uuid(self.member_id, "Member"), self.standing, period
        )


@strawberry.input(description="An agency that will work here. For the platform's administrators.")
class OnboardAgencyInput:
    code: str = strawberry.field(description="Its short name, as in the list of bodies if it stands there.")
    name: str = strawberry.field(description="Its public name.")
    functions: list[Function] = strawberry.field(description="What it does.")
    since: date | None = strawberry.field(default=UNSET, description=SINCE)

    def change(self) -> Change:
        """As the service takes it."""
        return changes.onboard_agency(self.code, self.name, tuple(self.functions), self.since or None)


@strawberry.input(description="A further function of an agency. For the platform's administrators.")
class GiveAgencyFunctionInput:
    agency_id: strawberry.ID = strawberry.field(description="The agency.")
    function: Function = strawberry.field(description="What it will do.")
    nations: list[Nation] | None = strawberry.field(default=UNSET, description="Where. Left out: everywhere.")
    since: date | None = strawberry.field(default=UNSET, description=SINCE)
    until: date | None = strawberry.field(default=UNSET, description=UNTIL)

    def change(self) -> Change:
        """As the service takes it."""
        nations = tuple(nation.value for nation in self.nations) if self.nations else None
        period = Period(self.since or None, self.until or None)
        return changes.give_agency_function(given_uuid(self.agency_id, "Agency"), self.function, nations, period)


@strawberry.input(description="An identity provider for an agency's people. For the platform's administrators.")
class RegisterProviderInput:
    agency_id: strawberry.ID = strawberry.field(description="The agency.")
    slug: str = strawberry.field(description="Its short name, which stands in the address of the sign-in.")
    issuer: str = strawberry.field(description="Its issuer, as its own metadata says it.")
    client_id: str = strawberry.field(description="How the provider knows this platform.")

    def change(self) -> Change:
        """As the service takes it."""
        return changes.register_provider(given_uuid(self.agency_id, "Agency"), self.slug, self.issuer, self.client_id)


@strawberry.input(description="One of the first two administrators of an agency. For the platform's administrators.")
class AppointAdministratorInput:
    agency_id: strawberry.ID = strawberry.field(description="The agency.")
    provider: str = strawberry.field(description="The agency's identity provider, by its short name.")
    subject: str = strawberry.field(description="The subject by which the provider knows them.")
    name: str = strawberry.field(description="Their name, as colleagues should read it.")
    function: Function = strawberry.field(description="One of the agency's functions.")

    def change(self) -> Change:
        """As the service takes it."""
        level = AccessLevel.ADMINISTRATOR
        newcomer = Newcomer(self.provider, self.subject, self.name, self.function, level, Period(None, None))
        return changes.appoint_administrator(given_uuid(self.agency_id, "Agency"), newcomer)


@strawberry.input(description="From approver to practitioner, at once.")
class LowerLevelInput:
    member_id: strawberry.ID = strawberry.field(description="The person.")
    function: Function = strawberry.field(description="The function.")

    def act(self) -> SingleAct:
        """As the service takes it."""
        return SingleAct(
            Single.LEVEL_LOWER, {"member": given_uuid(self.member_id, "Member"), "function": self.function}
        )


@strawberry.input(description="Taking somebody out of a team, at once.")
class LeaveTeamInput:
    team_id: strawberry.ID = strawberry.field(description="The team.")
    member_id: strawberry.ID = strawberry.field(description="The person.")

    def act(self) -> SingleAct:
        """As the service takes it."""
        content = {"team": given_uuid(self.team_id, "Team"), "member": given_uuid(self.member_id, "Member")}
        return SingleAct(Single.TEAM_LEAVE, content)


@strawberry.input(description="A training that somebody completed. Nobody records their own.")
class RecordTrainingInput:
    member_id: strawberry.ID = strawberry.field(description="The person.")
    kind: TrainingKind = strawberry.field(description="For what.")
    on: date = strawberry.field(description="The day on which it was completed.")
    expires: date | None = strawberry.field(
        default=UNSET, description="The first day on which it no longer counts. Left out: it lasts."
    )

    def act(self) -> SingleAct:
        """As the service takes it."""
        content = {"member": given_uuid(self.member_id, "Member"), "kind": self.kind, "completed_on": self.on}
        return SingleAct(Single.TRAINING_RECORD, content | {"expires_on": self.expires or None})


@strawberry.input(description="Where e-mails about notices reach somebody. They hold nothing of a case.")
class SetEmailInput:
    member_id: strawberry.ID = strawberry.field(description="The person.")
    email: str | None = strawberry.field(default=UNSET, description="The address. Left out: no e-mail reaches them.")

    def act(self) -> SingleAct:
        """As the service takes it."""
        return SingleAct(
            Single.EMAIL_SET, {"member": given_uuid(self.member_id, "Member"), "email": self.email or None}
        )


@strawberry.input(description="A team of your agency, with nobody in it yet. The first of a function gets what is new.")
class CreateTeamInput:
    function: Function = strawberry.field(description="The function it works in.")
    name: str = strawberry.field(description="Its name.")

    def act(self) -> SingleAct:
        """As the service takes it."""
        return SingleAct(Single.TEAM_CREATE, {"function": self.function, "name": self.name})
