"""Functions that end by their own date, and notices for administrators."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0024"
down_revision = "0027"

SQL = Path(__file__).parent.parent / "sql" / "0024_lapses.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
