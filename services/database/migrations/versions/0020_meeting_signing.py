"""Closed parts of minutes, sign-off, dissent, seals and addenda."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0020"
down_revision = "0019"

SQL = Path(__file__).parent.parent / "sql" / "0020_meeting_signing.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
