"""Drafts of the referral form, which are no records."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0028"
down_revision = "0025"

SQL = Path(__file__).parent.parent / "sql" / "0028_drafts.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
