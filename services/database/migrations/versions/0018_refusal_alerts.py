"""Refused looks, and the notices that tell a governance officer of them."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0018"
down_revision = "0017"

SQL = Path(__file__).parent.parent / "sql" / "0018_refusal_alerts.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
