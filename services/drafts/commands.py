"""Keeping a draft, throwing it away, and sending it: the last step makes the case, and the draft is gone with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from policies.vocabulary import Action
from services import gate
from services.clocks.rules import london_date, open_clock
from services.drafts import building, files, store
from services.drafts.building import Unreadable
from services.drafts.views import DraftView, Said
from services.drafts.words import DraftAct
from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.once import Intent, key_problem, once
from services.referrals import commands as referrals
from services.referrals.commands import Submission
from services.referrals.draft import ReferralDraft
from services.referrals.form import queries as form
from services.referrals.submission import Received
from services.regimes import queries as regimes
from services.regimes.words import Nation
from services.tools import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """Answers to add to a draft, or to begin one with. An answer without words is taken back."""

    answers: Said
    draft: UUID | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A draft to send, and the concern it continues."""

    draft: UUID
    expected_version: int
    concern: str | None = None
    concern_version: int | None = None


async def save(reading: Reading, key: str, saving: Saving, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Begin a draft, or save its next version; its id."""
    problem = key_problem(key)
    if problem:
        return problem
    if not gate.may_begin(reading, Action.DRAFT_KEEP):
        return Refused(None, "Your function keeps no drafts.")
    return await once(reading, Intent(DraftAct.SAVE, key, content), lambda: _save(reading, saving))


async def delete(
    reading: Reading, key: str, draft: UUID, expected_version: int, content: Mapping[str, Any]
) -> UUID | WorkProblem:
    """Throw a draft away; the id that it had."""
    problem = key_problem(key)
    if problem:
        return problem

    async def throw_away() -> UUID | WorkProblem:
        found = await _held(reading, DraftAct.DELETE, draft, expected_version)
        if isinstance(found, DraftView):
            await store.delete(reading, found.id)
        return found.id if isinstance(found, DraftView) else found

    return await once(reading, Intent(DraftAct.DELETE, key, content), throw_away)


async def submit(reading: Reading, key: str, sending: Sending, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Send a draft whole, or say everything that is wrong with it; the id of the case or record it made."""
    problem = key_problem(key)
    if problem:
        return problem
    return await once(reading, Intent(DraftAct.SUBMIT, key, content), lambda: _submit(reading, sending))


async def _save(reading: Reading, saving: Saving) -> UUID | WorkProblem:
    if saving.draft is None:
        return await _begin(reading, saving.answers)
    found = await _held(reading, DraftAct.SAVE, saving.draft, saving.expected_version or 0)
    if not isinstance(found, DraftView):
        return found
    edition = form.edition(found.form_version) or form.newest()
    wrong = tuple(building.wrong_answers(edition, saving.answers))
    if wrong:
        return Invalid(wrong)
    merged = {key: words for key, words in {**found.answers, **saving.answers}.items() if words}
    warn_on, last_day, rows = _clock(reading, merged)
    await store.save(reading, found.id, merged, warn_on, last_day, rows)
    return found.id


async def _begin(reading: Reading, answers: Said) -> UUID | WorkProblem:
    edition = form.in_force(london_date(reading.now))
    wrong = tuple(building.wrong_answers(edition, answers))
    if wrong:
        return Invalid(wrong)
    said = {key: words for key, words in answers.items() if words}
    warn_on, last_day, rows = _clock(reading, said)
    return await store.begin(reading, edition.code, said, warn_on, last_day, rows)


def _clock(reading: Reading, answers: Said) -> tuple[date, date, list[str]]:
    """When its keeper is warned, its last day, and the rows that say so: both counted from this save."""
    nations = [word for word in answers.get("nation", ()) if word.lower() in set(Nation)]
    nation = nations[0].lower() if nations else Nation.ENGLAND.value  # the days are the same everywhere
    today = london_date(reading.now)
    warning, expiry = (
        open_clock(regimes.clock_definition(name, today, nation), reading.now)
        for name in ("draft_warning", "draft_expiry")
    )
    return warning.due_on, expiry.due_on, [warning.row, expiry.row]


async def _submit(reading: Reading, sending: Sending) -> UUID | WorkProblem:
    found = await _held(reading, DraftAct.SUBMIT, sending.draft, sending.expected_version)
    if not isinstance(found, DraftView):
        return found
    draft = building.built(found.form_version, found.answers)
    if isinstance(draft, Unreadable):
        return Invalid(draft.problems)
    sent = Submission(draft=draft, concern=sending.concern, expected_version=sending.concern_version)
    received = referrals.examine(reading, replace(sent, draft=building.with_files(draft, found)))
    if wrong := _wrong(received, draft, found):
        return Invalid(wrong)
    if not isinstance(received, Received):
        return received
    outcome = await referrals.send(reading, replace(received, draft=draft), sent)
    if not isinstance(outcome, UUID):
        return outcome
    problem = await files.hand_over(reading, found, outcome)
    if problem is not None:
        return problem
    await store.delete(reading, found.id)
    return outcome


async def _held(reading: Reading, act: DraftAct, draft: UUID, expected_version: int) -> DraftView | NotFound | Conflict:
    """The draft at the version that the actor knows."""
    found = next(iter(await store.read(reading, act, draft)), None)
    if found is None:
        return NotFound()
    if found.version != expected_version:
        message = f"This draft is at version {found.version} now."
        return Conflict("VERSION_MOVED", message, "Read the draft again and decide once more.")
    return found


def problems_of(reading: Reading, found: DraftView) -> tuple[Problem, ...]:
    """Everything that stands between a draft and sending it."""
    draft = building.built(found.form_version, found.answers)
    if isinstance(draft, Unreadable):
        return draft.problems
    return _wrong(referrals.examine(reading, Submission(draft=building.with_files(draft, found))), draft, found)


def _wrong(examined: Received | WorkProblem, draft: ReferralDraft, found: DraftView) -> tuple[Problem, ...]:
    """What is wrong with the answers, and with the files."""
    answers = examined.problems if isinstance(examined, Invalid) else ()
    return (*answers, *files.problems_of(found, is_notification=draft.is_duty_to_notify))
