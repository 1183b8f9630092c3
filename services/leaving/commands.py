"""Ending a membership. One administrator is enough, because it takes access away; what was theirs goes to others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from policies.vocabulary import Function
from services.errors import Invalid, Problem, WorkProblem
from services.leaving import store
from services.leaving.problems import words
from services.once import Intent, key_problem, once
from services.people.rules import shape_problem
from services.tools import Reading


class LeavingAct(StrEnum):
    """The acts of this page, as the ledgers call them."""

    END = "membership.end"


@dataclass(frozen=True, slots=True)
class Successor:
    """Who gets what there is in one function: a colleague or a team."""

    function: Function
    member: UUID | None
    team: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Whose membership ends, and who takes over."""

    member: UUID
    expected_version: int
    successors: tuple[Successor, ...]
    reason: str
    last_day: date | None = None  # None: now


async def end_membership(reading: Reading, key: str, ending: Ending, sent: Mapping[str, Any]) -> UUID | WorkProblem:
    """End sessions, functions and teams, at once or with the last day, and hand over everything; the person's id."""
    problem = (
        key_problem(key) or shape_problem({}, ending.reason) or _successors_problem(ending) or _day_problem(ending)
    )
    if problem:
        return problem
    refused: list[str] = []

    async def command() -> UUID | WorkProblem:
        found = await store.end(
            reading, ending.member, ending.expected_version, _named(ending), ending.reason, _ends_on(ending)
        )
        if found[0]["problem"] is None:
            return ending.member
        refused.append(found[0]["problem"])
        return words([(row["problem"], row["about"]) for row in found])

    outcome = await once(reading, Intent(LeavingAct.END, key, sent), command)
    if refused:  # its own line was undone together with the act
        await store.refuse(reading, ending.member, refused[0])
    return outcome


def _ends_on(ending: Ending) -> date | None:
    """The first day without them: what ends on a Friday ends at the midnight that follows, in London."""
    return ending.last_day + timedelta(days=1) if ending.last_day else None


def _named(ending: Ending) -> list[Mapping[str, object]]:
    return [{"function": one.function, "member": one.member, "team": one.team} for one in ending.successors]


def _successors_problem(ending: Ending) -> Invalid | None:
    problems = tuple(_wrong(ending.successors))
    return Invalid(problems) if problems else None


def _day_problem(ending: Ending) -> Invalid | None:
    if ending.last_day is None or ending.last_day < date.max:
        return None
    return Invalid((Problem("lastDay", "too_late", "There is no day after this one.", "Give an earlier day."),))


def _wrong(successors: tuple[Successor, ...]) -> Iterator[Problem]:
    functions = [one.function for one in successors]
    for place, one in enumerate(successors):
        if (one.member is None) == (one.team is None):
            remedy = "Give memberId or teamId."
            yield Problem(f"successors.{place}", "one_of", "One person takes over, or one team.", remedy)
        if one.function in functions[:place]:
            remedy = "Name one successor for each function."
            yield Problem(f"successors.{place}.function", "twice", "This function was named before.", remedy)
