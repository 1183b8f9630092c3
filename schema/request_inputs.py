"""What one sends to ask, answer, refuse, redirect, withdraw and assign."""

from datetime import date

import strawberry
from strawberry import UNSET

from policies.vocabulary import DataGroup
from schema.inputs import KEY
from schema.shares import TEXT, ConsentInput, LawfulInput, SharedGroupInput
from schema.words import Function
from services.requests.words import AnswerKind, RefusalCode, Urgency

REQUEST = "The request."


@strawberry.input(description="A function of an agency on the platform.")
class AddresseeInput:
    agency_id: strawberry.ID = strawberry.field(description="The agency.")
    function: Function = strawberry.field(description="The function that may know.")


@strawberry.input(description="Asking another agency for information about a case.")
class AskForInformationInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description="The case.")
    addressee: AddresseeInput = strawberry.field(description="Who is asked, involved in the case or not.")
    purpose: str = strawberry.field(description=f"What for. {TEXT}")
    question: str = strawberry.field(description=f"What you ask; the addressee reads it. {TEXT}")
    necessity: str = strawberry.field(description=f"Why you need it. {TEXT}")
    groups: list[DataGroup] = strawberry.field(description="What you want to know.")
    tell: list[DataGroup] = strawberry.field(
        default_factory=list, description="What the addressee is told of the person, as it stands; yours to share."
    )
    lawful: LawfulInput = strawberry.field(description="What makes it lawful.")
    urgency: Urgency = strawberry.field(description="How long the addressee has.")
    conflict: str | None = strawberry.field(
        default=UNSET,
        description=f"Why the addressee may be a danger itself; then `tell` is empty, and it never reads this. {TEXT}",
    )


@strawberry.input(description="Saying that a request is being answered.")
class AcknowledgeRequestInput:
    idempotency_key: str = strawberry.field(description=KEY)
    request_id: strawberry.ID = strawberry.field(description=REQUEST)


@strawberry.input(description="What is released with an answer: always as it stands, so that it never moves.")
class ReleaseInput:
    groups: list[SharedGroupInput] = strawberry.field(description="What, and why each.")
    purpose: str = strawberry.field(description=f"What the asker may use it for. {TEXT}")
    lawful: LawfulInput = strawberry.field(description="What makes it lawful.")
    consent: ConsentInput = strawberry.field(description="Whether the person agreed.")
    risks: str = strawberry.field(description=f"What releasing may do, and what not releasing may do. {TEXT}")
    conditions: str = strawberry.field(description=f"How the asker has to handle it. {TEXT}")
    ends_on: date = strawberry.field(description="The last day on which the asker reads it, until London midnight.")


@strawberry.input(description="Answering a request.")
class AnswerRequestInput:
    idempotency_key: str = strawberry.field(description=KEY)
    request_id: strawberry.ID = strawberry.field(description=REQUEST)
    kind: AnswerKind = strawberry.field(description="How far the answer goes.")
    words: str | None = strawberry.field(default=UNSET, description=f"The answer in words. {TEXT}")
    release: ReleaseInput | None = strawberry.field(default=UNSET, description="What is released of the case.")


@strawberry.input(description="Refusing a request.")
class RefuseRequestInput:
    idempotency_key: str = strawberry.field(description=KEY)
    request_id: strawberry.ID = strawberry.field(description=REQUEST)
    code: RefusalCode = strawberry.field(description="Why.")
    words: str = strawberry.field(description=f"Why, in words that the asker reads. {TEXT}")


@strawberry.input(description="Saying who may know instead. They are not told: the asker decides whom to ask.")
class RedirectRequestInput:
    idempotency_key: str = strawberry.field(description=KEY)
    request_id: strawberry.ID = strawberry.field(description=REQUEST)
    to: AddresseeInput = strawberry.field(description="Who may know.")
    words: str = strawberry.field(description=f"Why them. {TEXT}")


@strawberry.input(description="Taking back what your function asked.")
class WithdrawRequestInput:
    idempotency_key: str = strawberry.field(description=KEY)
    request_id: strawberry.ID = strawberry.field(description=REQUEST)
    reason: str = strawberry.field(description=f"Why; for your own agency. {TEXT}")


@strawberry.input(description="Giving a request to answer to a person or a team of your function.")
class AssignRequestInput:
    idempotency_key: str = strawberry.field(description=KEY)
    request_id: strawberry.ID = strawberry.field(description=REQUEST)
    member_id: strawberry.ID | None = strawberry.field(default=UNSET, description="A colleague, or yourself.")
    team_id: strawberry.ID | None = strawberry.field(default=UNSET, description="Or a team.")
    reason: str = strawberry.field(description=f"Why; managers read it. {TEXT}")
