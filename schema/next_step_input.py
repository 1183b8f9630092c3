"""The inputs about what happens next: one for each step."""

from datetime import date

import strawberry
from strawberry import UNSET

from schema.case_step_input import CASE, VERSION
from schema.inputs import KEY
from services.decisions.next_words import Arrangement, CompensationRoute, LeaveOutcome, ReferredTo, StatusFact, Wish
from services.letters.words import LetterChannel, LetterLanguage, LetterWords, SenderName
from services.regimes.next_words import LeaveGround, ReturnPart

WORDS = "In words, at most 2,000 characters."


@strawberry.input(description="How letters may come, as the person says; what is not named is not safe.")
class SafeContactInput:
    channels: list[LetterChannel] = strawberry.field(description="The safe ways; empty where none is.")
    sender: SenderName = strawberry.field(description="Which name may stand on what arrives.")
    words: LetterWords = strawberry.field(description="What may stand in it; `NEUTRAL` under a neutral name.")
    language: LetterLanguage = strawberry.field(description="In which language.")


@strawberry.input(description="What the person wants to happen next, as they said it.")
class RecordWishInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    wants: list[Wish] = strawberry.field(
        description="At least one, unless `contact` is given; `UNDECIDED` is an answer."
    )
    said_on: date = strawberry.field(description="The London date on which the person said so.")
    contact: SafeContactInput | None = strawberry.field(
        default=UNSET, description="How letters may come. Left out: what was said before holds."
    )
    words: str = strawberry.field(description=WORDS)


@strawberry.input(description="What was arranged because the person wants it.")
class ArrangeNextStepInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    what: Arrangement = strawberry.field(description="What it is. A return needs the person's newest wish for it.")
    organisation: str | None = strawberry.field(
        default=UNSET, description="With whom, by name; required for a solicitor. At most 200 characters."
    )
    parts: list[ReturnPart] | None = strawberry.field(
        default=UNSET, description="Of a return: at least one part that is offered today. Left out elsewhere."
    )
    route: CompensationRoute | None = strawberry.field(
        default=UNSET, description="Of compensation: by which way. Left out elsewhere."
    )
    words: str = strawberry.field(description=WORDS)


@strawberry.input(description="A fact about immigration status; where leave was considered, it is considered anew.")
class RecordStatusInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    fact: StatusFact = strawberry.field(description="Which fact.")
    since: date = strawberry.field(description="Since when it is so.")
    until: date | None = strawberry.field(default=UNSET, description="Of leave: its last day. Left out: none is known.")
    words: str = strawberry.field(description=f"How it is known. {WORDS}")


@strawberry.input(description="Deciding whether somebody may stay, by the rows of the day.")
class DecideLeaveInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    outcome: LeaveOutcome = strawberry.field(description="Granted once, extended after that, or refused.")
    grounds: list[LeaveGround] = strawberry.field(description="At least one, unless it is refused.")
    until: date | None = strawberry.field(default=UNSET, description="The last day. Left out where it is refused.")
    best_interests: str | None = strawberry.field(
        default=UNSET, description="What is best for a child; required for a child and whoever may be one."
    )
    words: str = strawberry.field(description=f"Why. {WORDS}")


@strawberry.input(description="As the force that investigates: whether somebody works with it.")
class RecordCooperationInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    cooperates: bool = strawberry.field(description="False: no more.")
    words: str = strawberry.field(description=f"In which matter. {WORDS}")


@strawberry.input(description="That somebody was referred on after a negative decision; it opens the case to nobody.")
class ReferOnInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description=CASE)
    expected_version: int = strawberry.field(description=VERSION)
    to: ReferredTo = strawberry.field(description="To whom.")
    organisation: str = strawberry.field(description="Which force or unit, by name; at most 200 characters.")
    words: str = strawberry.field(description=f"Why. {WORDS}")
