"""Whether somebody who had a recovery period before has a further one. Nothing is decided here."""

from typing import Annotated

import strawberry

from schema import case_step_payloads as payloads
from schema.case_payload import case_payload
from schema.case_step_input import CASE, VERSION, WORDS
from schema.case_steps import about
from schema.context import Info
from schema.inputs import INPUT, KEY, content_of
from services.decisions import recovering
from services.decisions.recovering import Further


@strawberry.input(description="Whether somebody whom an earlier decision covers has a further recovery period.")
class DecideFurtherRecoveryInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    is_granted: bool = strawberry.field(
        description="Whether it is appropriate here; it counts from the decision's day."
    )
    words: str = strawberry.field(description=WORDS)


async def decide_further_recovery(
    info: Info, sent: Annotated[DecideFurtherRecoveryInput, INPUT]
) -> payloads.DecideFurtherRecoveryPayload:
    """As an approver of the authority, grant a further recovery period or say why not."""
    wanted = Further(about=about(sent), is_granted=sent.is_granted)
    done = await recovering.decide(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.DecideFurtherRecoveryPayload, done)
