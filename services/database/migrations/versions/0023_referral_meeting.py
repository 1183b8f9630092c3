"""What a referral states of the strategy meeting that it comes from."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0023"
down_revision = "0022"

SQL = Path(__file__).parent.parent / "sql" / "0023_referral_meeting.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
