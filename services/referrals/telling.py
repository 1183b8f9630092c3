"""Involving whom the form concerns, telling them, and leaving a task where somebody has to be found."""

from collections.abc import Iterable
from uuid import UUID

from policies.permit import Permit
from policies.vocabulary import Function, Relation
from services.cases.store import writes
from services.cases.store.writes import Involvement, Reason
from services.outbox import store as outbox
from services.outbox.kinds import NoticeKind
from services.outbox.store import Notice
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
    source = permit.action.value
    found = participants.bodies
    involvements = [Involvement(b.agency, b.function, b.relation, reason(b.relation, source)) for b in found]
    await writes.involve(reading, permit, involvements)
    actor, teller = reading.actor, _who_can_act(teller, participants)
    own = (actor.agency_id, actor.function)  # nobody is told of what they do themselves
    others = [b for b in found if (b.agency, b.function) != own]
    told = [Notice(b.notice, b.agency, b.function) for b in others if b.on_platform and b.notice is not None]
    kind = NoticeKind.TELL_BODY_WITHOUT_ACCOUNT
    told += [Notice(kind, teller.agency, teller.function, agency) for agency in _unreached(participants)]
    told += [Notice(unfound, teller.agency, teller.function) for unfound in participants.unfound]
    await outbox.send_all(reading, permit.record_id, told)


async def have_authority_established(reading: Reading, permit: Permit, participants: Participants) -> None:
    """The public form does not ask of whom another authority decides: whoever received it looks in its own records."""
    decider = participants.by(Relation.DECISION_MAKER)
    if decider is not None:
        await outbox.send(reading, NoticeKind.ESTABLISH_AUTHORITY, permit.record_id, decider.agency, decider.function)


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
