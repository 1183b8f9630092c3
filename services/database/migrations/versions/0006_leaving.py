"""Leaving: handovers, and the gate that whoever gives something to a person passes."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0006"
down_revision = "0005"

SQL = Path(__file__).parent.parent / "sql" / "0006_leaving.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
