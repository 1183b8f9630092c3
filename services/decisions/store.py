"""SQL for decisions; the database asks for the act's admission again and keeps the second look."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text

from policies.vocabulary import DataGroup
from services.tools import Reading

RELIED_ON = text("SELECT data_group, version, files FROM relied_on(:record, :groups)")
PROPOSE = text("SELECT propose_decision(:record, :kind, :outcome, CAST(:content AS jsonb)) AS id")
LOST_A_FILE = text("SELECT lost_a_file(:record, :proposal) AS lost")
RETURN = text("SELECT return_decision(:record, :proposal, :reason) AS done")
ISSUE = text("SELECT issue_decision(:record, :proposal, :test_row) AS id")


async def relied_on(reading: Reading, record: UUID, groups: Sequence[DataGroup]) -> dict[str, dict[str, Any]]:
    """The present version of each of these groups and the ids of its files, as far as the proposer may read them;
    nothing of them is read here. A group with files alone is at version 0."""
    rows = await reading.rows(RELIED_ON, record=record, groups=[group.value for group in groups])
    return {
        row["data_group"]: {"version": row["version"], "files": [str(file) for file in row["files"]]} for row in rows
    }


async def lost_a_file(reading: Reading, record: UUID, proposal: UUID) -> bool:
    """Whether a file that this proposal relies on was removed since."""
    row = await reading.row(LOST_A_FILE, record=record, proposal=proposal)
    return bool(row and row["lost"])


async def propose(reading: Reading, record: UUID, kind: str, outcome: str, content: Mapping[str, Any]) -> UUID:
    """Keep a proposal; the database refuses a second open one for the same record."""
    row = await reading.row(PROPOSE, record=record, kind=kind, outcome=outcome, content=json.dumps(content))
    if row is None:
        raise RuntimeError("proposing gave nothing back")
    found: UUID = row["id"]
    return found


async def hand_back(reading: Reading, record: UUID, proposal: UUID, reason: str) -> bool:
    """Give an open proposal back to whoever made it; False: somebody answered before."""
    row = await reading.row(RETURN, record=record, proposal=proposal, reason=reason)
    return bool(row and row["done"])


async def issue(reading: Reading, record: UUID, proposal: UUID, test_row: str) -> UUID | None:
    """Make the decision of an open proposal; None: somebody answered before."""
    row = await reading.row(ISSUE, record=record, proposal=proposal, test_row=test_row)
    return row["id"] if row else None
