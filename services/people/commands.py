"""Acts of administration: propose, decide, act alone where nothing widens; and acting in another function oneself."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from policies.vocabulary import AccessLevel, Function
from services.clocks.rules import london_date
from services.errors import WorkProblem
from services.once import Intent, key_problem, once
from services.people import regime_rows, store
from services.people.acts import OUTCOMES, Deciding, OwnAct, Single
from services.people.changes import Change, Content, SingleAct
from services.people.problems import words
from services.people.rules import shape_problem
from services.tools import Reading

Sent = Mapping[str, Any]


async def propose(reading: Reading, key: str, change: Change, reason: str, sent: Sent) -> UUID | WorkProblem:
    """Ask for a change that another administrator has to approve; the proposal's id."""
    problem = key_problem(key) or shape_problem(change.content, reason)
    if problem:
        return problem
    content, refusal = _dated(reading, change.content), _Refusal(change.act, _member(change.content))

    async def command() -> UUID | WorkProblem:
        return refusal.or_id(await store.propose(reading, change.act, change.agency, content, reason))

    return await refusal.recorded(reading, await once(reading, Intent(change.act, key, sent), command))


async def decide(
    reading: Reading, key: str, proposal: UUID, deciding: Deciding, reason: str, sent: Sent
) -> UUID | WorkProblem:
    """Approve, decline or withdraw a proposal; an approval does what it says, if that still may be."""
    problem = key_problem(key) or shape_problem({}, reason or "none given")
    if problem:
        return problem
    refusal = _Refusal(deciding, None)

    async def command() -> UUID | WorkProblem:
        outcome = refusal.or_id(await store.decide(reading, proposal, OUTCOMES[deciding], reason))
        return (isinstance(outcome, UUID) and await regime_rows.approved_problem(reading)) or outcome

    return await refusal.recorded(reading, await once(reading, Intent(deciding, key, sent), command))


async def administer(reading: Reading, key: str, single: SingleAct, reason: str, sent: Sent) -> UUID | WorkProblem:
    """Do at once what gives nobody more."""
    problem = key_problem(key) or shape_problem(single.content, reason)
    if problem:
        return problem
    refusal = _Refusal(single.act, _member(single.content))

    async def command() -> UUID | WorkProblem:
        content = _sealed(reading, single)
        return refusal.or_id(await store.administer(reading, single.act, single.agency, content, reason))

    return await refusal.recorded(reading, await once(reading, Intent(single.act, key, sent), command))


async def act_as(reading: Reading, key: str, function: Function, sent: Sent) -> UUID | WorkProblem:
    """Act in another of one's functions from now on, in this session; the session's id."""
    problem = key_problem(key)
    if problem:
        return problem
    refusal = _Refusal(OwnAct.ACT_AS, None)

    async def command() -> UUID | WorkProblem:
        code = await store.act_as(reading, function)
        return refusal.or_id((None if code else reading.actor.session_id, code))

    outcome = await refusal.recorded(reading, await once(reading, Intent(OwnAct.ACT_AS, key, sent), command))
    now = await store.acting(reading)
    reading.actor = replace(
        reading.actor, function=Function(now["function"]), access_level=AccessLevel(now["access_level"])
    )
    return outcome


class _Refusal:
    """Remembers why an act was refused, because its own line is undone together with the act."""

    def __init__(self, act: StrEnum, subject: UUID | None) -> None:
        self._act = act
        self._subject = subject
        self._code: str | None = None

    def or_id(self, answer: store.Answer) -> UUID | WorkProblem:
        """The id of what was made, or the problem in words."""
        made, self._code = answer
        if made is not None and self._code is None:
            return made
        return words(self._code or "unknown")

    async def recorded(self, reading: Reading, outcome: UUID | WorkProblem) -> UUID | WorkProblem:
        """The same outcome, with the refusal in the administrative ledger."""
        if self._code is not None:
            await store.refuse(reading, self._act, self._subject, self._code)
        return outcome


def _dated(reading: Reading, content: Content) -> Content:
    """What begins on no day that was named begins today."""
    if content.get("from", ...) is None:
        return {**content, "from": london_date(reading.now)}
    return content


def _sealed(reading: Reading, single: SingleAct) -> Content:
    """A provider's client secret reaches the database sealed, and nothing else of it does."""
    if single.act is not Single.PROVIDER_SECRET_SET:
        return single.content
    sealed = reading.box.seal(str(single.content["slug"]), str(single.content["secret"]))
    return {**single.content, "secret": sealed}


def _member(content: Content) -> UUID | None:
    found = content.get("member")
    return found if isinstance(found, UUID) else None
