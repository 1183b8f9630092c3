"""An adult who was referred without support wants it later: whoever supports in this nation is brought in then."""

from policies.vocabulary import Function, Relation
from services.decisions import steps_store
from services.decisions.acting import Scene
from services.outbox.kinds import NoticeKind
from services.referrals import participants, telling
from services.referrals.participants import Participants


async def bring_in(scene: Scene) -> None:
    """As the form would have done on receipt; nothing, where it did, or where the rules of a child hold."""
    reading, permit = scene.reading, scene.permit
    if not await steps_store.want_support(reading, permit):
        return
    found = Participants()
    prime = await participants.body(
        reading,
        Function.SUPPORT_PRIME,
        Relation.SUPPORT_INTAKE,
        scene.today,
        nation=scene.case.nation,
        notice=NoticeKind.SUPPORT_WANTED,
    )
    found.add(prime, NoticeKind.FIND_SUPPORT_PRIME)
    await telling.involve(reading, permit, found, telling.own_body(reading, Relation.REFERRER))
