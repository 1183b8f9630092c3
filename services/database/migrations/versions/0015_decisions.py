"""Proposals of decisions, and what an issued decision rests on."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0015"
down_revision = "0014"

SQL = Path(__file__).parent.parent / "sql" / "0015_decisions.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
