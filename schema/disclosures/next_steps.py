"""What happens next: what the person wants and what was arranged, leave, status, and work with an investigation."""

from datetime import date
from typing import Annotated

import strawberry

from policies.vocabulary import DataGroup
from schema.agency_names import AgencyName
from schema.disclosures.steps import StepOutline
from schema.groups import Withheld, entry, group, value
from services.decisions.next_words import Arrangement, CompensationRoute, LeaveOutcome, ReferredTo, StatusFact, Wish
from services.decisions.step_words import StepKind
from services.letters.words import LetterChannel, LetterLanguage, LetterWords, SenderName
from services.regimes.next_words import Circumstance, LeaveGround, Opening, ReturnPart

strawberry.enum(Wish, description="What a person wants to happen next.")
strawberry.enum(Arrangement, name="NextStepArrangement", description="What was arranged because the person wants it.")
strawberry.enum(CompensationRoute, description="By which way compensation is sought.")
strawberry.enum(StatusFact, description="A fact about immigration status.")
strawberry.enum(LeaveOutcome, description="What was decided about leave.")
strawberry.enum(ReferredTo, description="To whom somebody is referred on after a negative decision.")
strawberry.enum(Circumstance, name="LeaveCircumstance", description="What decides whether leave is a question.")
strawberry.enum(Opening, name="LeaveQuestion", description="Whether there is a question of leave.")
strawberry.enum(LeaveGround, description="Why somebody may stay; which ones count depends on the day.")
strawberry.enum(ReturnPart, description="What help to go home consists of; what is offered depends on the day.")
strawberry.enum(LetterChannel, description="How a letter reaches somebody.")
strawberry.enum(SenderName, name="LetterSender", description="The authority's name, or one that tells nothing.")
strawberry.enum(LetterWords, description="The whole letter, or only that one waits.")
strawberry.enum(LetterLanguage, description="In which languages there is a wording.")

KIND = "What happened."
DAY = "The London date; it counts from then on."
WHOSE = "Whose step it was."
STEP_ID = "Its id inside the case."


@strawberry.type(directives=[value], description="How letters may come, as the person says; nothing else is safe.")
class SafeContact:
    channels: list[LetterChannel] = strawberry.field(description="The safe ways. Empty: none is.")
    sender: SenderName = strawberry.field(description="Which name may stand on what arrives.")
    words: LetterWords = strawberry.field(description="What may stand in it; under a neutral name neutral words leave.")
    language: LetterLanguage = strawberry.field(description="In which language.")


@strawberry.type(
    directives=[entry(DataGroup.WISHES)],
    description="A wish, or what was arranged for one. A field that is about steps of another kind is null.",
)
class WishStep:
    id: strawberry.ID = strawberry.field(description=STEP_ID)
    kind: StepKind = strawberry.field(description=KIND)
    happened_on: date = strawberry.field(description=DAY)
    agency: AgencyName = strawberry.field(description=WHOSE)
    words: str = strawberry.field(description="What was said, or agreed, in words.")
    wants: list[Wish] | None = strawberry.field(description="Of a wish.")
    contact: SafeContact | None = strawberry.field(description="Of a wish: how letters may come. Null: not said.")
    said_on: date | None = strawberry.field(description="Of a wish: the day on which the person said so.")
    organisation: str | None = strawberry.field(description="Of something arranged: with whom. Null: nobody was named.")
    route: CompensationRoute | None = strawberry.field(description="Of compensation that is sought.")
    scheme: str | None = strawberry.field(description="Of a return: what the way home was called on that day.")
    regime_row: str | None = strawberry.field(description="Of a return: the row of the regime that applied.")
    parts: list[ReturnPart] | None = strawberry.field(description="Of a return: what was arranged.")


@strawberry.type(
    directives=[group(DataGroup.WISHES)],
    description="What the person wants to happen next, and what was arranged. Support depends on none of it.",
)
class Wishes:
    steps: list[WishStep] = strawberry.field(description="The oldest first; none is ever changed. Empty: none yet.")


@strawberry.type(
    directives=[entry(DataGroup.LEAVE)],
    description="A step of the question of leave. A field that is about steps of another kind is null.",
)
class LeaveStep:
    id: strawberry.ID = strawberry.field(description=STEP_ID)
    kind: StepKind = strawberry.field(description=KIND)
    happened_on: date = strawberry.field(description=DAY)
    agency: AgencyName = strawberry.field(description=WHOSE)
    question: Opening | None = strawberry.field(description="Of the question: whether there is one.")
    circumstance: Circumstance | None = strawberry.field(description="Of the question: what that rests on.")
    regime_rows: list[str] = strawberry.field(description="The rows of the regime that applied.")
    grounds: list[LeaveGround] | None = strawberry.field(description="Of a decision on leave.")
    until: date | None = strawberry.field(description="Of leave that was given: its last day.")
    best_interests: str | None = strawberry.field(description="Of a decision about a child: what is best for them.")
    words: str | None = strawberry.field(description="Of a decision on leave: why.")


@strawberry.type(
    directives=[group(DataGroup.LEAVE)],
    description="Whether the person may stay: considered by itself after a positive conclusive decision.",
)
class Leave:
    steps: list[LeaveStep] = strawberry.field(description="The oldest first. Empty: there is no such decision yet.")


@strawberry.type(directives=[group(DataGroup.LEAVE)], description="What was decided on leave and when, and not why.")
class LeaveSummary:
    steps: list[StepOutline] = strawberry.field(description="The oldest first. Empty: nothing was.")


@strawberry.type(directives=[entry(DataGroup.IMMIGRATION)], description="A fact about immigration status.")
class StatusStep:
    id: strawberry.ID = strawberry.field(description=STEP_ID)
    kind: StepKind = strawberry.field(description=KIND)
    happened_on: date = strawberry.field(description="The London date on which it was recorded.")
    agency: AgencyName = strawberry.field(description=WHOSE)
    since: date = strawberry.field(description="Since when it is so.")
    until: date | None = strawberry.field(description="Of leave that is held: its last day. Null: none is known.")
    words: str = strawberry.field(description="How it is known.")


@strawberry.type(
    directives=[entry(DataGroup.CRIMINAL_JUSTICE)],
    description="That somebody works with an investigation, as the force confirms it; support does not depend on it.",
)
class CooperationStep:
    id: strawberry.ID = strawberry.field(description=STEP_ID)
    kind: StepKind = strawberry.field(description="Confirmed, or ended.")
    happened_on: date = strawberry.field(description=DAY)
    agency: AgencyName = strawberry.field(description="Who confirms it.")
    words: str = strawberry.field(description="In which matter.")


WishesDisclosure = Annotated[
    Wishes | Withheld, strawberry.union("WishesDisclosure", description="What the person wants, or withheld.")
]
LeaveDisclosure = Annotated[
    Leave | LeaveSummary | Withheld,
    strawberry.union("LeaveDisclosure", description="Whether the person may stay: whole, in summary, or withheld."),
]
