"""Whether somebody whom an earlier decision covers has a further recovery period."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0064"
down_revision = "0039"

SQL = Path(__file__).parent.parent / "sql" / "0064_further_recovery.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
