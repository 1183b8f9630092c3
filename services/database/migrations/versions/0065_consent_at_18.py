"""Somebody who was referred as a child stays by their own word from 18."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0065"
down_revision = "0064"

SQL = Path(__file__).parent.parent / "sql" / "0065_consent_at_18.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
