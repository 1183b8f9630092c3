"""Asking, answering, refusing, redirecting, withdrawing, and giving a request to somebody. No step waits for another:
an unanswered request blocks nothing."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from policies.permit import Permit
from policies.vocabulary import Action, DataGroup, Function, Relation
from services import gate
from services.agencies import queries as agencies
from services.clocks.rules import london_date
from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.gate import Admission
from services.once import Intent, key_problem, once
from services.outbox import store as outbox
from services.outbox.kinds import NoticeKind
from services.requests import store
from services.requests.drafts import Answer, Question, Redirection, Refusal
from services.requests.rules import answer_problem, question_problem, words_problem
from services.requests.words import RequestStatus, request_limit
from services.sharing import commands as sharing
from services.sharing.rules import word_rows
from services.tools import Reading

OWN = frozenset({DataGroup.INFORMATION_REQUESTS})
Said = Mapping[str, Any]
Work = Callable[[Admission], Awaitable[Said | WorkProblem]]


class RequestAct(StrEnum):
    """The steps of a request, as the once-only writes call them; the rules know asking and answering."""

    ACKNOWLEDGE = "request.acknowledge"
    ANSWER = "request.answer"
    REFUSE = "request.refuse"
    REDIRECT = "request.redirect"
    WITHDRAW = "request.withdraw"
    ASSIGN = "request.assign"


async def ask(reading: Reading, key: str, asked: Question, content: Said) -> UUID | WorkProblem:
    """Ask a function of another agency for information about a case; the request's id."""
    problem = key_problem(key) or question_problem(asked, london_date(reading.now))
    if problem:
        return problem
    intent = Intent(Action.REQUEST_ASK, key, content, (asked.case,))
    return await once(reading, intent, lambda: _ask(reading, asked))


async def acknowledge(reading: Reading, key: str, request: UUID, content: Said) -> UUID | WorkProblem:
    """Say that the request is being answered."""
    problem = key_problem(key)
    if problem:
        return problem

    async def work(_: Admission) -> Said:
        return {}

    return await _step(reading, RequestAct.ACKNOWLEDGE, key, content, request, RequestStatus.ACKNOWLEDGED, work)


async def answer(reading: Reading, key: str, said: Answer, content: Said) -> UUID | WorkProblem:
    """Answer in words, and release groups as they stand; what the asker reads of it never moves."""
    problem = key_problem(key) or answer_problem(said, london_date(reading.now))
    if problem:
        return problem

    async def work(admission: Admission) -> Said | WorkProblem:
        if said.release is None:
            return {"words": said.words}
        parties = await store.parties(reading, admission.permit, said.request)
        if parties is None:
            return NotFound()
        to_asker = replace(said.release, agency=parties["asker"], function=Function(parties["asker_function"]))
        share = await sharing.release(reading, admission, to_asker)
        return share if isinstance(share, Invalid) else {"words": said.words, "share": share}

    status = RequestStatus(said.kind.value)
    return await _step(reading, RequestAct.ANSWER, key, content, said.request, status, work)


async def refuse(reading: Reading, key: str, said: Refusal, content: Said) -> UUID | WorkProblem:
    """Say why there is no answer."""
    problem = key_problem(key) or words_problem(words=said.words)
    if problem:
        return problem

    async def work(_: Admission) -> Said:
        return {"words": said.words, "code": said.code.value}

    return await _step(reading, RequestAct.REFUSE, key, content, said.request, RequestStatus.REFUSED, work)


async def redirect(reading: Reading, key: str, said: Redirection, content: Said) -> UUID | WorkProblem:
    """Say who may know instead; they are not told, because the asker decides whom to ask."""
    problem = key_problem(key) or words_problem(words=said.words)
    if problem:
        return problem

    async def work(_: Admission) -> Said | WorkProblem:
        wrong = await sharing.counterpart_problem(reading, "to", said.agency, said.function)
        return wrong or {"words": said.words, "agency": said.agency, "function": said.function.value}

    return await _step(reading, RequestAct.REDIRECT, key, content, said.request, RequestStatus.REDIRECTED, work)


async def withdraw(reading: Reading, key: str, request: UUID, reason: str, content: Said) -> UUID | WorkProblem:
    """Take back what one's own function asked; the addressee reads nothing of it any more."""
    problem = key_problem(key) or words_problem(reason=reason)
    if problem:
        return problem

    async def work(_: Admission) -> Said:
        return {"words": reason}

    return await _step(reading, RequestAct.WITHDRAW, key, content, request, RequestStatus.WITHDRAWN, work)


async def assign(
    reading: Reading, key: str, request: UUID, to: tuple[UUID | None, UUID | None], reason: str, content: Said
) -> UUID | WorkProblem:
    """Give a request to answer to a person or a team of one's own; a colleague may take it on."""
    problem = key_problem(key) or words_problem(reason=reason)
    if problem:
        return problem
    lookup, is_asker = await _side(reading, request)
    intent = Intent(RequestAct.ASSIGN, key, content, (lookup,))
    return await once(reading, intent, lambda: _assign(reading, request, lookup, to, reason, is_asker=is_asker))


async def record_of(reading: Reading, request: UUID) -> UUID | None:
    """The record of a request of which one's own function is a side."""
    found = await store.side(reading, request)
    return found["record_id"] if found else None


async def _ask(reading: Reading, asked: Question) -> UUID | WorkProblem:
    admission = await gate.ask(reading, Action.REQUEST_ASK, asked.case)
    if not isinstance(admission, Admission):
        return admission
    if admission.kind != "case":
        return NotFound()
    problem = await sharing.counterpart_problem(reading, "addressee", asked.agency, asked.function)
    problem = problem or await _told_problem(reading, admission.permit, asked)
    return problem or await store.ask(reading, admission.permit, _question(reading, asked))


async def _told_problem(reading: Reading, permit: Permit, asked: Question) -> Invalid | None:
    wanted = [(group, False) for group in asked.told]
    return await sharing.groups_problem(reading, permit, (asked.function, Relation.REQUESTED), "tell.{}", wanted)


async def _step(
    reading: Reading, act: RequestAct, key: str, content: Said, request: UUID, status: RequestStatus, work: Work
) -> UUID | WorkProblem:
    lookup, is_asker = await _side(reading, request)
    by_asker = status is RequestStatus.WITHDRAWN

    async def command() -> UUID | WorkProblem:
        asks = Action.REQUEST_ASK if by_asker else Action.REQUEST_ANSWER
        admission = await gate.ask(reading, asks, lookup, asked=OWN)
        if not isinstance(admission, Admission):
            return admission
        parties = await store.parties(reading, admission.permit, request)
        if parties is None or is_asker is not by_asker:
            return NotFound()
        said = await work(admission)
        if not isinstance(said, Mapping):
            return said
        if not await store.go_on(reading, request, status.value, said):
            return Conflict("OVER", "This request is over, or somebody was faster.", "Read the case again.")
        await _tell(reading, admission, parties, status)
        return request

    return await once(reading, Intent(act, key, content, (lookup,)), command)


async def _tell(reading: Reading, admission: Admission, parties: RowMapping, status: RequestStatus) -> None:
    """The other side is told; whom nothing is left to read is told without the record."""
    mine = reading.actor.agency_id
    if status is RequestStatus.WITHDRAWN:
        to = parties["addressee"], Function(parties["addressee_function"])
        await outbox.send(reading, NoticeKind.REQUEST_WITHDRAWN, None, *to, mine)
    elif status is not RequestStatus.ACKNOWLEDGED:
        to = parties["asker"], Function(parties["asker_function"])
        await outbox.send(reading, NoticeKind.REQUEST_ANSWERED, admission.record_id, *to, mine)


async def _assign(
    reading: Reading, request: UUID, lookup: str, to: tuple[UUID | None, UUID | None], reason: str, *, is_asker: bool
) -> UUID | WorkProblem:
    admission = await gate.ask(reading, Action.CASE_ASSIGN, lookup)
    if not isinstance(admission, Admission):
        return admission
    if is_asker:
        return NotFound()
    member, team = to
    if admission.permit.relations == {Relation.COLLEAGUE} and member != reading.actor.member_id:
        return Refused(None, "A colleague may take on a request only for themselves.")
    known = {one.id for one in (*await agencies.colleagues(reading), *await agencies.teams(reading))}
    if (member is None) == (team is None) or (member or team) not in known:
        remedy = "Choose one of the colleagues and teams of your viewer."
        return Invalid((Problem("to", "not_in_your_agency", "Nobody of your agency has this id.", remedy),))
    await store.assign(reading, request, member, team, reason)
    return request


async def _side(reading: Reading, request: UUID) -> tuple[str, bool]:
    found = await store.side(reading, request)
    return (str(found["record_id"]), found["is_asker"]) if found else ("nothing", False)


def _question(reading: Reading, asked: Question) -> dict[str, Any]:
    today = london_date(reading.now)
    limit = request_limit(asked.urgency, today)
    return {
        "agency": asked.agency,
        "function": asked.function.value,
        "purpose": asked.purpose,
        "question": asked.question,
        "necessity": asked.necessity,
        "groups": [group.value for group in asked.groups],
        "told": [{"group": group.value, "live": False} for group in asked.told],
        "article_6": asked.lawful.article_6,
        "condition": asked.lawful.condition,
        "power": asked.lawful.power,
        "words": [*word_rows(asked.lawful, today), limit.row],
        "urgency": asked.urgency.value,
        "due_on": limit.due_on(today),
        "expires_on": limit.expires_on(today),
        "conflict": asked.conflict,
    }
