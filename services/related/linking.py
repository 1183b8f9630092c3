"""Linking two cases that one works on, and ending a link. Whoever reads only one of them never learns of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from policies.vocabulary import Action
from services import gate
from services.errors import Conflict, Invalid, NotFound, Problem, WorkProblem
from services.once import Intent, key_problem, once
from services.related import store
from services.related.views import LinkKind
from services.tools import Reading

LONGEST_REASON: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """Two cases, and why they have to do with each other."""

    cases: tuple[str, str]
    kind: LinkKind
    reason: str


async def link(reading: Reading, key: str, linking: Linking, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Link them; the link's id."""
    problem = key_problem(key) or _problem(linking)
    if problem:
        return problem
    return await once(reading, Intent(Action.CASE_LINK, key, content, linking.cases), lambda: _link(reading, linking))


async def end(reading: Reading, key: str, link_id: UUID, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """End a link; its id. Both cases stay as they are."""
    problem = key_problem(key)
    if problem:
        return problem
    return await once(reading, Intent(Action.CASE_LINK, key, content), lambda: _end(reading, link_id))


def _problem(linking: Linking) -> Invalid | None:
    wrong = []
    if linking.cases[0] == linking.cases[1]:
        wrong.append(Problem("otherCaseId", "same_case", "A case is not linked to itself.", "Give another case."))
    if not linking.reason.strip():
        wrong.append(Problem("reason", "required", "This is required.", "Say in a sentence why."))
    if len(linking.reason) > LONGEST_REASON:
        wrong.append(Problem("reason", "too_long", f"At most {LONGEST_REASON} characters.", "Say it shorter."))
    return Invalid(tuple(wrong)) if wrong else None


async def _link(reading: Reading, linking: Linking) -> UUID | WorkProblem:
    admitted = await gate.ask_each(reading, Action.CASE_LINK, linking.cases)
    if not isinstance(admitted, dict):
        return admitted
    one, other = (admitted[lookup] for lookup in linking.cases)
    if {one.kind, other.kind} != {"case"}:
        return NotFound()
    made = await store.link(reading, one.record_id, other.record_id, linking.kind.value, linking.reason.strip())
    if made is None:
        return Conflict("LINKED_ALREADY", "These cases are linked.", "Read their links.")
    return made


async def _end(reading: Reading, link_id: UUID) -> UUID | WorkProblem:
    found = await store.my_links(reading, None, link_id, 1)
    if not found:
        return NotFound()
    admitted = await gate.ask_each(reading, Action.CASE_LINK, (str(found[0]["one"]), str(found[0]["other"])))
    if not isinstance(admitted, dict):
        return admitted
    await store.end(reading, link_id)
    return link_id
