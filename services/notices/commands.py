"""Answering notices: somebody has one in hand, a task is done, a kind is wanted by e-mail or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.notices import answer_store, queries
from services.notices.views import TaskChannel
from services.once import Intent, key_problem, once
from services.outbox.kinds import ALWAYS_BY_EMAIL, TASKS, NoticeKind
from services.tools import Reading

LONGEST_NOTE = 2_000


class NoticeAct(StrEnum):
    """The acts of this page, as the ledger calls them."""

    ACKNOWLEDGE = "notice.acknowledge"
    COMPLETE = "task.complete"
    PREFER = "notice.prefer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What was done about a task; who told a body says by which channel, and when."""

    notice: UUID
    note: str
    channel: TaskChannel | None
    told_at: datetime | None


async def acknowledge(reading: Reading, key: str, notice: UUID, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Say that one has a notice in hand; the first who says so is shown to everybody in the inbox."""
    problem = key_problem(key)
    if problem:
        return problem

    async def answer() -> UUID | WorkProblem:
        return await answer_store.acknowledge(reading, notice) or NotFound()

    return await once(reading, Intent(NoticeAct.ACKNOWLEDGE, key, content), answer)


async def complete(reading: Reading, key: str, done: Completion, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Record that a task is done, once."""
    problem = key_problem(key) or _note_problem(done.note)
    if problem:
        return problem
    return await once(reading, Intent(NoticeAct.COMPLETE, key, content), lambda: _complete(reading, done))


async def prefer(
    reading: Reading, key: str, kind: NoticeKind, content: Mapping[str, Any], *, by_email: bool
) -> UUID | WorkProblem:
    """Want a kind by e-mail, or not; the outcome is oneself. The inbox has every kind in any case."""
    problem = key_problem(key)
    if problem:
        return problem

    async def change() -> UUID | WorkProblem:
        if kind in ALWAYS_BY_EMAIL and not by_email:
            return Refused(None, "A child may be waiting behind this kind of notice: nobody can switch it off.")
        await answer_store.prefer(reading, kind, by_email=by_email)
        return reading.actor.member_id

    return await once(reading, Intent(NoticeAct.PREFER, key, content), change)


async def _complete(reading: Reading, done: Completion) -> UUID | WorkProblem:
    found = await queries.one(reading, done.notice, {})
    if found is None:
        return NotFound()
    if found.kind not in TASKS:
        return Refused(None, "This notice asks for nothing that is done; acknowledge it.")
    problem = _channel_problem(found.kind, done, reading.now)
    if problem:
        return problem
    if await answer_store.complete(reading, done.notice, done.channel, done.told_at, done.note):
        return done.notice
    return Conflict("DONE_ALREADY", "Somebody recorded before that this is done.", "Read the notice again.")


def _note_problem(note: str) -> Invalid | None:
    if note.strip() and len(note) <= LONGEST_NOTE:
        return None
    remedy = f"Say in 1 to {LONGEST_NOTE} characters what was done."
    return Invalid((Problem("note", "length", "This says nothing, or too much.", remedy),))


def _channel_problem(kind: NoticeKind, done: Completion, now: datetime) -> Invalid | None:
    """To have told somebody without saying how and when would be no record."""
    is_telling = kind is NoticeKind.TELL_BODY_WITHOUT_ACCOUNT
    found: list[Problem] = []
    if done.channel is None and (is_telling or done.told_at):
        found.append(Problem("channel", "required", "This is required.", "Say how the body was told."))
    if done.told_at is None and (is_telling or done.channel):
        found.append(Problem("toldAt", "required", "This is required.", "Say when the body was told."))
    if done.told_at and (done.told_at.tzinfo is None or done.told_at > now):
        found.append(Problem("toldAt", "not_yet", "This is later than now.", "Give a moment with its time zone."))
    return Invalid(tuple(found)) if found else None
