"""Entries under a caveat, read by their author's agency alone."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0053"
down_revision = "0059"

SQL = Path(__file__).parent.parent / "sql" / "0053_caveats.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
