"""Answering notices: one input and one payload each."""

from datetime import datetime
from typing import Annotated, TypeVar
from uuid import UUID

import strawberry
from strawberry import UNSET

from schema.context import Info
from schema.groups import value
from schema.inputs import INPUT, KEY, content_of
from schema.node import uuid_of
from schema.notice_views import Notice, NoticePreference, notice, preference
from schema.notices import groups_of_record
from schema.results import Problem, problem
from services.errors import WorkProblem
from services.notices import commands, queries
from services.notices.views import TaskChannel
from services.outbox.kinds import NoticeKind

WHY_NOT = "Why nothing was done. Null: it was done."


@strawberry.input(description="Saying that one has a notice in hand.")
class AcknowledgeNoticeInput:
    idempotency_key: str = strawberry.field(description=KEY)
    notice_id: strawberry.ID = strawberry.field(description="The notice.")


@strawberry.input(description="Recording that a task is done.")
class CompleteTaskInput:
    idempotency_key: str = strawberry.field(description=KEY)
    notice_id: strawberry.ID = strawberry.field(description="The task.")
    note: str = strawberry.field(description="What was done; at most 2,000 characters.")
    channel: TaskChannel | None = strawberry.field(
        default=UNSET, description="How somebody was told; required where a body without an account had to be."
    )
    told_at: datetime | None = strawberry.field(
        default=UNSET, description="When they were told, with its time zone; required together with `channel`."
    )


@strawberry.input(description="Wanting a kind of notice by e-mail, or not.")
class SetNoticePreferenceInput:
    idempotency_key: str = strawberry.field(description=KEY)
    kind: NoticeKind = strawberry.field(description="The kind.")
    by_email: bool = strawberry.field(description="Whether to send an e-mail.")


@strawberry.type(directives=[value], description="The notice after the act, or why nothing was done.")
class NoticePayload:
    notice: Notice | None = strawberry.field(
        description="The notice as you may see it now. Null: see `problem`; where that is null too, it was done and "
        "the notice is no longer for you."
    )
    problem: Problem | None = strawberry.field(description=WHY_NOT)


@strawberry.type(directives=[value], description="The notice with who has it in hand, or why nobody has.")
class AcknowledgeNoticePayload(NoticePayload): ...


@strawberry.type(directives=[value], description="The task with what was done, or why nothing was recorded.")
class CompleteTaskPayload(NoticePayload): ...


@strawberry.type(directives=[value], description="All your preferences after the act, or why they stay as they were.")
class SetNoticePreferencePayload:
    preferences: list[NoticePreference] | None = strawberry.field(description="Every kind. Null: see `problem`.")
    problem: Problem | None = strawberry.field(description=WHY_NOT)


P = TypeVar("P", bound=NoticePayload)


async def acknowledge_notice(info: Info, sent: Annotated[AcknowledgeNoticeInput, INPUT]) -> AcknowledgeNoticePayload:
    """Say that one has a notice in hand."""
    outcome = await commands.acknowledge(
        info.context.reading, sent.idempotency_key, _id(sent.notice_id), content_of(sent)
    )
    return await _payload(info, AcknowledgeNoticePayload, outcome)


async def complete_task(info: Info, sent: Annotated[CompleteTaskInput, INPUT]) -> CompleteTaskPayload:
    """Record that a task is done."""
    done = commands.Completion(
        notice=_id(sent.notice_id), note=sent.note, channel=sent.channel or None, told_at=sent.told_at or None
    )
    outcome = await commands.complete(info.context.reading, sent.idempotency_key, done, content_of(sent))
    return await _payload(info, CompleteTaskPayload, outcome)


async def set_notice_preference(
    info: Info, sent: Annotated[SetNoticePreferenceInput, INPUT]
) -> SetNoticePreferencePayload:
    """Want a kind by e-mail, or not."""
    reading = info.context.reading
    outcome = await commands.prefer(reading, sent.idempotency_key, sent.kind, content_of(sent), by_email=sent.by_email)
    if not isinstance(outcome, UUID):
        return SetNoticePreferencePayload(preferences=None, problem=problem(outcome))
    views = await queries.preferences(reading)
    return SetNoticePreferencePayload(preferences=[preference(view) for view in views], problem=None)


async def _payload(info: Info, payload: type[P], outcome: UUID | WorkProblem) -> P:
    if not isinstance(outcome, UUID):
        return payload(notice=None, problem=problem(outcome))
    found = await queries.one(info.context.reading, outcome, groups_of_record(info, "notice", "record"))
    return payload(notice=notice(found) if found else None, problem=None)


def _id(public: strawberry.ID) -> UUID:
    return uuid_of(public, "Notice") or UUID(int=0)
