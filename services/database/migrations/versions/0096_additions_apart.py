"""What is added to a referral is kept in the group of the answers that it concerns."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0096"
down_revision = "0102"

SQL = Path(__file__).parent.parent / "sql" / "0096_additions_apart.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
