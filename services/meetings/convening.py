"""Convening: one invitation, a meeting of its own for each child, and a record of each from the first moment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid4

from policies.vocabulary import Action, DataGroup
from services import gate
from services.errors import Invalid, NotFound, Problem, WorkProblem
from services.gate import Admission
from services.meetings import checks
from services.meetings.asking import GROUP
from services.meetings.checks import Arranged, Invitee
from services.meetings.content import Brief, to_content
from services.meetings.inviting import invite_all
from services.meetings.store import reads, writes
from services.meetings.words import EntryKind
from services.once import Intent, key_problem, once
from services.regimes.words import Nation
from services.tools import Reading

MOST_CHILDREN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Convening:
    """One invitation, with a meeting of its own for each child."""

    cases: tuple[str, ...]
    nation: Nation
    arranged: Arranged
    brief: Brief
    invite: tuple[Invitee, ...]


async def convene(reading: Reading, key: str, wanted: Convening, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Convene a meeting for each child; the id of the occasion they have in common."""
    problem = key_problem(key) or convening_problem(wanted)
    if problem:
        return problem
    intent = Intent(Action.MEETING_CONVENE, key, content, wanted.cases)
    return await once(reading, intent, lambda: _convene(reading, wanted))


def convening_problem(wanted: Convening) -> Invalid | None:
    """What is wrong with an invitation before anything is looked up."""
    return checks.problems(
        _cases(wanted.cases),
        checks.arrangement(wanted.arranged),
        checks.said("brief", wanted.brief),
        checks.invitees(wanted.invite),
    )


async def chair_problem(reading: Reading, arranged: Arranged) -> Invalid | None:
    """Whether this person of the actor's agency may chair."""
    if arranged.chair in {row["id"] for row in await reads.chairs(reading)}:
        return None
    remedy = "Choose a team manager or somebody above."
    wrong = Problem("arrangement.chairId", "may_not_chair", "This is no team manager of your service.", remedy)
    return Invalid((wrong,))


async def begin(
    reading: Reading, admission: Admission, occasion: UUID, wanted: Convening
) -> tuple[UUID, UUID] | WorkProblem:
    """The meeting of one child with its brief and invitations: its id and that of its open part."""
    permit = admission.permit
    meeting, part = await writes.convene(reading, permit, occasion, wanted.nation, asdict(wanted.arranged))
    await writes.write_entry(reading, permit, part, EntryKind.BRIEF, to_content(wanted.brief))
    return await invite_all(reading, permit, meeting, wanted.invite) or (meeting, part)


async def _convene(reading: Reading, wanted: Convening) -> UUID | WorkProblem:
    occasion = uuid4()
    for case in wanted.cases:
        admission = await admitted(reading, case)
        if not isinstance(admission, Admission):
            return admission
        wrong = await chair_problem(reading, wanted.arranged)
        if wrong:
            return wrong
        made = await begin(reading, admission, occasion, wanted)
        if not isinstance(made, tuple):
            return made
    return occasion


async def admitted(reading: Reading, case: str, groups: frozenset[DataGroup] = GROUP) -> Admission | WorkProblem:
    """The admission to convene on a case; there are no meetings on other records."""
    admission = await gate.ask(reading, Action.MEETING_CONVENE, case, groups, GROUP)
    if isinstance(admission, Admission) and admission.kind != "case":
        return NotFound()
    return admission


def _cases(cases: Sequence[str]) -> Iterator[Problem]:
    if not 0 < len(set(cases)) == len(cases) <= MOST_CHILDREN:
        remedy = f"Give 1 to {MOST_CHILDREN} cases, each once."
        yield Problem("caseIds", "count", "A meeting is held for at least one child, and each once.", remedy)
