"""Telling those who read a part that there is something for them; whoever does not read it is never told."""

from uuid import UUID

from policies.vocabulary import Function
from services.meetings.parts import participants
from services.meetings.views import MeetingView
from services.outbox import store as outbox
from services.outbox.kinds import NoticeKind
from services.tools import Reading


async def tell_readers(reading: Reading, view: MeetingView, part: UUID, kind: NoticeKind) -> None:
    """A notice for each function that reads this part, except the actor's own."""
    found = next(one for one in view.signing.parts if one.id == part)
    actor = reading.actor
    readers = participants(view) if found.is_open else {(agency.id, function) for agency, function in found.readers}
    for agency, function in sorted(readers - {(actor.agency_id, actor.function)}, key=_in_order):
        await outbox.send(reading, kind, view.record_id, agency, function, about=actor.agency_id)


async def tell_invited(reading: Reading, view: MeetingView, kind: NoticeKind) -> None:
    """A notice for each invited function with an account; a task of one's own for each body without."""
    actor = reading.actor
    for one in view.invitations:
        if one.agency is not None and one.has_account:
            await outbox.send(reading, kind, view.record_id, one.agency, one.function)
        else:
            task = NoticeKind.TELL_BODY_OF_CHANGED_MEETING
            await outbox.send(reading, task, view.record_id, actor.agency_id, actor.function, about=one.agency)


def _in_order(reader: tuple[UUID, Function]) -> tuple[str, str]:
    return (str(reader[0]), reader[1].value)
