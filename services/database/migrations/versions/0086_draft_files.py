"""Files of drafts, and what is to be destroyed when they are gone."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0086"
down_revision = "0085"

SQL = Path(__file__).parent.parent / "sql" / "0086_draft_files.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
