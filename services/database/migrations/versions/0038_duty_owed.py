"""A notification keeps whether its sender owed it."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0038"
down_revision = "0037"

SQL = Path(__file__).parent.parent / "sql" / "0038_duty_owed.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
