"""Proposals of decisions, and what an issued decision rests on."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0019"
down_revision = "0018"

SQL = Path(__file__).parent.parent / "sql" / "0019_decisions.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
