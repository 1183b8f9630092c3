"""An information request as each of the two sides may see it."""

from datetime import date, datetime

import strawberry

from policies.vocabulary import DataGroup
from schema.groups import entry, value
from schema.node import global_id
from schema.share_parties import GroupShared, LawfulBasis, Party, basis, party
from services.requests.views import RequestView, StepView
from services.requests.words import AnswerKind, RefusalCode, RequestStatus, Urgency

strawberry.enum(Urgency, description="What a request is for, which decides how long the addressee has.")
strawberry.enum(RequestStatus, description="Where a request stands. In the first three an answer is waited for.")
strawberry.enum(AnswerKind, description="How far an answer goes; after a partial one the request stays open.")
strawberry.enum(RefusalCode, description="Why an addressee refuses.")


@strawberry.type(directives=[value], description="One step on the way of a request.")
class RequestStep:
    status: RequestStatus = strawberry.field(description="Where it stood from then on.")
    at: datetime = strawberry.field(description="When.")
    by: str | None = strawberry.field(description="Who of your agency. Null: somebody of the other agency.")
    words: str | None = strawberry.field(description="The answer, or the reason. Null: nothing was said.")
    refusal_code: RefusalCode | None = strawberry.field(description="Why it was refused. Null: it was not.")
    redirected_to: Party | None = strawberry.field(description="Who may know instead. Null: it was not redirected.")
    released: list[GroupShared] = strawberry.field(
        description="What was released, each group at the version answered with. Read it on the case."
    )


@strawberry.type(
    directives=[entry(DataGroup.INFORMATION_REQUESTS)],
    description="A request of your function to another agency, or of another agency to your function.",
)
class InformationRequest:
    id: strawberry.ID = strawberry.field(description="The request's id.")
    is_asked: bool = strawberry.field(description="Whether your function asked it. False: it is yours to answer.")
    asker: Party = strawberry.field(description="Who asks.")
    addressee: Party = strawberry.field(description="Who is asked.")
    purpose: str = strawberry.field(description="What for.")
    question: str = strawberry.field(description="What is asked.")
    necessity: str = strawberry.field(description="Why it is needed.")
    groups: list[DataGroup] = strawberry.field(description="What is wanted.")
    lawful: LawfulBasis = strawberry.field(description="What makes it lawful, as the asker sees it.")
    urgency: Urgency = strawberry.field(description="What it is for, as far as time goes.")
    asked_at: datetime = strawberry.field(description="When.")
    due_on: date = strawberry.field(description="The last day on which an answer is in time. It blocks no decision.")
    days_left: int = strawberry.field(description="0 on that day, negative once over.")
    expires_on: date = strawberry.field(description="The last day on which it can be answered at all.")
    status: RequestStatus = strawberry.field(description="Where it stands.")
    steps: list[RequestStep] = strawberry.field(description="Every step so far, the oldest first.")
    conflict: str | None = strawberry.field(
        description="Why the addressee may be a danger itself; only the asker reads it. Null: it is not thought so."
    )
    assigned_to: str | None = strawberry.field(
        description="Who of your function has it to answer. Null: nobody, or it is not yours to answer."
    )


def information_request(view: RequestView) -> InformationRequest:
    """One's own side of a request."""
    return InformationRequest(
        id=global_id("InformationRequest", view.id),
        is_asked=view.is_asked,
        asker=party(view.asker),
        addressee=party(view.addressee),
        purpose=view.purpose,
        question=view.question,
        necessity=view.necessity,
        groups=list(view.groups),
        lawful=basis(view.basis),
        urgency=view.urgency,
        asked_at=view.asked_at,
        due_on=view.due_on,
        days_left=view.days_left,
        expires_on=view.expires_on,
        status=view.status,
        steps=[_step(step) for step in view.steps],
        conflict=view.conflict,
        assigned_to=view.assigned_to,
    )


def _step(view: StepView) -> RequestStep:
    return RequestStep(
        status=view.status,
        at=view.at,
        by=view.by,
        words=view.words,
        refusal_code=view.refusal_code,
        redirected_to=party(view.redirected_to) if view.redirected_to else None,
        released=[GroupShared(group=group, version=version) for group, version in view.released.items()],
    )
