"""A referral that is not valid is returned, and its first responder adds to what was sent."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0037"
down_revision = "0048"

SQL = Path(__file__).parent.parent / "sql" / "0037_returned_referrals.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
