"""Involving whom the form concerns, telling them, and leaving a task where somebody has to be found."""

from collections.abc import Iterable
from uuid import UUID

from policies.permit import Permit
from policies.vocabulary import Function, Relation
from services.cases.store import writes
from services.cases.store.writes import Reason
from services.outbox import store as outbox
from services.outbox.kinds import NoticeKind
from services.referrals.participants import Body, Participants
from services.tools import Reading

SENDERS = frozenset({Relation.REFERRER, Relation.SUBMITTER})
PURPOSES = {
    Relation.REFERRER: "Refer a potential victim to the National Referral Mechanism",
    Relation.DECISION_MAKER: "Decide whether the person is a victim of modern slavery",
    Relation.SAFEGUARDING_LEAD: "Safeguard a child, or a person who may be one",
    Relation.INVESTIGATING_POLICE: "Investigate modern slavery where the person is",
    Relation.SUPPORT_INTAKE: "Support an adult who asked for it",
    Relation.SUBMITTER: "Notify the Home Office of a suspected victim",
    Relation.RECORDER: "Record a notification of a suspected victim",
}
LAWFUL_BASES = {
    Relation.REFERRER: "Public task (UK GDPR Art 6(1)(e)); DPA 2018 Sch 1 para 18",
    Relation.DECISION_MAKER: "Public task (UK GDPR Art 6(1)(e)); Modern Slavery Act 2015 s49 guidance",
    Relation.SAFEGUARDING_LEAD: "Legal obligation (UK GDPR Art 6(1)(c)); Children Act 1989 s17 and s47",
    Relation.INVESTIGATING_POLICE: "Law enforcement (DPA 2018 Part 3); Modern Slavery Act 2015 s52",
    Relation.SUPPORT_INTAKE: "Public task (UK GDPR Art 6(1)(e)); Modern Slavery Act 2015 s50A",
    Relation.SUBMITTER: "Legal obligation (UK GDPR Art 6(1)(c)); Modern Slavery Act 2015 s52",
    Relation.RECORDER: "Legal obligation (UK GDPR Art 6(1)(c)); Modern Slavery Act 2015 s52",
}


def reason(relation: Relation, source: str) -> Reason:
    """Purpose and lawful basis of an involvement that the mechanism itself brings about."""
    return Reason(PURPOSES[relation], LAWFUL_BASES[relation], source)


async def involve(reading: Reading, permit: Permit, participants: Participants, teller: Body) -> None:
    """Involve everybody found and tell them; `teller` gets the tasks for whoever cannot be reached here."""
    for body in participants.bodies:
        await writes.involve(
            reading, permit, body.agency, body.function, body.relation, reason(body.relation, permit.action.value)
        )
    teller = _who_can_act(teller, participants)
    for body in participants.bodies:
        is_own = (body.agency, body.function) == (reading.actor.agency_id, reading.actor.function)
        if body.on_platform and body.notice is not None and not is_own:  # nobody is told of what they do themselves
            await outbox.send(reading, body.notice, permit.record_id, body.agency, body.function)
    for agency in _unreached(participants):
        kind = NoticeKind.TELL_BODY_WITHOUT_ACCOUNT
        await outbox.send(reading, kind, permit.record_id, teller.agency, teller.function, about=agency)
    for unfound in participants.unfound:
        await outbox.send(reading, unfound, permit.record_id, teller.agency, teller.function)


def _unreached(participants: Participants) -> Iterable[UUID]:
    """Agencies without an account, each once; what one has sent itself it knows."""
    unreached = (body for body in participants.bodies if not body.on_platform and body.relation not in SENDERS)
    return dict.fromkeys(body.agency for body in unreached)


def _who_can_act(teller: Body, participants: Participants) -> Body:
    """The referrer; where it has no account itself, whoever of those involved has one."""
    order = (Relation.SAFEGUARDING_LEAD, Relation.DECISION_MAKER, Relation.RECORDER, Relation.INVESTIGATING_POLICE)
    others = (participants.by(relation) for relation in order)
    return next((body for body in (teller, *others) if body and body.on_platform), teller)


def own_body(reading: Reading, relation: Relation) -> Body:
    """The actor's agency in the function acted in."""
    actor, viewer = reading.actor, reading.viewer
    return Body(actor.agency_id, viewer.agency_code, Function(actor.function), relation, on_platform=True)
