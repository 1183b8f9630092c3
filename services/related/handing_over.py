"""Handing chosen cases of one colleague to another, or to a team, in one act: by themselves or by who manages them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from policies.vocabulary import Action
from services import gate
from services.cases import queries as cases
from services.cases.views import RecordView
from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.once import Intent, key_problem, once
from services.related import store
from services.tools import Reading

MOST: Final = 100
LONGEST_REASON: Final = 2_000
WORDS: Final = {
    "not_theirs": ("This case is not theirs.", "Choose cases that are assigned to them."),
    "barred_successor": (
        "This case cannot go to whoever is named.",
        "Leave it out, or name a colleague who may know it.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingOver:
    """Which cases, each at the version of its assignments as it was read; from whom, to a colleague or to a team."""

    cases: tuple[tuple[str, int], ...]
    giver: UUID
    member: UUID | None
    team: UUID | None
    reason: str


async def hand_over(reading: Reading, key: str, handing: HandingOver, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """All of them or none; the id of the handover."""
    wrong = tuple(_wrong(handing))
    problem = key_problem(key) or (Invalid(wrong) if wrong else None)
    if problem:
        return problem
    lookups = tuple(lookup for lookup, _ in handing.cases)
    return await once(reading, Intent(Action.CASE_ASSIGN, key, content, lookups), lambda: _hand_over(reading, handing))


def _wrong(handing: HandingOver) -> Iterator[Problem]:
    lookups = [lookup for lookup, _ in handing.cases]
    if not 1 <= len(lookups) <= MOST:
        yield Problem("cases", "out_of_range", f"From 1 to {MOST} cases go in one act.", "Choose fewer, or some.")
    if len(set(lookups)) < len(lookups):
        yield Problem("cases", "twice", "A case is named twice.", "Name each case once.")
    if (handing.member is None) == (handing.team is None):
        yield Problem("to", "one_of", "Cases go to one person or to one team.", "Give toMemberId or toTeamId.")
    if not handing.reason.strip():
        yield Problem("reason", "required", "This is required.", "Say in a sentence why.")
    if len(handing.reason) > LONGEST_REASON:
        yield Problem("reason", "too_long", f"At most {LONGEST_REASON} characters.", "Say it shorter.")


async def _hand_over(reading: Reading, handing: HandingOver) -> UUID | WorkProblem:
    lookups = [lookup for lookup, _ in handing.cases]
    views = await cases.many(reading, lookups, ())
    if len(views) < len(lookups) or any(view.kind != "case" for view in views.values()):
        return NotFound()
    moved = [place for place, (lookup, version) in enumerate(handing.cases) if _version(views[lookup]) != version]
    if moved:
        message = f"Who has the case changed meanwhile: {len(moved)} of {len(lookups)}."
        return Conflict("VERSION_MOVED", message, "Read the cases again and decide once more.")
    admitted = await gate.ask_each(reading, Action.CASE_ASSIGN, lookups)
    if not isinstance(admitted, dict):
        return admitted
    records = [admitted[lookup].record_id for lookup in lookups]
    rows = await store.hand_over(
        reading, records, handing.giver, (handing.member, handing.team), handing.reason.strip()
    )
    if rows[0]["problem"] is None:
        done: UUID = rows[0]["handover"]
        return done
    return _problem(records, [(row["problem"], row["about"]) for row in rows])


def _version(view: RecordView) -> int:
    return view.assignment_version


def _problem(records: Sequence[UUID], found: Sequence[tuple[str, UUID | None]]) -> WorkProblem:
    if any(code == "not_in_charge" for code, _ in found):
        return Refused(None, "You hand over your own cases, and those of people whom you manage.")
    return Invalid(tuple(_named(records, code, about) for code, about in found))


def _named(records: Sequence[UUID], code: str, about: UUID | None) -> Problem:
    if about is None:
        message = "Whoever is named does not work in this function."
        return Problem("to", code, message, "Name another colleague, or a team in which somebody else works.")
    message, remedy = WORDS[code]
    return Problem(f"cases.{records.index(about)}", code, message, remedy)
