"""Ends of memberships and functions on a day to come."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0010"
down_revision = "0009"

SQL = Path(__file__).parent.parent / "sql" / "0010_planned_ends.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
