"""Saying by a person's consent that a notification was about them."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry

from schema.case_step_input import PersonsStatementInput
from schema.choices import StatementForm
from schema.context import Info
from schema.groups import value
from schema.inputs import INPUT, KEY, content_of
from schema.node import given_uuid, lookup
from schema.record_views import case, duty_to_notify_record
from schema.records import Case, DutyToNotifyRecord
from schema.results import Problem, problem
from schema.selection import asked
from services.related import notified
from services.related.notified import Notified, NotifiedView


@strawberry.type(
    directives=[value],
    description="That a notification was about the person of a case; only the agency's function that said so reads it.",
)
class NotificationLink:
    notification: str = strawberry.field(description="The notification's reference.")
    case: str = strawberry.field(description="The case's reference.")
    form: StatementForm = strawberry.field(description="How the person agreed.")
    said_on: date = strawberry.field(description="When the person agreed.")
    heard_by: str = strawberry.field(description="Who heard or read it.")
    linked_at: datetime = strawberry.field(description="When it was recorded.")

    @classmethod
    def of(cls, view: NotifiedView) -> Self:
        """The link of this view."""
        return cls(
            notification=view.notification,
            case=view.case,
            form=view.form,
            said_on=view.said_on,
            heard_by=view.heard_by,
            linked_at=view.linked_at,
        )


@strawberry.input(description="That a notification was about the person of a case, who agreed that this is known.")
class LinkNotificationInput:
    idempotency_key: str = strawberry.field(description=KEY)
    notification_id: strawberry.ID = strawberry.field(description="The notification, which your agency sent.")
    case_id: strawberry.ID = strawberry.field(description="The case of the person, whom your agency referred.")
    consent: PersonsStatementInput = strawberry.field(description="How the person agreed; `heardBy` is required.")


@strawberry.type(directives=[value], description="The link, or why nothing was linked.")
class LinkNotificationPayload:
    link: NotificationLink | None = strawberry.field(description="The link. Null: see `problem`.")
    problem: Problem | None = strawberry.field(description="Why nothing was linked. Null: it was.")


@strawberry.type(
    directives=[value],
    description="A link with both of its records, for the agency's function that made it; each is a look of its own.",
)
class LinkedNotification:
    link: NotificationLink = strawberry.field(description="How it came to be known.")
    notification: DutyToNotifyRecord = strawberry.field(description="The notification.")
    case: Case = strawberry.field(description="The case of the person whom it spoke of.")


OfNotification = Annotated[strawberry.ID, strawberry.argument(description="The notification, by its id.")]


async def notification_link(info: Info, notification_id: OfNotification) -> LinkedNotification | None:
    """Of whom a notification of one's own agency spoke."""
    reading, wanted = info.context.reading, given_uuid(notification_id, "DutyToNotifyRecord")
    of_it, of_case = asked(info, "DutyToNotifyRecord", "notification"), asked(info, "Case", "case")
    async with info.context.turn:
        found = await notified.of(reading, wanted, of_it, of_case)
    if found is None:
        return None
    notification = duty_to_notify_record(found.notification)
    return LinkedNotification(link=NotificationLink.of(found.link), notification=notification, case=case(found.case))


async def link_notification(info: Info, sent: Annotated[LinkNotificationInput, INPUT]) -> LinkNotificationPayload:
    """Link a notification to the case of its person."""
    said = Notified(
        notification=lookup(sent.notification_id, "DutyToNotifyRecord"),
        case=lookup(sent.case_id, "Case"),
        form=sent.consent.form,
        said_on=sent.consent.said_on,
        heard_by=sent.consent.heard_by or "",
    )
    reading = info.context.reading
    outcome = await notified.link(reading, sent.idempotency_key, said, content_of(sent))
    if not isinstance(outcome, UUID):
        return LinkNotificationPayload(link=None, problem=problem(outcome))
    found = await notified.read(reading, outcome)
    return LinkNotificationPayload(link=NotificationLink.of(found) if found else None, problem=None)
