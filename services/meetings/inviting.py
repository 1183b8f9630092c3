"""Inviting bodies: whoever has an account finds a notice; for any other the children's services get a task."""

from collections.abc import Iterable
from uuid import UUID

from policies.permit import Permit
from services.errors import Invalid
from services.meetings import bodies
from services.meetings.checks import Invitee
from services.meetings.store import writes
from services.outbox import store as outbox
from services.outbox.kinds import NoticeKind
from services.tools import Reading

PURPOSE = "Take part in a strategy meeting about a child"
LAWFUL_BASIS = "Legal obligation (UK GDPR Art 6(1)(c)); Children Act 1989 s47; Children Act 2004 s11"


async def invite_all(reading: Reading, permit: Permit, meeting: UUID, invitees: Iterable[Invitee]) -> Invalid | None:
    """Each of them; nobody where one of them is nobody."""
    for place, invitee in enumerate(invitees):
        body = await bodies.invited(reading, invitee, place)
        if isinstance(body, Invalid):
            return body
        await writes.invite(
            reading,
            permit,
            meeting,
            agency=body.agency,
            function=body.function,
            name=body.name,
            is_home=invitee.is_home_authority,
            purpose=PURPOSE,
            lawful_basis=LAWFUL_BASIS,
        )
        record, actor = permit.record_id, reading.actor
        if body.agency and await bodies.has_account(reading, body):
            await outbox.send(reading, NoticeKind.MEETING_INVITATION, record, body.agency, body.function)
        else:
            kind = NoticeKind.INVITE_BODY_WITHOUT_ACCOUNT
            await outbox.send(reading, kind, record, actor.agency_id, actor.function, about=body.agency)
    return None
