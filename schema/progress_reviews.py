"""What an authority records of a progress review. Nothing is decided here."""

from datetime import date
from typing import Annotated

import strawberry

from schema import case_step_payloads as payloads
from schema.case_payload import case_payload
from schema.case_step_input import CASE, VERSION, WORDS
from schema.case_steps import about
from schema.context import Info
from schema.inputs import INPUT, KEY, content_of
from services.decisions import progress
from services.decisions.progress import ProgressReview
from services.decisions.step_words import ProgressContact


@strawberry.input(description="A review of a case in its recovery period.")
class RecordProgressReviewInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    reviewed_on: date = strawberry.field(description="The day of the review: since the decision, and not one to come.")
    contacted: list[ProgressContact] = strawberry.field(description="With whom there was contact; at least one.")
    words: str = strawberry.field(description=WORDS)


async def record_progress_review(
    info: Info, sent: Annotated[RecordProgressReviewInput, INPUT]
) -> payloads.RecordProgressReviewPayload:
    """Record a progress review; the clock that waits for one ends with it."""
    wanted = ProgressReview(about=about(sent), reviewed_on=sent.reviewed_on, contacted=tuple(sent.contacted))
    done = await progress.record(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.RecordProgressReviewPayload, done)
