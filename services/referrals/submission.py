"""Receiving a form into a record: stored whole, routed by the row in force, with its clock, and everybody told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from policies.permit import Permit
from policies.vocabulary import Action, DataGroup, Function, Relation
from services import gate
from services.cases import queries as cases
from services.cases.store import writes
from services.cases.store.writes import Clock
from services.cases.views import RecordView, Stage
from services.clocks.rules import london_date, open_clock
from services.errors import Conflict, WorkProblem
from services.gate import Admission
from services.meetings.statement import Statement
from services.outbox.kinds import NoticeKind
from services.reference.designations import Designation
from services.referrals import coming_of_age, participants, recording, routing, store, telling
from services.referrals.choices import Channel
from services.referrals.draft import ReferralDraft
from services.referrals.participants import Body, Participants
from services.referrals.recording import Facts
from services.referrals.screening import require_screened
from services.regimes import queries as regimes
from services.regimes.lead_agency import lead
from services.regimes.row_types import DutyRow
from services.tools import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A checked form with how and when it arrived, the first responder that it came from, and the concern's day."""

    draft: ReferralDraft
    channel: Channel
    received_at: datetime
    sender: Designation
    concern_on: date | None = None
    strategy_meeting: Statement | None = None
    cooperation_recorded: bool = False  # the record's first fact: it decides whether anybody may be named in it

    @property
    def day(self) -> date:
        """The London date of receipt: routing and the first clock depend on it."""
        return london_date(self.received_at)

    @property
    def holds_from(self) -> date:
        """From when its facts hold: what a form says comes after what the concern said, even if it was sent before."""
        return max(self.day, self.concern_on or self.day)

    @property
    def facts(self) -> Facts:
        """What of the form may change with time."""
        draft = self.draft
        return Facts(
            age=draft.age,
            nation=draft.nation.value,
            age_group=DataGroup.DUTY_TO_NOTIFY if draft.is_duty_to_notify else DataGroup.IDENTITY,
            age_at_exploitation=None if draft.is_anonymous else draft.age_at_exploitation,
            current_town=None if draft.is_anonymous else draft.current_town,
            current_region=None if draft.is_anonymous else draft.current_region,
            cooperates=None if self.cooperation_recorded else draft.cooperates,
            support_wanted=draft.support_wanted,
            consent=draft.consent.value,
            duty_row=self.duty.row if self.duty else None,
            stage=None if draft.is_duty_to_notify else Stage.AWAITING_REASONABLE_GROUNDS,
        )

    @property
    def duty(self) -> DutyRow | None:
        """Whether its sender owed this notification, by the row of its day."""
        if not self.draft.is_duty_to_notify:
            return None
        return regimes.duty_to_notify(self.sender.referrer_kind, self.draft.nation.value, self.day, self.sender.seat)

    @property
    def groups(self) -> frozenset[DataGroup]:
        """Every group that storing this form touches."""
        return recording.groups_written(self.draft.answers, self.facts) | {DataGroup.REFERRER}


async def receive(reading: Reading, received: Received, record_id: UUID, act: Action) -> Permit | WorkProblem:
    """Store a form in a record that the actor has opened or joined, route it, start its clock and tell everybody."""
    admission = await gate.ask(reading, act, str(record_id), received.groups)
    if not isinstance(admission, Admission):
        return admission
    permit = admission.permit
    authority, decider = await routing.authority(reading, received.draft, received.day, received.sender)
    await _store(reading, permit, received, authority.row)
    found = await _participants(reading, received, decider)
    if act is Action.REFERRAL_IMPORT and routing.is_provisional(received.draft, received.day, authority):
        await telling.have_authority_established(reading, permit, found)
    await _start_clock(reading, permit, received, found)
    sender = await _sender(reading, received, Relation.REFERRER)
    if sender.agency == reading.actor.agency_id and act is Action.REFERRAL_SUBMIT:
        sender = telling.own_body(reading, Relation.REFERRER)  # in the function acted in: its tasks go there
    else:
        found.add(sender)
    await telling.involve(reading, permit, found, sender)
    await _hand_lead(reading, permit, received, found, sender)
    return permit


async def receive_notification(
    reading: Reading, received: Received, record_id: UUID, act: Action
) -> Permit | WorkProblem:
    """Store a Duty to Notify form: no case, clock or authority; the Home Office and the force are told."""
    require_screened(received.draft)
    admission = await gate.ask(reading, act, str(record_id), received.groups - {DataGroup.CLOCKS})
    if not isinstance(admission, Admission):
        return admission
    permit, draft, today = admission.permit, received.draft, london_date(reading.now)
    await _store(reading, permit, received, None)
    notice, found = NoticeKind.DUTY_TO_NOTIFY_RECEIVED, Participants()
    home_office = await participants.body(
        reading, Function.DUTY_TO_NOTIFY_RECORDING, Relation.RECORDER, today, notice=notice
    )
    if home_office is None:
        raise LookupError("nobody among the agencies records notifications")
    found.add(home_office)
    place, own = (draft.current_town, draft.current_region), received.sender.organisation.code
    found.add(await participants.police(reading, today, place, own, notice), NoticeKind.FIND_POLICE_FORCE)
    if act is Action.DUTY_TO_NOTIFY_SUBMIT:  # its opener is involved and leads already, in the function acted in
        await telling.involve(reading, permit, found, telling.own_body(reading, Relation.SUBMITTER))
        return permit
    sender = await _sender(reading, received, Relation.SUBMITTER)
    found.add(sender)
    await telling.involve(reading, permit, found, sender)
    await writes.hand_lead(reading, permit, sender.agency, "Sent the notification")
    return permit


async def still_a_concern(
    reading: Reading, lookup: str, expected_version: int, looked_at: Collection[DataGroup] = ()
) -> RecordView | Conflict | None:
    """The concern to refer; Conflict when it moved on; None when there is none for this actor."""
    case = await cases.one(reading, lookup, looked_at)
    if case is None or (case.stage is Stage.CONCERN and case.version == expected_version):
        return case
    if case.stage is not Stage.CONCERN:
        return Conflict("NOT_A_CONCERN", "This case was referred or closed before.", "Read the case again.")
    return Conflict(
        "VERSION_MOVED", f"This case is at version {case.version} now.", "Read the case again and decide once more."
    )


async def _store(reading: Reading, permit: Permit, received: Received, authority_row: str | None) -> None:
    organisation = received.sender.organisation
    await store.add(
        reading,
        permit,
        received.draft,
        code=organisation.code,
        name=organisation.name,
        channel=received.channel.value,
        received_at=received.received_at,
        authority_row=authority_row,
        strategy_meeting=received.strategy_meeting,
    )
    await recording.record(reading, permit, received.draft.answers, received.facts, received.holds_from)


async def _participants(reading: Reading, received: Received, decider: Body | None) -> Participants:
    draft, today = received.draft, london_date(reading.now)
    found, own = Participants(), received.sender.organisation.code
    found.add(decider)
    told = NoticeKind.CHILD_REFERRAL if draft.acts_as_child else None
    place = (draft.current_town, draft.current_region)
    found.add(await participants.police(reading, today, place, own, told), NoticeKind.FIND_POLICE_FORCE)
    if draft.acts_as_child:
        services = await participants.childrens_services(
            reading, today, draft.local_authority, own, NoticeKind.CHILD_REFERRAL
        )
        found.add(services, NoticeKind.FIND_CHILDRENS_SERVICES)
    elif draft.support_wanted:
        prime = await participants.body(
            reading,
            Function.SUPPORT_PRIME,
            Relation.SUPPORT_INTAKE,
            today,
            nation=draft.nation.value,
            notice=NoticeKind.SUPPORT_WANTED,
        )
        found.add(prime, NoticeKind.FIND_SUPPORT_PRIME)
    return found


async def _start_clock(reading: Reading, permit: Permit, received: Received, found: Participants) -> None:
    """Receipt starts the reasonable grounds target; it ends what the concern waited for."""
    decider = found.by(Relation.DECISION_MAKER)
    if decider is None:
        raise LookupError("the competent authority of this day is not among the agencies")
    definition = regimes.clock_definition("reasonable_grounds", received.day, received.draft.nation)
    draft = open_clock(definition, received.received_at)
    if received.concern_on is not None:
        await writes.end_clocks(reading, permit, "referral_or_closure")
    await writes.start_clock(
        reading,
        permit,
        Clock(
            kind=draft.clock.value,
            form=draft.kind.value,
            awaits="reasonable_grounds_decision",
            awaits_agency=decider.agency,
            starts_on=draft.starts_on,
            due_on=draft.due_on,
            proof=draft.proof,
            regime_row=draft.row,
        ),
    )
    await coming_of_age.start_clock(reading, permit, received.draft, received.day, decider.agency)


async def _sender(reading: Reading, received: Received, relation: Relation) -> Body:
    """The first responder as an agency; the actor's own when it is the same one in that function."""
    code = received.sender.organisation.code
    found = await participants.body(
        reading, Function.FIRST_RESPONDER, relation, london_date(reading.now), code=code
    ) or await participants.body(reading, Function.FIRST_RESPONDER, relation, received.day, code=code)
    if found is None:
        raise LookupError("the first responder is not among the agencies")
    return found


async def _hand_lead(reading: Reading, permit: Permit, received: Received, found: Participants, sender: Body) -> None:
    """The lead after submission; where the one who should lead could not be found, the referrer leads."""
    draft = received.draft
    relation = lead(draft.age.value, bool(draft.support_wanted), concern_only=False)
    leader = found.by(relation) or sender
    await writes.hand_lead(reading, permit, leader.agency, f"Leads as {relation.value.replace('_', ' ')}")
