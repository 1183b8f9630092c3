"""Meetings say by when the next one about the child is to be held."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0026"
down_revision = "0023"

SQL = Path(__file__).parent.parent / "sql" / "0026_next_meeting.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
