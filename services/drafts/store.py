"""SQL for drafts. Every look goes through `admit_drafts`, which writes the line that row security asks for."""

import json
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping, text

from services.drafts import file_store
from services.drafts.views import DraftFileView, DraftView, Said
from services.drafts.words import DraftAct
from services.tools import Reading

ADMIT = text("SELECT admit_drafts(:draft, :act) AS id")
READ = text("""
    SELECT d.id, d.reference, d.version, d.form_version, d.answers, d.started_at, d.saved_at,
           m.display_name AS saved_by, d.warn_on, d.last_day
    FROM referral_draft d LEFT JOIN member m ON m.id = d.saved_by WHERE d.id = ANY (:drafts)
    ORDER BY d.saved_at DESC, d.id
""")
BEGIN = text("SELECT begin_draft(:form_version, CAST(:answers AS jsonb), :warn_on, :last_day, :rows) AS id")
SAVE = text("""
    UPDATE referral_draft SET answers = CAST(:answers AS jsonb), version = version + 1, saved_at = moment(),
        saved_by = my_member(), warn_on = :warn_on, last_day = :last_day, regime_rows = :rows, warned_at = NULL
    WHERE id = :draft
""")
DELETE = text("DELETE FROM referral_draft WHERE id = :draft")


async def read(reading: Reading, act: DraftAct, draft: UUID | None = None) -> list[DraftView]:
    """The draft of that id, or all there are; empty when there is none for this actor. One line of the ledger."""
    admitted = [row["id"] for row in await reading.rows(ADMIT, draft=draft, act=act.value)]
    if not admitted:
        return []
    files = await file_store.read(reading, admitted)
    return [_view(row, files.get(row["id"], ())) for row in await reading.rows(READ, drafts=admitted)]


async def begin(
    reading: Reading, form_version: str, answers: Said, warn_on: date, last_day: date, rows: list[str]
) -> UUID:
    """A new draft; its id."""
    said = json.dumps(answers)
    row = await reading.row(
        BEGIN, form_version=form_version, answers=said, warn_on=warn_on, last_day=last_day, rows=rows
    )
    if row is None:
        raise LookupError("a draft was begun and has no id")
    found: UUID = row["id"]
    return found


async def save(reading: Reading, draft: UUID, answers: Said, warn_on: date, last_day: date, rows: list[str]) -> None:
    """The next version of a draft that this operation has read."""
    await reading.run(SAVE, draft=draft, answers=json.dumps(answers), warn_on=warn_on, last_day=last_day, rows=rows)


async def delete(reading: Reading, draft: UUID) -> None:
    """Remove a draft that this operation has read."""
    await reading.run(DELETE, draft=draft)


def _view(row: RowMapping, files: Sequence[DraftFileView]) -> DraftView:
    answers = {key: tuple(words) for key, words in row["answers"].items()}
    return DraftView(**{**row, "answers": answers, "files": tuple(files)})
