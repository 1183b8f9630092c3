"""Letting a Home Office unit with work of its own on a person see whether they are protected, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from policies.vocabulary import Action, Function, Relation
from services.agencies import store as agencies
from services.cases.store import writes
from services.cases.store.writes import Involvement, Reason
from services.decisions.acting import About, Doing, Scene, do, invalid
from services.decisions.course_rules import Act
from services.errors import WorkProblem
from services.outbox import store as outbox
from services.outbox.kinds import NoticeKind
from services.tools import Reading

SHOWING = Doing(action=Action.PROTECTION_SHOW, act=Act.END)
WHY = Reason(
    "See whether the person is protected from removal",
    "Public task (UK GDPR Art 6(1)(e)); Nationality and Borders Act 2022 s61",
    Action.PROTECTION_SHOW.value,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Which unit, by its agency."""

    about: About
    agency: UUID


async def show(reading: Reading, key: str, sent: Unit, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Bring the unit in as one with work of its own on the person; the intake team of the unit is told."""
    return await do(reading, key, SHOWING, sent.about, content, (), lambda scene: _show(scene, sent))


async def _show(scene: Scene, sent: Unit) -> WorkProblem | None:
    operations = Function.HOME_OFFICE_OPERATIONS
    named = await agencies.one(scene.reading, sent.agency)
    found = named and await agencies.doing(scene.reading, operations, scene.today, code=named["code"])
    if not found or not found["on_platform"]:
        message = "This is no Home Office unit that works here today."
        return invalid("agencyId", "unknown", message, "Choose an agency with the function home_office_operations.")
    why = replace(WHY, source=f"{WHY.source}: {sent.about.words}")
    unit = Involvement(found["id"], operations, Relation.OWN_CASE, why)
    await writes.involve(scene.reading, scene.permit, [unit])
    await outbox.send(scene.reading, NoticeKind.PROTECTION_SHOWN, scene.case.id, found["id"], operations)
    return None
