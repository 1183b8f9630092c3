"""A case goes to another competent authority, with a reason and with every date as it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from policies.vocabulary import Action, Function, Relation
from services.agencies import store as agencies
from services.cases.store import writes
from services.cases.store.writes import Involvement, Reason
from services.decisions import steps_store
from services.decisions.acting import About, Doing, Scene, do, invalid
from services.decisions.course_rules import Act
from services.decisions.step_words import StepKind
from services.errors import Conflict, WorkProblem
from services.outbox import store as outbox
from services.outbox.kinds import NoticeKind
from services.regimes import queries as regimes
from services.regimes.routing import area_of
from services.tools import Reading

# What is handed over is not looked at: who gave it away is shown the summary, and the ledger says no more than that.
TRANSFERRING = Doing(action=Action.CASE_TRANSFER, act=Act.TRANSFER, looks_at=frozenset())
DECIDES = Reason(
    "Decide whether the person is a victim of modern slavery",
    "Public task (UK GDPR Art 6(1)(e)); Modern Slavery Act 2015 s49 guidance",
    Action.CASE_TRANSFER.value,
)
BEFORE = Reason(
    "Find an old case again and how it ended", "Public task (UK GDPR Art 6(1)(e))", Action.CASE_TRANSFER.value
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """To which authority, by its code."""

    about: About
    authority: str


async def transfer(reading: Reading, key: str, sent: Transfer, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Give the case to another authority; one's own keeps its reference and how it ends."""
    return await do(reading, key, TRANSFERRING, sent.about, content, (), lambda scene: _transfer(scene, sent))


async def _transfer(scene: Scene, sent: Transfer) -> WorkProblem | None:
    reading, permit = scene.reading, scene.permit
    row = regimes.authority(sent.authority, scene.today) or area_of(sent.authority, scene.today)
    maker = Function.DECISION_MAKER
    found = row and await agencies.doing(reading, maker, scene.today, code=sent.authority)
    if row is None or not found or not found["on_platform"] or found["id"] == reading.actor.agency_id:
        message = "There is no other competent authority of this code that works here today."
        return invalid("authority", "unknown", message, "Give the code of another authority, such as `ieca`.")
    await scene.take(StepKind.TRANSFERRED, to=found["name"], row=row.row, words=sent.about.words)
    next_authority = Involvement(found["id"], maker, Relation.DECISION_MAKER, DECIDES)
    await writes.involve(reading, permit, [next_authority])
    if not await steps_store.hand_over(reading, permit, found["id"]):
        return Conflict("PROPOSAL_OPEN", "A proposal for this case waits for an answer.", "Answer it first.")
    await outbox.send(reading, NoticeKind.CASE_TRANSFERRED, scene.case.id, found["id"], maker)
    await writes.become(reading, permit, Relation.PREVIOUS_AUTHORITY, BEFORE)
    await writes.end_own_involvement(reading, permit, Relation.DECISION_MAKER)
    return None
