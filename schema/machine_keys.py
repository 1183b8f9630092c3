"""The keys of a living machine client: a further one is proposed, an old one is retired."""

from typing import Annotated
from uuid import UUID

import strawberry

from schema.administering import REASON
from schema.administration import Proposal, proposal
from schema.context import Info
from schema.groups import value
from schema.inputs import INPUT, KEY, content_of
from schema.machine_views import MachineClient, MachineKeyInput, client
from schema.node import uuid_of
from schema.results import Problem, problem
from services.machines import commands, queries
from services.people import queries as people


@strawberry.input(description="A further key of a system of your agency, for another administrator to approve.")
class ProposeMachineKeyInput:
    idempotency_key: str = strawberry.field(description=KEY)
    client_id: strawberry.ID = strawberry.field(description="The client's `id`.")
    key: MachineKeyInput = strawberry.field(description="The key. It may begin while others still count.")
    reason: str = strawberry.field(description=REASON)


@strawberry.input(description="The key that is retired.")
class RetireMachineKeyInput:
    idempotency_key: str = strawberry.field(description=KEY)
    client_id: strawberry.ID = strawberry.field(description="The client's `id`.")
    kid: str = strawberry.field(description="The key's `kid`.")
    reason: str = strawberry.field(description=REASON)


@strawberry.type(directives=[value], description="The proposal, or why there is none.")
class ProposeMachineKeyPayload:
    proposal: Proposal | None = strawberry.field(description="The proposal. Null: see `problem`.")
    problem: Problem | None = strawberry.field(description="Why nothing was proposed. Null: it was.")


@strawberry.type(directives=[value], description="The client without the key, or why it was not retired.")
class RetireMachineKeyPayload:
    client: MachineClient | None = strawberry.field(description="The client. Null: see `problem`.")
    problem: Problem | None = strawberry.field(description="Why the key was not retired. Null: it was.")


async def propose_machine_key(info: Info, sent: Annotated[ProposeMachineKeyInput, INPUT]) -> ProposeMachineKeyPayload:
    """Propose a key."""
    reading, wanted = info.context.reading, uuid_of(sent.client_id, "MachineClient") or UUID(int=0)
    outcome = await commands.propose_key(
        reading, sent.idempotency_key, wanted, sent.key.offered(), sent.reason, content_of(sent)
    )
    if not isinstance(outcome, UUID):
        return ProposeMachineKeyPayload(proposal=None, problem=problem(outcome))
    view = await people.proposal(reading, outcome)
    return ProposeMachineKeyPayload(proposal=proposal(view) if view else None, problem=None)


async def retire_machine_key(info: Info, sent: Annotated[RetireMachineKeyInput, INPUT]) -> RetireMachineKeyPayload:
    """Retire a key."""
    reading, wanted = info.context.reading, uuid_of(sent.client_id, "MachineClient") or UUID(int=0)
    outcome = await commands.retire_key(reading, sent.idempotency_key, wanted, sent.kid, sent.reason, content_of(sent))
    if not isinstance(outcome, UUID):
        return RetireMachineKeyPayload(client=None, problem=problem(outcome))
    found = next((view for view in await queries.clients(reading) if view.id == outcome), None)
    return RetireMachineKeyPayload(client=client(found) if found else None, problem=None)
