"""The table of contents of the language: every query and mutation, one entry each."""

from functools import cache

import strawberry
from strawberry.schema.config import StrawberryConfig

from schema import (
    access_limits,
    access_then,
    administering,
    administration,
    agencies,
    contacts,
    designations,
    leaving,
    ledger,
    lookups,
    machine_keys,
    machines,
    notice_answers,
    notices,
    people,
    reference,
    referrals,
    sessions,
    viewer,
    worklists,
)
from schema.access_limits import AccessLimits
from schema.access_then import AccessOfPayload
from schema.administering import ActAsPayload, AdministerPayload, DecideProposalPayload, ProposeChangePayload
from schema.administration import AdministrativeLineConnection, ProposalConnection
from schema.agencies import Agency, AgencyConnection
from schema.case_step_fields import CaseStepMutations
from schema.contacts import EndContactPointPayload, EndDutyPayload, RecordContactPointPayload, RecordDutyPayload
from schema.decision_fields import DecisionMutations
from schema.designations import Designations
from schema.drafts import DraftMutations, DraftQueries
from schema.groups import value
from schema.leaving import EndMembershipPayload
from schema.leaving_views import Leaving, PlannedEnd
from schema.ledger import LedgerLineConnection, LedgerTotalConnection
from schema.limit_fields import LimitMutations
from schema.machine_keys import ProposeMachineKeyPayload, RetireMachineKeyPayload
from schema.machine_views import MachineClient
from schema.machines import EndMachineClientPayload, ProposeMachineClientPayload
from schema.meeting_fields import MeetingMutations, MeetingQueries
from schema.meeting_views import Meeting
from schema.node import Node
from schema.notice_answers import AcknowledgeNoticePayload, CompleteTaskPayload, SetNoticePreferencePayload
from schema.notice_views import Notice, NoticePreference
from schema.notices import NoticeConnection
from schema.people import HeldOnDay, PersonConnection
from schema.quiet_schema import QuietSchema
from schema.records import Case, DutyToNotifyRecord
from schema.reference import ReferenceListPayload
from schema.referral_form import FormQueries
from schema.referrals import CloseConcernPayload, OpenConcernPayload, SubmitReferralPayload
from schema.regime_rows import RegimeQueries
from schema.scalars import SCALARS
from schema.sessions import SignOutEverywherePayload
from schema.sharing_root import SharingMutation, SharingQuery
from schema.teams import TeamQueries
from schema.viewer import Viewer
from schema.worklist_fields import WorklistMutations, WorklistQueries
from schema.worklists import CaseConnection, DutyToNotifyConnection


@strawberry.type(
    directives=[value], description="What can be read. Every look is in the ledger before the answer leaves."
)
class Query(MeetingQueries, SharingQuery, FormQueries, DraftQueries, TeamQueries, WorklistQueries, RegimeQueries):
    viewer: Viewer = strawberry.field(resolver=viewer.viewer, description="Who you are here, and what you act as.")
    case: Case | None = strawberry.field(
        resolver=lookups.one_case, description="One case by id or reference. Null: there is none, or none for you."
    )
    duty_to_notify_record: DutyToNotifyRecord | None = strawberry.field(
        resolver=lookups.one_notification,
        description="One notification by id or reference. Null: there is none, or none for you.",
    )
    node: Node | None = strawberry.field(
        resolver=lookups.node, description="Anything with a global id. Null: there is none, or none for you."
    )
    worklist: CaseConnection = strawberry.field(
        resolver=worklists.worklist, description="Cases that wait for you, or that your agency knows."
    )
    duty_to_notify_records: DutyToNotifyConnection = strawberry.field(
        resolver=worklists.notifications, description="Notifications that are yours, or that your agency knows."
    )
    notice: Notice | None = strawberry.field(
        resolver=notices.one_notice,
        description="One notice of that inbox by its reference. Null: there is none for you.",
    )
    notice_preferences: list[NoticePreference] = strawberry.field(
        resolver=notices.notice_preferences, description="Which kinds of notice you are sent an e-mail about."
    )
    notices: NoticeConnection = strawberry.field(
        resolver=notices.notices, description="The inbox of your agency in the function you act in."
    )
    agencies: AgencyConnection = strawberry.field(resolver=agencies.agencies, description="Agencies by name.")
    designations: Designations = strawberry.field(
        resolver=designations.designations, description="Who may or might refer, on which days."
    )
    functions_on: list[HeldOnDay] = strawberry.field(
        resolver=people.functions_on,
        description="Who of your agency had which function on a day, for administrators and governance officers.",
    )
    people: PersonConnection = strawberry.field(
        resolver=people.people, description="The people of your agency, for its administrators. The look is recorded."
    )
    planned_ends: list[PlannedEnd] = strawberry.field(
        resolver=leaving.planned_ends,
        description="What ends at your agency with a last day, for its administrators; empty for everybody else.",
    )
    leaving: Leaving | None = strawberry.field(
        resolver=leaving.leaving,
        description="What somebody of your agency would leave, for its administrators: counts only. The look is "
        "recorded. Null: nobody whose membership you can end.",
    )
    proposals: ProposalConnection = strawberry.field(
        resolver=administration.proposals, description="Changes that were proposed, for administrators."
    )
    machine_clients: list[MachineClient] = strawberry.field(
        resolver=machines.machine_clients,
        description="Systems that your agency let in, for its administrators; empty for everybody else.",
    )
    administrative_ledger: AdministrativeLineConnection = strawberry.field(
        resolver=administration.administrative_ledger,
        description="Who administered what in your agency, for its administrators and governance officers.",
    )
    access_of: AccessOfPayload = strawberry.field(
        resolver=access_then.access_of,
        description="Why somebody of your agency could see what of a record at a moment, for governance officers. "
        "NotFound: no such person or record, or none that your agency has to do with. Asking is recorded.",
    )
    access_limits: AccessLimits | None = strawberry.field(
        resolver=access_limits.access_limits,
        description="Who must not know of a record, for the lead agency's approver and for governance officers. Null: "
        "no such record, or not in your hands.",
    )
    ledger_totals: LedgerTotalConnection = strawberry.field(
        resolver=ledger.ledger_totals,
        description="The same lines counted by agency, data group, purpose and verdict, for governance officers.",
    )
    ledger: LedgerLineConnection = strawberry.field(
        resolver=ledger.ledger,
        description="Who looked at what, for governance officers: where your agency looked, or led the record. Reading "
        "this is a line as well.",
    )
    reference_list: ReferenceListPayload = strawberry.field(
        resolver=reference.reference_list, description="A list that closed answers of the form come from."
    )


@strawberry.type(
    directives=[value], description="What can be done: one mutation per operation. A problem: nothing was."
)
class Mutation(
    MeetingMutations,
    SharingMutation,
    DecisionMutations,
    CaseStepMutations,
    LimitMutations,
    DraftMutations,
    WorklistMutations,
):
    open_concern: OpenConcernPayload = strawberry.mutation(
        resolver=referrals.open_concern,
        description="Open a case at the first concern: no authority, no clock, not yet counted.",
    )
    submit_referral: SubmitReferralPayload = strawberry.mutation(
        resolver=referrals.submit_referral, description="Refer a person, directly or from a concern."
    )
    close_concern: CloseConcernPayload = strawberry.mutation(
        resolver=referrals.close_concern, description="Close a concern that will not be referred."
    )
    act_as: ActAsPayload = strawberry.mutation(
        resolver=administering.act_as, description="Act in another of your functions from now on, in this session."
    )
    propose_change: ProposeChangePayload = strawberry.mutation(
        resolver=administering.propose_change,
        description="Propose what gives somebody more; another administrator has to approve it.",
    )
    decide_proposal: DecideProposalPayload = strawberry.mutation(
        resolver=administering.decide_proposal, description="Approve, decline or withdraw a proposal."
    )
    propose_machine_client: ProposeMachineClientPayload = strawberry.mutation(
        resolver=machines.propose_machine_client,
        description="Propose a system of your agency; another administrator has to approve it by `decideProposal`.",
    )
    end_machine_client: EndMachineClientPayload = strawberry.mutation(
        resolver=machines.end_machine_client,
        description="End a machine client and its sessions at once and for ever.",
    )
    propose_machine_key: ProposeMachineKeyPayload = strawberry.mutation(
        resolver=machine_keys.propose_machine_key,
        description="Propose a further key of a living machine client; another administrator approves it.",
    )
    retire_machine_key: RetireMachineKeyPayload = strawberry.mutation(
        resolver=machine_keys.retire_machine_key,
        description="Retire a key of a machine client, and the sessions that it began, at once and for ever.",
    )
    administer: AdministerPayload = strawberry.mutation(
        resolver=administering.administer, description="Do at once what gives nobody more than before."
    )
    end_membership: EndMembershipPayload = strawberry.mutation(
        resolver=leaving.end_membership,
        description="End somebody's sessions, functions and teams, and hand over all that was theirs.",
    )
    acknowledge_notice: AcknowledgeNoticePayload = strawberry.mutation(
        resolver=notice_answers.acknowledge_notice, description="Say that you have a notice in hand."
    )
    complete_task: CompleteTaskPayload = strawberry.mutation(
        resolver=notice_answers.complete_task,
        description="Record that a task is done: how, and when somebody was told.",
    )
    set_notice_preference: SetNoticePreferencePayload = strawberry.mutation(
        resolver=notice_answers.set_notice_preference, description="Want a kind of notice by e-mail, or not."
    )
    record_contact_point: RecordContactPointPayload = strawberry.mutation(
        resolver=contacts.record_contact_point, description="Record a way to reach a function of an agency."
    )
    end_contact_point: EndContactPointPayload = strawberry.mutation(
        resolver=contacts.end_contact_point, description="End a contact point."
    )
    record_duty: RecordDutyPayload = strawberry.mutation(
        resolver=contacts.record_duty, description="Put somebody on duty for a function of an agency."
    )
    end_duty: EndDutyPayload = strawberry.mutation(resolver=contacts.end_duty, description="Take somebody off duty.")
    sign_out_everywhere: SignOutEverywherePayload = strawberry.mutation(
        resolver=sessions.sign_out_everywhere,
        description="End all your sessions, this one too; whoever holds a copy of one of your cookies gets nothing.",
    )


@cache
def build_schema() -> strawberry.Schema:
    """The whole language; it does not change while a process lives."""
    return QuietSchema(
        query=Query,
        mutation=Mutation,
        types=[Case, DutyToNotifyRecord, Agency, Meeting],
        config=StrawberryConfig(disable_field_suggestions=True, scalar_map=SCALARS),
    )
