"""A notice as a type, with who has it in hand, what was done, and whom to reach."""

from datetime import datetime

import strawberry

from schema.agency_names import AgencyName, named
from schema.contact_views import ContactPoint, Duty, contact_point, duty
from schema.groups import value
from schema.leaving_views import HandoverCounts
from schema.node import global_id
from schema.record_views import record
from schema.records import Record
from services.notices.views import HandoverView, NoticeView, PreferenceView, RefusedLooksView, TaskChannel
from services.outbox.kinds import NoticeKind

strawberry.enum(NoticeKind, description="Why you are told.")
strawberry.enum(TaskChannel, description="How somebody was told.")


@strawberry.type(directives=[value], description="Who has a notice in hand. The first who said so is kept.")
class Acknowledgement:
    name: str = strawberry.field(description="Who.")
    at: datetime = strawberry.field(description="Since when.")


@strawberry.type(directives=[value], description="That a task is done.")
class Completion:
    name: str = strawberry.field(description="Who recorded it.")
    at: datetime = strawberry.field(description="When it was recorded.")
    channel: TaskChannel | None = strawberry.field(description="How somebody was told. Null: nobody had to be told.")
    told_at: datetime | None = strawberry.field(description="When they were told. Null: nobody had to be told.")
    note: str = strawberry.field(description="What was done.")


@strawberry.type(directives=[value], description="What came from somebody who left: a count, and no record.")
class Handover:
    from_: str = strawberry.field(name="from", description="Who left.")
    to: str = strawberry.field(description="The colleague or the team that has it now.")
    counts: HandoverCounts = strawberry.field(description="How much.")


@strawberry.type(
    directives=[value], description="Looks that were refused to one person: how many, and at nothing named."
)
class RefusedLooks:
    person: str | None = strawberry.field(description="Who looked. Null: somebody of the agency named in `about`.")
    count: int = strawberry.field(description="How often so far; it grows until the notice's day is over.")
    last_at: datetime = strawberry.field(description="When last.")


@strawberry.type(directives=[value], description="Something your agency must know. It carries no content of a case.")
class Notice:
    id: strawberry.ID = strawberry.field(description="The notice's id.")
    reference: str = strawberry.field(description="What stands in an e-mail: the notice's own, not the record's.")
    kind: NoticeKind = strawberry.field(description="Why you are told, for programs.")
    title: str = strawberry.field(description="Why you are told, fit to show.")
    to_do: str = strawberry.field(description="What to do, fit to show.")
    is_task: bool = strawberry.field(description="Whether only a person can do it: somebody has to be found or told.")
    is_for_managers: bool = strawberry.field(
        description="Whether it is for managers of the intake team; where nobody manages it, everybody has it."
    )
    at: datetime = strawberry.field(description="Since when.")
    follows: str | None = strawberry.field(
        description="The reference of the notice that nobody answered. Answering one answers both. Null: follows none."
    )
    acknowledgement: Acknowledgement | None = strawberry.field(description="Who has it in hand. Null: nobody said so.")
    completion: Completion | None = strawberry.field(description="What was done. Null: not done, or no task.")
    chase_at: datetime | None = strawberry.field(
        description="When the inbox is reminded if nobody answers. Null: answered, reminded already, or never."
    )
    escalate_at: datetime | None = strawberry.field(
        description="When the managers are told if nobody answers. Null: answered, told already, or never."
    )
    about: AgencyName | None = strawberry.field(description="The agency to be told. Null: not about another agency.")
    contact_points: list[ContactPoint] = strawberry.field(
        description="How the agency to be told is reached; where somebody is there now stands first."
    )
    duty: list[Duty] = strawberry.field(description="Who is on duty at the agency to be told, now and later.")
    handover: Handover | None = strawberry.field(
        description="What was handed over. Null: this notice is about something else."
    )
    refused_looks: RefusedLooks | None = strawberry.field(
        description="Who was refused a look. Null: this notice is about something else."
    )
    record: Record | None = strawberry.field(
        description="What you may know of the record. Null: nothing, or no longer."
    )


@strawberry.type(directives=[value], description="Whether you are sent an e-mail about a kind of notice.")
class NoticePreference:
    kind: NoticeKind = strawberry.field(description="The kind.")
    title: str = strawberry.field(description="The kind, fit to show.")
    by_email: bool = strawberry.field(description="Whether an e-mail is sent. The inbox has every kind in any case.")
    has_switch: bool = strawberry.field(description="Whether you can change it; a child's notices always arrive.")


def notice(view: NoticeView) -> Notice:
    """A notice as the people of its inbox see it."""
    taken, done = view.acknowledgement, view.completion
    return Notice(
        id=global_id("Notice", view.id),
        reference=view.reference,
        kind=view.kind,
        title=view.title,
        to_do=view.to_do,
        is_task=view.is_task,
        is_for_managers=view.is_for_managers,
        at=view.created_at,
        follows=view.follows,
        acknowledgement=Acknowledgement(name=taken.name, at=taken.at) if taken else None,
        completion=Completion(name=done.name, at=done.at, channel=done.channel, told_at=done.told_at, note=done.note)
        if done
        else None,
        chase_at=view.chase_at,
        escalate_at=view.escalate_at,
        about=named(view.about) if view.about else None,
        contact_points=[contact_point(point) for point in view.reach.points],
        duty=[duty(shift) for shift in view.reach.duty],
        handover=_handover(view.handover) if view.handover else None,
        refused_looks=_refused(view.refused_looks) if view.refused_looks else None,
        record=record(view.record) if view.record else None,
    )


def _refused(view: RefusedLooksView) -> RefusedLooks:
    return RefusedLooks(person=view.person, count=view.count, last_at=view.last_at)


def _handover(view: HandoverView) -> Handover:
    counts = HandoverCounts(
        cases=view.cases,
        notifications=view.notifications,
        tasks=view.tasks,
        requests=view.requests,
        actions=view.actions,
    )
    return Handover(from_=view.from_name, to=view.to_name, counts=counts)


def preference(view: PreferenceView) -> NoticePreference:
    """A preference of the signed-in person."""
    return NoticePreference(kind=view.kind, title=view.title, by_email=view.by_email, has_switch=view.has_switch)
