"""Information requests: asking, answering, and the list of those that wait."""

from typing import Annotated, TypeVar
from uuid import UUID

import strawberry

from policies.vocabulary import Function
from schema.context import Info
from schema.groups import value
from schema.inputs import INPUT
from schema.node import global_id, lookup, uuid_of
from schema.record_views import case
from schema.records import Case
from schema.request_inputs import (
    AcknowledgeRequestInput,
    AnswerRequestInput,
    AskForInformationInput,
    AssignRequestInput,
    RedirectRequestInput,
    RefuseRequestInput,
    ReleaseInput,
    WithdrawRequestInput,
)
from schema.results import Problem, problem
from schema.selection import asked
from schema.shares import content
from services.cases import queries as cases
from services.errors import WorkProblem
from services.requests import commands
from services.requests.drafts import Answer, Question, Redirection, Refusal
from services.sharing.decisions import Consent, Share, SharedGroup


@strawberry.type(directives=[value], description="The request and its case, or why nothing was done.")
class RequestPayload:
    request_id: strawberry.ID | None = strawberry.field(description="The request. Null: see `problem`.")
    case: Case | None = strawberry.field(
        description="The case as you may see it now. Null: see `problem`; where that is null too, it was done and the "
        "case is no longer for you."
    )
    problem: Problem | None = strawberry.field(description="Why nothing was done. Null: it was done.")


@strawberry.type(directives=[value], description="The new request, or why nobody was asked.")
class AskForInformationPayload(RequestPayload): ...


@strawberry.type(directives=[value], description="The request in hand, or why it is not.")
class AcknowledgeRequestPayload(RequestPayload): ...


@strawberry.type(directives=[value], description="The answered request, or why nothing was answered.")
class AnswerRequestPayload(RequestPayload): ...


@strawberry.type(directives=[value], description="The refused request, or why it was not refused.")
class RefuseRequestPayload(RequestPayload): ...


@strawberry.type(directives=[value], description="The redirected request, or why it was not redirected.")
class RedirectRequestPayload(RequestPayload): ...


@strawberry.type(directives=[value], description="The withdrawn request, or why it stands.")
class WithdrawRequestPayload(RequestPayload): ...


@strawberry.type(directives=[value], description="The request with whoever has it, or why nobody else has it.")
class AssignRequestPayload(RequestPayload): ...


P = TypeVar("P", bound=RequestPayload)


async def ask_for_information(info: Info, sent: Annotated[AskForInformationInput, INPUT]) -> AskForInformationPayload:
    """Ask."""
    question = Question(
        case=lookup(sent.case_id, "Case"),
        agency=_agency(sent.addressee.agency_id),
        function=sent.addressee.function,
        purpose=sent.purpose,
        question=sent.question,
        necessity=sent.necessity,
        groups=tuple(sent.groups),
        told=tuple(sent.tell),
        lawful=sent.lawful.words(),
        urgency=sent.urgency,
        conflict=None if not sent.conflict and sent.conflict != "" else sent.conflict,
    )
    outcome = await commands.ask(info.context.reading, sent.idempotency_key, question, content(sent))
    return await _payload(info, AskForInformationPayload, outcome)


async def acknowledge_request(info: Info, sent: Annotated[AcknowledgeRequestInput, INPUT]) -> AcknowledgeRequestPayload:
    """Have it in hand."""
    reading, request = info.context.reading, _request(sent.request_id)
    outcome = await commands.acknowledge(reading, sent.idempotency_key, request, content(sent))
    return await _payload(info, AcknowledgeRequestPayload, outcome)


async def answer_request(info: Info, sent: Annotated[AnswerRequestInput, INPUT]) -> AnswerRequestPayload:
    """Answer."""
    said = Answer(
        request=_request(sent.request_id),
        kind=sent.kind,
        words=sent.words if isinstance(sent.words, str) else None,
        release=_release(sent.release) if sent.release else None,
    )
    outcome = await commands.answer(info.context.reading, sent.idempotency_key, said, content(sent))
    return await _payload(info, AnswerRequestPayload, outcome)


async def refuse_request(info: Info, sent: Annotated[RefuseRequestInput, INPUT]) -> RefuseRequestPayload:
    """Say why not."""
    said = Refusal(_request(sent.request_id), sent.code, sent.words)
    outcome = await commands.refuse(info.context.reading, sent.idempotency_key, said, content(sent))
    return await _payload(info, RefuseRequestPayload, outcome)


async def redirect_request(info: Info, sent: Annotated[RedirectRequestInput, INPUT]) -> RedirectRequestPayload:
    """Say who may know."""
    said = Redirection(_request(sent.request_id), _agency(sent.to.agency_id), sent.to.function, sent.words)
    outcome = await commands.redirect(info.context.reading, sent.idempotency_key, said, content(sent))
    return await _payload(info, RedirectRequestPayload, outcome)


async def withdraw_request(info: Info, sent: Annotated[WithdrawRequestInput, INPUT]) -> WithdrawRequestPayload:
    """Take it back."""
    reading, request = info.context.reading, _request(sent.request_id)
    outcome = await commands.withdraw(reading, sent.idempotency_key, request, sent.reason, content(sent))
    return await _payload(info, WithdrawRequestPayload, outcome)


async def assign_request(info: Info, sent: Annotated[AssignRequestInput, INPUT]) -> AssignRequestPayload:
    """Give it to somebody."""
    to = (uuid_of(sent.member_id or None, "Member"), uuid_of(sent.team_id or None, "Team"))
    reading, request = info.context.reading, _request(sent.request_id)
    outcome = await commands.assign(reading, sent.idempotency_key, request, to, sent.reason, content(sent))
    return await _payload(info, AssignRequestPayload, outcome)


def _release(sent: ReleaseInput) -> Share:
    """The asker's place is left open: it is who asked, whatever is sent."""
    return Share(
        case="",
        agency=UUID(int=0),
        function=Function.FIRST_RESPONDER,
        person=None,
        groups=tuple(SharedGroup(g.group, g.live, g.necessity, g.proportionality) for g in sent.groups),
        purpose=sent.purpose,
        lawful=sent.lawful.words(),
        consent=Consent(sent.consent.asked, sent.consent.given, sent.consent.why_without or None),
        risks=sent.risks,
        conditions=sent.conditions,
        ends_on=sent.ends_on,
    )


async def _payload(info: Info, payload: type[P], outcome: UUID | WorkProblem) -> P:
    """What the actor may see of the case now; a replay is rendered in the same way."""
    if not isinstance(outcome, UUID):
        return payload(request_id=None, case=None, problem=problem(outcome))
    record = await commands.record_of(info.context.reading, outcome)
    view = await cases.one(info.context.reading, str(record), asked(info, "Case", "case"))
    request_id = global_id("InformationRequest", outcome)
    return payload(request_id=request_id, case=case(view) if view else None, problem=None)


def _request(public: strawberry.ID) -> UUID:
    return uuid_of(public, "InformationRequest") or UUID(int=0)


def _agency(public: strawberry.ID) -> UUID:
    return uuid_of(public, "Agency") or UUID(int=0)
