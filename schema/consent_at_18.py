"""What somebody who turned 18 said of staying in the mechanism. Nothing is decided here."""

from typing import Annotated

import strawberry
from strawberry import UNSET

from schema import case_step_payloads as payloads
from schema.case_payload import case_payload
from schema.case_step_input import CASE, VERSION, WORDS, PersonsStatementInput
from schema.case_steps import about, given
from schema.context import Info
from schema.inputs import INPUT, KEY, content_of
from services.decisions import consenting
from services.decisions.consenting import ConsentAt18


@strawberry.input(description="What somebody who was referred as a child and turned 18 said of staying.")
class RecordConsentAt18Input:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    is_given: bool = strawberry.field(description="Whether they stay.")
    statement: PersonsStatementInput = strawberry.field(description="How and when they said so, and who heard it.")
    wants_support: bool | None = strawberry.field(
        default=UNSET, description="Whether they want support, asked apart from staying; required where they stay."
    )
    words: str = strawberry.field(description=WORDS)


async def record_consent_at_18(
    info: Info, sent: Annotated[RecordConsentAt18Input, INPUT]
) -> payloads.RecordConsentAt18Payload:
    """Record whether somebody who turned 18 stays in the mechanism."""
    wanted = ConsentAt18(
        about=about(sent),
        is_given=sent.is_given,
        statement=given(sent.statement),
        wants_support=None if sent.wants_support is UNSET else sent.wants_support,
    )
    done = await consenting.record(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.RecordConsentAt18Payload, done)
