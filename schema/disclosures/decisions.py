"""What a competent authority decided, what it proposes to decide, and why: three things with three readers."""

from datetime import date, datetime
from enum import Enum
from typing import Annotated

import strawberry

from policies.vocabulary import DataGroup
from schema.agency_names import AgencyName
from schema.disclosures.relied_on import EvidenceReliedOn
from schema.disclosures.steps import CaseStep, StepOutline
from schema.groups import Withheld, entry, group, value
from services.decisions.choices import DecisionOutcome, NegativeGround
from services.regimes.routing_words import Seat
from services.regimes.words import DecisionKind

strawberry.enum(DecisionKind, description="The two decisions of the mechanism.")
strawberry.enum(DecisionOutcome, description="Whether the test was met.")
strawberry.enum(NegativeGround, description="What a negative decision rests on.")
strawberry.enum(Seat, name="PanelSeat", description="For whom somebody sits on a panel.")


@strawberry.enum(description="What became of a proposal.")
class ProposalAnswer(Enum):
    RETURNED = strawberry.enum_value("returned", description="Given back with what is missing.")
    ISSUED = strawberry.enum_value("issued", description="It became the decision.")


@strawberry.type(
    directives=[entry(DataGroup.DECISIONS)], description="A decision that was issued; its reasons stand apart."
)
class Decision:
    id: strawberry.ID = strawberry.field(description="Its id inside the case.")
    kind: DecisionKind = strawberry.field(description="Which of the two.")
    outcome: DecisionOutcome = strawberry.field(description="Whether the test was met.")
    issued_on: date = strawberry.field(description="The London date of issue.")
    authority: AgencyName = strawberry.field(description="Who decided.")


@strawberry.type(directives=[value], description="Somebody who sat on a panel.")
class PanelSeatTaken:
    name: str = strawberry.field(description="Who.")
    seat: Seat = strawberry.field(description="For whom.")
    is_chair: bool = strawberry.field(description="Whether in the chair.")
    worked_on_case: bool = strawberry.field(description="Whether they have worked on the case.")


@strawberry.type(directives=[value], description="The panel that looked at what is proposed.")
class DecisionPanel:
    met_on: date = strawberry.field(description="On what day, in London.")
    members: list[PanelSeatTaken] = strawberry.field(description="Who sat on it.")


@strawberry.type(
    directives=[entry(DataGroup.DECISIONS)],
    description="A decision that somebody of your own authority proposed. Other agencies never see one.",
)
class DecisionProposal:
    id: strawberry.ID = strawberry.field(description="Give it back to issue or return it.")
    kind: DecisionKind = strawberry.field(description="Which of the two.")
    outcome: DecisionOutcome = strawberry.field(description="Whether the test is met.")
    reasons: str = strawberry.field(description="Why.")
    grounds: list[NegativeGround] = strawberry.field(description="What a negative rests on. Empty: it is positive.")
    evidence: list[EvidenceReliedOn] = strawberry.field(description="What it relies on.")
    childs_views: str | None = strawberry.field(description="The child's views. Null: an adult.")
    best_interests: str | None = strawberry.field(description="How they were considered. Null: an adult.")
    earlier_decision_on: date | None = strawberry.field(
        description="The day of an earlier positive decision that covers it: no recovery period begins by itself."
    )
    panel: DecisionPanel | None = strawberry.field(description="The panel that looked at it. Null: none did.")
    proposed_by: str = strawberry.field(description="Who proposed it.")
    proposed_at: datetime = strawberry.field(description="When.")
    answer: ProposalAnswer | None = strawberry.field(description="What became of it. Null: it waits for an answer.")
    answered_by: str | None = strawberry.field(description="Who answered. Null: nobody yet.")
    answered_at: datetime | None = strawberry.field(description="When. Null: not yet.")
    answer_reason: str | None = strawberry.field(description="What was missing. Null: not returned.")


@strawberry.type(directives=[group(DataGroup.DECISIONS)], description="The decisions issued so far, the oldest first.")
class Decisions:
    entries: list[Decision] = strawberry.field(description="Empty: none was issued.")
    proposals: list[DecisionProposal] = strawberry.field(
        description="What was proposed in your own authority, the oldest first. Empty for every other agency."
    )
    steps: list[CaseStep] = strawberry.field(
        description="What happened beside the decisions, the oldest first: suspended, extended, ended, asked again."
    )


@strawberry.type(directives=[value], description="An outcome and its date, and nothing else of the decision.")
class Outcome:
    kind: DecisionKind = strawberry.field(description="Which of the two.")
    outcome: DecisionOutcome = strawberry.field(description="Whether the test was met.")
    issued_on: date = strawberry.field(description="The London date of issue.")


@strawberry.type(directives=[group(DataGroup.DECISIONS)], description="What was decided and when, the oldest first.")
class DecisionsSummary:
    outcomes: list[Outcome] = strawberry.field(description="Empty: none was issued.")
    steps: list[StepOutline] = strawberry.field(description="What happened beside them, by kind and day.")


@strawberry.type(
    directives=[value], description="Why one decision was made, or taken back, fixed on the day on which it was."
)
class ReasonedDecision:
    decision_id: strawberry.ID = strawberry.field(description="The decision's id inside the case.")
    is_revocation: bool = strawberry.field(description="Whether this is why the decision was taken back.")
    test: str = strawberry.field(description="The words of the test in force on that day.")
    reasons: str = strawberry.field(description="Why.")
    grounds: list[NegativeGround] = strawberry.field(description="What a negative rests on. Empty: it was positive.")
    evidence: list[EvidenceReliedOn] = strawberry.field(description="What it relied on.")
    childs_views: str | None = strawberry.field(description="The child's views. Null: an adult.")
    best_interests: str | None = strawberry.field(description="How they were considered. Null: an adult.")


@strawberry.type(
    directives=[group(DataGroup.DECISION_REASONS)], description="Why the decisions were made, the oldest first."
)
class DecisionReasons:
    version: int = strawberry.field(description="Of this group.")
    entries: list[ReasonedDecision] = strawberry.field(
        description="One for each issued decision, and after it why it was taken back, if it was."
    )


DecisionsDisclosure = Annotated[
    Decisions | DecisionsSummary | Withheld,
    strawberry.union("DecisionsDisclosure", description="The decisions: whole, in summary, or withheld."),
]
DecisionReasonsDisclosure = Annotated[
    DecisionReasons | Withheld,
    strawberry.union("DecisionReasonsDisclosure", description="Why it was decided so, or withheld."),
]
