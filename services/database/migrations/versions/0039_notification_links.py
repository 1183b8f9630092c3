"""By their own consent a person is known to be the one of whom a notification spoke."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0039"
down_revision = "0049"

SQL = Path(__file__).parent.parent / "sql" / "0039_notification_links.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
