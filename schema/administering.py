"""Administering people: propose, decide, act at once; and acting in another of one's own functions."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry import UNSET

from schema.administering_input import (
    AddMemberInput,
    AppointAdministratorInput,
    ChangeLevelInput,
    CreateTeamInput,
    GiveAgencyFunctionInput,
    GiveFunctionInput,
    JoinTeamInput,
    LeaveTeamInput,
    LowerLevelInput,
    OnboardAgencyInput,
    RecordTrainingInput,
    RegisterProviderInput,
    SetEmailInput,
)
from schema.administration import Proposal, proposal
from schema.context import Info
from schema.ending_input import CancelEndInput, EndAgencyFunctionInput, EndFunctionInput
from schema.groups import value
from schema.inputs import INPUT, KEY, content_of
from schema.node import uuid_of
from schema.people_words import Deciding
from schema.provider_input import ChangeProviderInput, CloseProviderInput, SetProviderSecretInput
from schema.regime_input import EnterRegimeRowInput
from schema.results import Problem, problem
from schema.viewer import Viewer, viewer
from schema.words import Function
from services.errors import Invalid, WorkProblem
from services.errors import Problem as InputProblem
from services.people import commands, queries
from services.people.changes import Change, SingleAct

REASON = "Why; it stands in the administrative ledger. At most 2,000 characters."


@strawberry.input(description="One change that gives somebody more; exactly one of these.")
class ChangeInput:
    add_member: AddMemberInput | None = strawberry.field(default=UNSET, description="Add a person.")
    give_function: GiveFunctionInput | None = strawberry.field(default=UNSET, description="Give a further function.")
    change_level: ChangeLevelInput | None = strawberry.field(default=UNSET, description="Change an access level.")
    join_team: JoinTeamInput | None = strawberry.field(default=UNSET, description="Put a person into a team.")
    cancel_end: CancelEndInput | None = strawberry.field(
        default=UNSET, description="Cancel an end on a day to come: access lasts as long as it would have."
    )
    onboard_agency: OnboardAgencyInput | None = strawberry.field(default=UNSET, description="Bring in an agency.")
    give_agency_function: GiveAgencyFunctionInput | None = strawberry.field(
        default=UNSET, description="Give an agency a further function."
    )
    register_provider: RegisterProviderInput | None = strawberry.field(
        default=UNSET, description="Register an agency's identity provider."
    )
    change_provider: ChangeProviderInput | None = strawberry.field(
        default=UNSET, description="Change an agency's identity provider."
    )
    appoint_administrator: AppointAdministratorInput | None = strawberry.field(
        default=UNSET, description="Appoint one of an agency's first two administrators."
    )
    enter_regime_row: EnterRegimeRowInput | None = strawberry.field(
        default=UNSET, description="Enter a rule that counts from a day to come on."
    )

    def only(self) -> Change | Invalid | None:
        """The one change; None when there is none or more than one."""
        given: Sequence[Any] = [part for part in vars(self).values() if part]
        return given[0].change() if len(given) == 1 else None


@strawberry.input(description="One act that gives nobody more; exactly one of these.")
class ActInput:
    end_function: EndFunctionInput | None = strawberry.field(default=UNSET, description="End a person's function.")
    lower_level: LowerLevelInput | None = strawberry.field(default=UNSET, description="Lower an access level.")
    leave_team: LeaveTeamInput | None = strawberry.field(default=UNSET, description="Take a person out of a team.")
    end_agency_function: EndAgencyFunctionInput | None = strawberry.field(
        default=UNSET, description="End an agency's function."
    )
    record_training: RecordTrainingInput | None = strawberry.field(default=UNSET, description="Record a training.")
    create_team: CreateTeamInput | None = strawberry.field(default=UNSET, description="Create a team.")
    set_email: SetEmailInput | None = strawberry.field(default=UNSET, description="Set somebody's e-mail address.")
    close_provider: CloseProviderInput | None = strawberry.field(default=UNSET, description="Close a provider.")
    set_provider_secret: SetProviderSecretInput | None = strawberry.field(
        default=UNSET, description="Set the secret that a provider gave."
    )

    def only(self) -> SingleAct | None:
        """The one act; None when there is none or more than one."""
        given: Sequence[Any] = [part for part in vars(self).values() if part]
        return given[0].act() if len(given) == 1 else None


@strawberry.input(description="A change for another administrator to approve.")
class ProposeChangeInput:
    idempotency_key: str = strawberry.field(description=KEY)
    change: ChangeInput = strawberry.field(description="What would change.")
    reason: str = strawberry.field(description=REASON)


@strawberry.input(description="What becomes of a proposal.")
class DecideProposalInput:
    idempotency_key: str = strawberry.field(description=KEY)
    proposal_id: strawberry.ID = strawberry.field(description="The proposal.")
    decision: Deciding = strawberry.field(description="What you make of it.")
    reason: str = strawberry.field(default="", description="Why, if you want to say. At most 2,000 characters.")


@strawberry.input(description="An act that takes effect at once.")
class AdministerInput:
    idempotency_key: str = strawberry.field(description=KEY)
    act: ActInput = strawberry.field(description="What is done.")
    reason: str = strawberry.field(description=REASON)


@strawberry.input(description="The function to act in from now on.")
class ActAsInput:
    idempotency_key: str = strawberry.field(description=KEY)
    function: Function = strawberry.field(description="One of your own functions, open today.")


@strawberry.type(directives=[value], description="The proposal, or why there is none.")
class ProposeChangePayload:
    proposal: Proposal | None = strawberry.field(description="The proposal. Null: see `problem`.")
    problem: Problem | None = strawberry.field(description="Why nothing was proposed. Null: it was.")


@strawberry.type(directives=[value], description="The proposal as it stands now, or why nothing was decided.")
class DecideProposalPayload:
    proposal: Proposal | None = strawberry.field(description="The proposal. Null: see `problem`.")
    problem: Problem | None = strawberry.field(description="Why nothing was decided. Null: it was.")


@strawberry.type(directives=[value], description="Whether it was done. Read the people again to see it.")
class AdministerPayload:
    done: bool = strawberry.field(description="Whether it was done. False: see `problem`.")
    problem: Problem | None = strawberry.field(description="Why nothing was done. Null: it was.")


@strawberry.type(directives=[value], description="Who you are now, or why you act as before.")
class ActAsPayload:
    viewer: Viewer | None = strawberry.field(description="You, in the function you act in now. Null: see `problem`.")
    problem: Problem | None = strawberry.field(description="Why you act as before. Null: you do not.")


async def propose_change(info: Info, sent: Annotated[ProposeChangeInput, INPUT]) -> ProposeChangePayload:
    """Propose a change."""
    change = sent.change.only()
    if not isinstance(change, Change):
        return ProposeChangePayload(proposal=None, problem=problem(change or _not_one("change")))
    reading = info.context.reading
    outcome = await commands.propose(reading, sent.idempotency_key, change, sent.reason, content_of(sent))
    found, wrong = await _proposal(info, outcome)
    return ProposeChangePayload(proposal=found, problem=wrong)


async def decide_proposal(info: Info, sent: Annotated[DecideProposalInput, INPUT]) -> DecideProposalPayload:
    """Approve, decline or withdraw."""
    wanted = uuid_of(sent.proposal_id, "Proposal") or UUID(int=0)
    reading = info.context.reading
    outcome = await commands.decide(reading, sent.idempotency_key, wanted, sent.decision, sent.reason, content_of(sent))
    found, wrong = await _proposal(info, outcome)
    return DecideProposalPayload(proposal=found, problem=wrong)


async def administer(info: Info, sent: Annotated[AdministerInput, INPUT]) -> AdministerPayload:
    """Do it at once."""
    act = sent.act.only()
    if act is None:
        return AdministerPayload(done=False, problem=problem(_not_one("act")))
    reading = info.context.reading
    outcome = await commands.administer(reading, sent.idempotency_key, act, sent.reason, content_of(sent))
    if isinstance(outcome, UUID):
        return AdministerPayload(done=True, problem=None)
    return AdministerPayload(done=False, problem=problem(outcome))


async def act_as(info: Info, sent: Annotated[ActAsInput, INPUT]) -> ActAsPayload:
    """Switch."""
    reading = info.context.reading
    outcome = await commands.act_as(reading, sent.idempotency_key, sent.function, content_of(sent))
    if isinstance(outcome, UUID):
        return ActAsPayload(viewer=await viewer(info), problem=None)
    return ActAsPayload(viewer=None, problem=problem(outcome))


async def _proposal(info: Info, outcome: UUID | WorkProblem) -> tuple[Proposal | None, Any]:
    """The proposal as the administrator may see it now; a replay is rendered in the same way."""
    if not isinstance(outcome, UUID):
        return None, problem(outcome)
    view = await queries.proposal(info.context.reading, outcome)
    return proposal(view) if view else None, None


def _not_one(path: str) -> Invalid:
    return Invalid((InputProblem(path, "one_of", "Exactly one thing at a time.", "Give one and leave out the rest."),))
