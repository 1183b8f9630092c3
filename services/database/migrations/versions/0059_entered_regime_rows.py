"""Regime rows of days to come are entered by two people."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0059"
down_revision = "0065"

SQL = Path(__file__).parent.parent / "sql" / "0059_entered_regime_rows.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
