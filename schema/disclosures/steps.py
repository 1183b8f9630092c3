"""What happens to a case beside its decisions: steps that are never changed, whole or as their kind and day."""

from datetime import date
from typing import Annotated

import strawberry

from policies.vocabulary import DataGroup
from schema.agency_names import AgencyName
from schema.disclosures.relied_on import EvidenceReliedOn
from schema.groups import Withheld, entry, group, value
from services.decisions.step_words import (
    EndReason,
    ExtensionBasis,
    ProgressContact,
    ReconsiderationGround,
    ReviewOutcome,
    StepKind,
    SuspensionReason,
)
from services.regimes.words import AgeClass, Asker, DisqualificationGround, StatementForm

strawberry.enum(StepKind, name="CaseStepKind", description="What happened to a case beside its decisions.")
strawberry.enum(ExtensionBasis, description="Why a recovery period lasts longer.")
strawberry.enum(ProgressContact, description="With whom there was contact for a progress review.")
strawberry.enum(SuspensionReason, description="What a suspended referral waits for.")
strawberry.enum(EndReason, description="Why a case ended.")
strawberry.enum(AgeClass, name="AgeOutcome", description="What is believed about an age.")
strawberry.enum(Asker, name="ReconsiderationAsker", description="Who asks for a reconsideration.")
strawberry.enum(ReconsiderationGround, description="Why a decision should be looked at again.")
strawberry.enum(ReviewOutcome, description="How a judicial review ended.")
strawberry.enum(DisqualificationGround, description="Why the protection might be taken away.")


@strawberry.type(directives=[value], description="What a person said of their own referral, and who heard it.")
class PersonsStatement:
    form: StatementForm = strawberry.field(description="How it was said.")
    said_on: date = strawberry.field(description="The London date on which it was said.")
    heard_by: str | None = strawberry.field(description="Who heard it. Null: it was written.")
    heard_by_agency: str | None = strawberry.field(description="Their agency. Null: it was written.")


@strawberry.type(directives=[value], description="The list of evidence that the first decision rested on.")
class ReconsiderationPack:
    decision_id: strawberry.ID = strawberry.field(description="The decision's id inside the case.")
    evidence: list[EvidenceReliedOn] = strawberry.field(description="What it relied on, at its versions of then.")


@strawberry.type(
    directives=[entry(DataGroup.DECISIONS)],
    description="A step of the case. What a field is about tells `kind`; it is null in steps of other kinds.",
)
class CaseStep:
    id: strawberry.ID = strawberry.field(description="Its id inside the case.")
    kind: StepKind = strawberry.field(description="What happened.")
    happened_on: date = strawberry.field(description="The London date; it counts from then on.")
    agency: AgencyName = strawberry.field(description="Whose step it was.")
    words: str = strawberry.field(description="Why, in words fit for everybody who reads the decisions.")
    until: date | None = strawberry.field(
        description="Of an extension or a further period: the last day, or the one asked for."
    )
    earlier_decision_on: date | None = strawberry.field(
        description="Of a decision that an earlier one covers: the day of the earlier one."
    )
    basis: ExtensionBasis | None = strawberry.field(description="Of an extension.")
    reviewed_on: date | None = strawberry.field(description="Of a progress review: its day.")
    contacted: list[ProgressContact] | None = strawberry.field(
        description="Of a progress review: with whom there was contact."
    )
    missing: list[str] | None = strawberry.field(
        description="Of a return: what is missing or does not count, by the keys of the form."
    )
    suspension: SuspensionReason | None = strawberry.field(description="Of a suspension: what it waits for.")
    end_reason: EndReason | None = strawberry.field(description="Of an end other than by withdrawal.")
    statement: PersonsStatement | None = strawberry.field(description="Of a withdrawal, or of consent at 18.")
    wants_support: bool | None = strawberry.field(
        description="Of consent at 18: whether support is wanted, asked apart from staying. Null: not asked."
    )
    transferred_to: str | None = strawberry.field(description="Of a transfer: the authority's name.")
    age: AgeClass | None = strawberry.field(description="Of an age that was settled.")
    decision_id: strawberry.ID | None = strawberry.field(description="Which decision it is about.")
    asked_by: Asker | None = strawberry.field(description="Of a request for reconsideration.")
    grounds: list[ReconsiderationGround] | None = strawberry.field(description="Of a request for reconsideration.")
    why_late: str | None = strawberry.field(description="Of a request made after its last day.")
    pack: ReconsiderationPack | None = strawberry.field(description="Of a request for reconsideration.")
    court_reference: str | None = strawberry.field(description="Of a judicial review.")
    brought_on: date | None = strawberry.field(description="Of a claim for judicial review.")
    review_outcome: ReviewOutcome | None = strawberry.field(description="Of a judicial review that ended.")
    referred_to: str | None = strawberry.field(description="Of a referral on: the force or unit by name.")


@strawberry.type(
    directives=[value], description="That something happened to the case and when, and nothing else of it."
)
class StepOutline:
    kind: StepKind = strawberry.field(description="What happened.")
    happened_on: date = strawberry.field(description="The London date.")


@strawberry.type(directives=[value], description="What was looked at before the protection was taken away, or was not.")
class DisqualificationParts:
    facts: str | None = strawberry.field(description="What the ground rests on.")
    threat: str | None = strawberry.field(description="How great the threat is.")
    recovery_needs: str | None = strawberry.field(description="What the person needs in order to recover.")
    retrafficking_risk: str | None = strawberry.field(description="The risk of being trafficked again.")
    balance: str | None = strawberry.field(description="How all of this was weighed.")
    representations: str | None = strawberry.field(description="What was said for the person. Null: nothing.")
    told_on: date | None = strawberry.field(description="When the person was told that it is weighed. Null: was not.")


@strawberry.type(directives=[entry(DataGroup.DISQUALIFICATION)], description="A step of weighing a disqualification.")
class DisqualificationStep:
    id: strawberry.ID = strawberry.field(description="Its id inside the case.")
    kind: StepKind = strawberry.field(description="Weighed, disqualified or not.")
    happened_on: date = strawberry.field(description="The London date.")
    agency: AgencyName = strawberry.field(description="Whose step it was.")
    ground: DisqualificationGround = strawberry.field(description="On which ground.")
    words: str = strawberry.field(description="Why.")
    parts: DisqualificationParts | None = strawberry.field(description="What was looked at. Null: only weighed so far.")


@strawberry.type(
    directives=[group(DataGroup.DISQUALIFICATION)], description="Whether the protection was to be taken away."
)
class Disqualification:
    steps: list[DisqualificationStep] = strawberry.field(description="The oldest first. Empty: nobody weighed it.")


@strawberry.type(
    directives=[group(DataGroup.DISQUALIFICATION)], description="What became of it and when, and nothing else."
)
class DisqualificationSummary:
    steps: list[StepOutline] = strawberry.field(description="The oldest first. Empty: nobody weighed it.")


DisqualificationDisclosure = Annotated[
    Disqualification | DisqualificationSummary | Withheld,
    strawberry.union("DisqualificationDisclosure", description="A disqualification: whole, in summary, or withheld."),
]


@strawberry.type(
    directives=[group(DataGroup.PROTECTION)],
    description="Whether the person is protected from removal today: from a positive reasonable grounds decision to "
    "the later of the recovery period's last day and the conclusive decision, unless disqualified.",
)
class Protection:
    is_protected: bool = strawberry.field(description="Whether the person is protected today.")
    since: date | None = strawberry.field(description="From which day. Null: not protected.")
    at_least_until: date | None = strawberry.field(
        description="The first day that may be the last; it moves on while no conclusive decision is made. Null: not "
        "protected."
    )


ProtectionDisclosure = Annotated[
    Protection | Withheld,
    strawberry.union("ProtectionDisclosure", description="Whether the person is protected, or withheld."),
]
