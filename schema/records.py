"""The record types: a case, and a Duty to Notify record. Their own fields are the group CORE."""

from datetime import date, datetime
from enum import Enum
from typing import Annotated

import strawberry

from policies.vocabulary import DataGroup
from schema.access import Access
from schema.agency_names import AgencyName
from schema.disclosures.account import AccountDisclosure
from schema.disclosures.child_protection import ChildProtectionDisclosure
from schema.disclosures.contact import ContactDisclosure
from schema.disclosures.credibility import CredibilityDisclosure
from schema.disclosures.criminal_justice import CriminalJusticeDisclosure
from schema.disclosures.decisions import DecisionReasonsDisclosure, DecisionsDisclosure
from schema.disclosures.duty_to_notify import DutyToNotifyDisclosure
from schema.disclosures.evidence import EvidenceDisclosure
from schema.disclosures.exploiters import ExploitersDisclosure
from schema.disclosures.identity import IdentityDisclosure
from schema.disclosures.immigration import ImmigrationDisclosure
from schema.disclosures.living import AccommodationDisclosure, HealthDisclosure, SafeAddressDisclosure
from schema.disclosures.next_steps import LeaveDisclosure, WishesDisclosure
from schema.disclosures.referrer import ReferrerDisclosure
from schema.disclosures.steps import DisqualificationDisclosure, ProtectionDisclosure
from schema.disclosures.support_plan import SupportPlanDisclosure
from schema.groups import Withheld, group, value
from schema.minutes import StrategyMinutesDisclosure
from schema.node import Node
from schema.share_views import InformationRequestsDisclosure
from schema.waiting_views import Waiting
from services.cases.views import Stage

ACCESS = "Why you see what you see of this record; it discloses no group."

strawberry.enum(Stage, description="Where a case stands on its way.")


@strawberry.type(directives=[value], description="To whom in your own agency the record is assigned.")
class Assignment:
    name: str = strawberry.field(description="The person or team.")
    is_team: bool = strawberry.field(description="Whether it is a team.")
    since: datetime = strawberry.field(description="Since when.")
    reason: str = strawberry.field(description="Why, as given then.")


@strawberry.enum(description="What kind of date a clock gives.")
class ClockForm(Enum):
    TARGET = strawberry.enum_value("target", description="Aimed at; being over it makes nothing invalid.")
    MINIMUM = strawberry.enum_value("minimum", description="Not before this date.")
    LIMIT = strawberry.enum_value("limit", description="Not after this date.")
    EXPIRY = strawberry.enum_value("expiry", description="Something ends on this date.")
    OPEN = strawberry.enum_value("open", description="Waits without a date.")


@strawberry.type(directives=[value], description="A day that was not counted, and why.")
class SkippedDay:
    day: date = strawberry.field(description="The day.")
    reason: str = strawberry.field(description="Such as `Saturday` or `Spring bank holiday`.")


@strawberry.type(directives=[value], description="How a due date was counted; enough to check it by hand.")
class ClockProof:
    source: str = strawberry.field(description="Where the rule comes from.")
    row: str = strawberry.field(description="The row of the regime that applied.")
    starts_on: date = strawberry.field(description="The London date of the event.")
    length: int = strawberry.field(description="How many days are counted.")
    unit: str = strawberry.field(description="`working_days`, or `calendar_days`: every day counts.")
    first_day: str = strawberry.field(description="Day one: `day_after` the event, or the `event_day` itself.")
    counted: list[date] = strawberry.field(description="Every working day that counted. Empty for calendar days.")
    skipped: list[SkippedDay] = strawberry.field(description="Every day in between that did not, and why.")
    provisional: list[date] = strawberry.field(
        description="Days whose bank holidays are not known: the due date may move. Empty: it stands."
    )
    extended_until: list[date] = strawberry.field(description="How it was lengthened, step by step. Empty: never.")


@strawberry.type(directives=[value], description="Something the case waits for.")
class Clock:
    kind: str = strawberry.field(description="Such as `reasonable_grounds`, or `referral_or_closure` for a concern.")
    form: ClockForm = strawberry.field(description="What kind of date it gives.")
    waits_for: str = strawberry.field(description="What has to happen.")
    waits_for_agency: AgencyName = strawberry.field(description="Who has to do it.")
    due_on: date | None = strawberry.field(description="The last day, until London midnight. Null: no date.")
    days_left: int | None = strawberry.field(description="0 on the last day, negative once over. Null: no date.")
    proof: ClockProof | None = strawberry.field(
        description="How the date was counted. Null: no date, or one that people set."
    )


@strawberry.type(directives=[group(DataGroup.CLOCKS)], description="What the case waits for, the next due first.")
class Clocks:
    next: Clock | None = strawberry.field(description="The next one. Null: it waits for nothing.")
    all: list[Clock] = strawberry.field(description="Every one that runs.")
    waiting: Waiting | None = strawberry.field(
        description="What your agency noted last in your function; no other agency reads it. Null: nothing."
    )
    waiting_version: int = strawberry.field(description="Of `waiting`; give it back when you note something.")


ClocksDisclosure = Annotated[
    Clocks | Withheld, strawberry.union("ClocksDisclosure", description="What the case waits for, or withheld.")
]


@strawberry.type(
    directives=[group(DataGroup.CORE)],
    description="One person's way through the system. It opens at the first concern; the referral is an event in it.",
)
class Case(Node):
    reference: str = strawberry.field(description="What people write down: random, with a check character.")
    version: int = strawberry.field(description="Of these own fields; give it back as `expectedVersion`.")
    stage: Stage = strawberry.field(description="Where the case stands.")
    opened_at: datetime = strawberry.field(description="When the first concern was recorded.")
    lead: AgencyName = strawberry.field(description="The one agency that leads now.")
    assignments: list[Assignment] = strawberry.field(description="Who has it in your agency and function.")
    assignment_version: int = strawberry.field(description="Of `assignments`; give it back when you assign.")
    access: Access = strawberry.field(description=ACCESS)
    clocks: ClocksDisclosure | None = strawberry.field(description="What the case waits for, and for whom.")
    identity: IdentityDisclosure | None = strawberry.field(description="Who the person is.")
    contact: ContactDisclosure | None = strawberry.field(description="How to reach the person, and whether it is safe.")
    account: AccountDisclosure | None = strawberry.field(description="What happened.")
    exploiters: ExploitersDisclosure | None = strawberry.field(description="Who did it.")
    evidence: EvidenceDisclosure | None = strawberry.field(description="What supports the account.")
    referrer: ReferrerDisclosure | None = strawberry.field(description="Who referred, and the referral as an event.")
    immigration: ImmigrationDisclosure | None = strawberry.field(description="What the Home Office knows already.")
    criminal_justice: CriminalJusticeDisclosure | None = strawberry.field(description="What the police know already.")
    support_plan: SupportPlanDisclosure | None = strawberry.field(description="Whether support is wanted.")
    health: HealthDisclosure | None = strawberry.field(description="What helps to keep the person well.")
    accommodation: AccommodationDisclosure | None = strawberry.field(description="Whether and how they are housed.")
    safe_address: SafeAddressDisclosure | None = strawberry.field(description="Where the person lives.")
    child_protection: ChildProtectionDisclosure | None = strawberry.field(description="What children's services know.")
    credibility: CredibilityDisclosure | None = strawberry.field(description="Concerns about the account.")
    decisions: DecisionsDisclosure | None = strawberry.field(description="What was decided, and when.")
    strategy_minutes: StrategyMinutesDisclosure | None = strawberry.field(description="Strategy meetings.")
    information_requests: InformationRequestsDisclosure | None = strawberry.field(
        description="What your function shared of it and asked, was given and is asked."
    )
    disqualification: DisqualificationDisclosure | None = strawberry.field(
        description="Whether the protection was to be taken away."
    )
    protection: ProtectionDisclosure | None = strawberry.field(
        description="Whether the person is protected from removal today."
    )
    wishes: WishesDisclosure | None = strawberry.field(description="What the person wants to happen next.")
    leave: LeaveDisclosure | None = strawberry.field(description="Whether the person may stay.")
    decision_reasons: DecisionReasonsDisclosure | None = strawberry.field(description="Why it was decided so.")


@strawberry.type(
    directives=[group(DataGroup.CORE)],
    description="A notification to the Home Office about an adult who did not agree to be referred. Never a case: no "
    "clock, no decision, and no identity unless the adult cooperates.",
)
class DutyToNotifyRecord(Node):
    reference: str = strawberry.field(description="What people write down: random, with a check character.")
    version: int = strawberry.field(description="Of these own fields.")
    opened_at: datetime = strawberry.field(description="When it was recorded.")
    lead: AgencyName = strawberry.field(description="The agency that sent it.")
    assignments: list[Assignment] = strawberry.field(description="Who has it in your agency and function.")
    access: Access = strawberry.field(description=ACCESS)
    particulars: DutyToNotifyDisclosure | None = strawberry.field(description="What may be said without a name.")
    referrer: ReferrerDisclosure | None = strawberry.field(description="Who notified, and how it arrived.")
    account: AccountDisclosure | None = strawberry.field(description="What may be said of what happened.")
    identity: IdentityDisclosure | None = strawberry.field(description="Only of an adult who cooperates.")
    contact: ContactDisclosure | None = strawberry.field(description="Only of an adult who cooperates.")


Record = Annotated[
    Case | DutyToNotifyRecord, strawberry.union("Record", description="A case or a Duty to Notify record.")
]
