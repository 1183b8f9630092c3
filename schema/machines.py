"""Machine clients: the systems of one's own agency, for its administrators."""

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import UNSET

from schema.administering import REASON
from schema.administration import Proposal, proposal
from schema.context import Info
from schema.groups import value
from schema.inputs import INPUT, KEY, content_of
from schema.machine_views import MachineClient, MachineIssuerInput, MachineKeyInput, client
from schema.node import uuid_of
from schema.results import Problem, problem
from schema.words import Function
from services.machines import commands, queries
from services.machines.registration import Registration
from services.people import queries as people


@strawberry.input(description="A system of your agency, for another administrator to approve.")
class ProposeMachineClientInput:
    idempotency_key: str = strawberry.field(description=KEY)
    name: str = strawberry.field(description="Its name; at most 100 characters.")
    purpose: str = strawberry.field(description="What it is for; at most 500 characters.")
    function: Function = strawberry.field(description="One of your agency's functions.")
    operations: list[str] = strawberry.field(description="Names of published operations, or `referral.import`.")
    keys: list[MachineKeyInput] = strawberry.field(
        default_factory=list, description="One to three public keys, unless a provider vouches for it."
    )
    issued_by: MachineIssuerInput | None = strawberry.field(
        default=UNSET, description="Your provider that vouches for it, instead of keys."
    )
    valid_from: date = strawberry.field(description="Its first day; today or later.")
    valid_until: date = strawberry.field(description="The first day without it; two years later at most.")
    reason: str = strawberry.field(description=REASON)

    def registration(self) -> Registration:
        """As the service takes it."""
        return Registration(
            name=self.name,
            purpose=self.purpose,
            function=self.function,
            operations=tuple(self.operations),
            keys=tuple(key.offered() for key in self.keys),
            issued_by=self.issued_by.offered() if self.issued_by else None,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
        )


@strawberry.input(description="The machine client that ends.")
class EndMachineClientInput:
    idempotency_key: str = strawberry.field(description=KEY)
    client_id: strawberry.ID = strawberry.field(description="The client's `id`.")
    reason: str = strawberry.field(description=REASON)


@strawberry.type(directives=[value], description="The proposal, or why there is none.")
class ProposeMachineClientPayload:
    proposal: Proposal | None = strawberry.field(description="The proposal. Null: see `problem`.")
    problem: Problem | None = strawberry.field(description="Why nothing was proposed. Null: it was.")


@strawberry.type(directives=[value], description="The ended client, or why it was not ended.")
class EndMachineClientPayload:
    client: MachineClient | None = strawberry.field(description="The client. Null: see `problem`.")
    problem: Problem | None = strawberry.field(description="Why it was not ended. Null: it was.")


async def machine_clients(info: Info) -> list[MachineClient]:
    """Every one that the agency ever had."""
    async with info.context.turn:
        return [client(view) for view in await queries.clients(info.context.reading)]


async def propose_machine_client(
    info: Info, sent: Annotated[ProposeMachineClientInput, INPUT]
) -> ProposeMachineClientPayload:
    """Propose one."""
    reading = info.context.reading
    outcome = await commands.propose(reading, sent.idempotency_key, sent.registration(), sent.reason, content_of(sent))
    if not isinstance(outcome, UUID):
        return ProposeMachineClientPayload(proposal=None, problem=problem(outcome))
    view = await people.proposal(reading, outcome)
    return ProposeMachineClientPayload(proposal=proposal(view) if view else None, problem=None)


async def end_machine_client(info: Info, sent: Annotated[EndMachineClientInput, INPUT]) -> EndMachineClientPayload:
    """End one."""
    reading, wanted = info.context.reading, uuid_of(sent.client_id, "MachineClient") or UUID(int=0)
    outcome = await commands.end(reading, sent.idempotency_key, wanted, sent.reason, content_of(sent))
    if not isinstance(outcome, UUID):
        return EndMachineClientPayload(client=None, problem=problem(outcome))
    found = next((view for view in await queries.clients(reading) if view.id == outcome), None)
    return EndMachineClientPayload(client=client(found) if found else None, problem=None)
