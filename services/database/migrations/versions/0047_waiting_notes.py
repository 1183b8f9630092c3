"""Waiting notes: what a case waits for in one agency's own eyes, and until when."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0047"
down_revision = "0052"

SQL = Path(__file__).parent.parent / "sql" / "0047_waiting_notes.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
