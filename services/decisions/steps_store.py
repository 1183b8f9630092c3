"""SQL for steps of a case; the database asks for the act's admission again, and tells whoever has to know."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from policies.permit import Permit
from policies.vocabulary import Action, DataGroup
from services.decisions.step_words import StepKind
from services.letters import store as letters
from services.letters.words import Matter
from services.regimes.words import DecisionKind
from services.tools import Reading

TAKE = text("SELECT take_step(:record, :act, :kind, CAST(:content AS jsonb), :group) AS id")
KEPT = text("SELECT kept_from_deciding(:record, :kind) AS kept")
WANT_SUPPORT = text("SELECT want_support(:record) AS begins")
HAND_OVER = text("SELECT hand_over_case(:record, :agency) AS done")
TOLD_BY_LETTER = {
    StepKind.RECOVERY_EXTENDED: Matter.RECOVERY_EXTENDED,
    StepKind.FURTHER_RECOVERY_GRANTED: Matter.FURTHER_RECOVERY,
    StepKind.SUSPENDED: Matter.SUSPENDED,
    StepKind.RESUMED: Matter.RESUMED,
    StepKind.WITHDRAWN: Matter.WITHDRAWN,
    StepKind.ENDED: Matter.ENDED,
    StepKind.REVOKED: Matter.REVOKED,
    StepKind.DISQUALIFIED: Matter.DISQUALIFIED,
    StepKind.NOT_DISQUALIFIED: Matter.NOT_DISQUALIFIED,
    StepKind.RECONSIDERATION_ACCEPTED: Matter.RECONSIDERATION_ACCEPTED,
    StepKind.RECONSIDERATION_REFUSED: Matter.RECONSIDERATION_REFUSED,
    StepKind.TRANSFERRED: Matter.TRANSFERRED,
}
"""The steps that the person is written to about, and the end of a judicial review by its outcome."""
IN_DOUBT = text("SELECT age_is_in_doubt(:record) AS doubted")


async def take(
    reading: Reading,
    permit: Permit,
    act: Action,
    kind: StepKind,
    content: Mapping[str, Any],
    group: DataGroup | None = None,
    letter_until: date | None = None,
) -> None:
    """Keep a step of today, in the group of its kind unless another is named; its letter names the day until which it
    lasts, or the other."""
    said = json.dumps(content, default=str)
    where = group.value if group else None
    await reading.rows(TAKE, record=permit.record_id, act=act.value, kind=kind.value, content=said, group=where)
    matter = Matter(f"review_{content['outcome']}") if kind is StepKind.REVIEW_ENDED else TOLD_BY_LETTER.get(kind)
    if matter is not None:
        await letters.write(reading, permit.record_id, matter, content.get("until") or letter_until)


async def kept_from_deciding(reading: Reading, record: UUID, kind: DecisionKind) -> bool:
    """Whether the actor, or somebody they manage, made a decision of this kind here before."""
    row = await reading.row(KEPT, record=record, kind=kind.value)
    return bool(row and row["kept"])


async def hand_over(reading: Reading, permit: Permit, agency: UUID) -> bool:
    """Everything that runs waits for that authority from now on, with the same dates; False: a proposal is open."""
    row = await reading.row(HAND_OVER, record=permit.record_id, agency=agency)
    return bool(row and row["done"])


async def want_support(reading: Reading, permit: Permit) -> bool:
    """Whether from now on the case is one of an adult who wants support, and was none before."""
    row = await reading.row(WANT_SUPPORT, record=permit.record_id)
    return bool(row and row["begins"])


async def age_is_in_doubt(reading: Reading, permit: Permit) -> bool:
    """Whether nobody is sure of the person's age today; for whoever doubts or assesses it."""
    row = await reading.row(IN_DOUBT, record=permit.record_id)
    return bool(row and row["doubted"])
