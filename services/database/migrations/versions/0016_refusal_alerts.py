"""Refused looks, and the notices that tell a governance officer of them."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0016"
down_revision = "0015"

SQL = Path(__file__).parent.parent / "sql" / "0016_refusal_alerts.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
