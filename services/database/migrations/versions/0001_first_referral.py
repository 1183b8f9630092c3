"""The first referral: agencies, sessions, records, involvements, content, ledger, policy."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0001"
down_revision = None

SQL = Path(__file__).parent.parent / "sql" / "0001_first_referral.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
