"""Find the rules that speak to somebody without walking through those of everybody else."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0075"
down_revision = "0074"

SQL = Path(__file__).parent.parent / "sql" / "0075_rules_by_level.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
