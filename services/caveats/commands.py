"""Writing an entry under a caveat. It is never changed, sent or told: a later entry says what is different now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from policies.vocabulary import Action
from services import gate
from services.caveats import store
from services.caveats.views import Caveat
from services.errors import Invalid, NotFound, Problem, WorkProblem
from services.gate import Admission
from services.once import Intent, key_problem, once
from services.tools import Reading

LONGEST: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is written on which case, and under which caveat."""

    case: str
    caveat: Caveat
    content: str


async def record(reading: Reading, key: str, entry: Entry, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Write it for the actor's agency in their function; the entry's id."""
    wrong = tuple(_wrong(entry))
    problem = key_problem(key) or (Invalid(wrong) if wrong else None)
    if problem:
        return problem
    intent = Intent(Action.CAVEAT_RECORD, key, content, (entry.case,))
    return await once(reading, intent, lambda: _record(reading, entry))


def _wrong(entry: Entry) -> Iterator[Problem]:
    if not entry.content.strip():
        yield Problem("content", "required", "An entry says something.", "Write what it is about.")
    if len(entry.content) > LONGEST:
        yield Problem("content", "too_long", f"At most {LONGEST:,} characters.", "Write a second entry.")


async def _record(reading: Reading, entry: Entry) -> UUID | WorkProblem:
    admission = await gate.ask(reading, Action.CAVEAT_RECORD, entry.case)
    if not isinstance(admission, Admission):
        return admission
    if admission.kind != "case":
        return NotFound()
    return await store.record(reading, admission.record_id, entry.caveat.value, entry.content.strip())
