"""A case waits for one initial child protection conference."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0022"
down_revision = "0021"

SQL = Path(__file__).parent.parent / "sql" / "0022_conference_clock.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
