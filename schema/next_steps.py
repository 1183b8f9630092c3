"""What happens next. One input and one payload each; nothing is decided here."""

from typing import Annotated

import strawberry

from schema import next_step_input as given_as
from schema.case_payload import CasePayload, case_payload
from schema.case_steps import about
from schema.context import Info
from schema.groups import value
from schema.inputs import INPUT, content_of
from services.decisions import leave, onward, wishing
from services.decisions.leave import Leave
from services.decisions.onward import Cooperation, Onward, Status
from services.decisions.wishing import Arranged, SafeContact, Wishes


@strawberry.type(directives=[value], description="The case with the wish, or why it was not kept.")
class RecordWishPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case with what was arranged, or why it was not kept.")
class ArrangeNextStepPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case with the fact, or why it was not kept.")
class RecordStatusPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case with the decision on leave, or why there is none.")
class DecideLeavePayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case with the confirmation, or why it was not kept.")
class RecordCooperationPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case with the referral on, or why it was not kept.")
class ReferOnPayload(CasePayload): ...


def _safe_contact(sent: given_as.SafeContactInput | None) -> SafeContact | None:
    if sent is None:
        return None
    return SafeContact(channels=tuple(sent.channels), sender=sent.sender, words=sent.words, language=sent.language)


async def record_wish(info: Info, sent: Annotated[given_as.RecordWishInput, INPUT]) -> RecordWishPayload:
    """Keep what the person wants to happen next."""
    wanted = Wishes(
        about=about(sent), wants=tuple(sent.wants), said_on=sent.said_on, contact=_safe_contact(sent.contact or None)
    )
    done = await wishing.wish(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, RecordWishPayload, done)


async def arrange_next_step(
    info: Info, sent: Annotated[given_as.ArrangeNextStepInput, INPUT]
) -> ArrangeNextStepPayload:
    """Keep what was arranged because the person wants it."""
    wanted = Arranged(
        about=about(sent),
        what=sent.what,
        organisation=sent.organisation or None,
        parts=tuple(sent.parts or ()),
        route=sent.route or None,
    )
    done = await wishing.arrange(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, ArrangeNextStepPayload, done)


async def record_status(info: Info, sent: Annotated[given_as.RecordStatusInput, INPUT]) -> RecordStatusPayload:
    """Keep a fact about immigration status."""
    wanted = Status(about=about(sent), fact=sent.fact, since=sent.since, until=sent.until or None)
    done = await onward.record_status(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, RecordStatusPayload, done)


async def decide_leave(info: Info, sent: Annotated[given_as.DecideLeaveInput, INPUT]) -> DecideLeavePayload:
    """Decide whether somebody may stay."""
    wanted = Leave(
        about=about(sent),
        outcome=sent.outcome,
        grounds=tuple(sent.grounds),
        until=sent.until or None,
        best_interests=sent.best_interests or None,
    )
    done = await leave.decide(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, DecideLeavePayload, done)


async def record_cooperation(
    info: Info, sent: Annotated[given_as.RecordCooperationInput, INPUT]
) -> RecordCooperationPayload:
    """As the investigating force, confirm that somebody works with it."""
    wanted = Cooperation(about=about(sent), cooperates=sent.cooperates)
    done = await onward.record_cooperation(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, RecordCooperationPayload, done)


async def refer_on(info: Info, sent: Annotated[given_as.ReferOnInput, INPUT]) -> ReferOnPayload:
    """Keep that somebody was referred on."""
    wanted = Onward(about=about(sent), to=sent.to, organisation=sent.organisation)
    done = await onward.refer_on(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, ReferOnPayload, done)


@strawberry.type(directives=[value], description="What happens next.")
class NextStepMutations:
    record_wish: RecordWishPayload = strawberry.mutation(
        resolver=record_wish, description="Record what the person wants to happen next; support depends on none of it."
    )
    arrange_next_step: ArrangeNextStepPayload = strawberry.mutation(
        resolver=arrange_next_step,
        description="Record what was arranged because the person wants it: a return home, a solicitor, compensation.",
    )
    record_status: RecordStatusPayload = strawberry.mutation(
        resolver=record_status,
        description="Record an asylum claim, temporary admission or leave; the question of leave is considered anew.",
    )
    decide_leave: DecideLeavePayload = strawberry.mutation(
        resolver=decide_leave, description="Decide whether somebody may stay, where there is a question of leave."
    )
    record_cooperation: RecordCooperationPayload = strawberry.mutation(
        resolver=record_cooperation,
        description="As the investigating force, confirm that somebody works with it, or does so no more.",
    )
    refer_on: ReferOnPayload = strawberry.mutation(
        resolver=refer_on, description="Record that somebody was referred on to police or the Home Office."
    )
