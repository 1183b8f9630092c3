"""What stood when `migrate` was done, so that a change by hand is noticed."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0015"
down_revision = "0014"

SQL = Path(__file__).parent.parent / "sql" / "0015_walls.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
