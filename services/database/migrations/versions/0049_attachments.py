"""Files of a record's groups."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0049"
down_revision = "0043"

SQL = Path(__file__).parent.parent / "sql" / "0049_attachments.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
