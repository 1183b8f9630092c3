"""What a body without an account says of the minutes it was sent, written down by the council that holds the meeting."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0027"
down_revision = "0026"

SQL = Path(__file__).parent.parent / "sql" / "0027_signed_for_them.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
