"""Noting what a case waits for, for one's own agency."""

from datetime import date
from typing import Annotated

import strawberry
from strawberry import UNSET

from schema.case_payload import CasePayload, case_payload
from schema.context import Info
from schema.groups import value
from schema.inputs import INPUT, KEY, content_of
from schema.node import lookup
from services.waiting import commands
from services.waiting.commands import Waiting


@strawberry.input(description="What a case waits for in your agency's eyes. It sleeps until the day it wakes.")
class NoteWaitingInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description="The case.")
    expected_version: int = strawberry.field(description="`clocks.waitingVersion` as you read it; 0 at first.")
    waits_for: str = strawberry.field(default="", description="What has to happen; at most 500 characters.")
    whom: str = strawberry.field(default="", description="Who has to do it; at most 200 characters.")
    wakes_on: date | None = strawberry.field(
        default=UNSET, description="The London date on which it wakes. Left out: it is awake from now on."
    )


@strawberry.type(directives=[value], description="The case with the note, or why nothing was noted.")
class NoteWaitingPayload(CasePayload): ...


async def note_waiting(info: Info, sent: Annotated[NoteWaitingInput, INPUT]) -> NoteWaitingPayload:
    """Note what it waits for."""
    waiting = Waiting(
        case=lookup(sent.case_id, "Case"),
        expected_version=sent.expected_version,
        what=sent.waits_for,
        whom=sent.whom,
        wakes_on=sent.wakes_on or None,
    )
    outcome = await commands.note(info.context.reading, sent.idempotency_key, waiting, content_of(sent))
    return await case_payload(info, NoteWaitingPayload, outcome)
