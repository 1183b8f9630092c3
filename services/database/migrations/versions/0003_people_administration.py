"""People administered by their own agency: dated functions that end at once, proposals, training, who did what."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0003"
down_revision = "0002"

SQL = Path(__file__).parent.parent / "sql" / "0003_people_administration.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
