"""What was not scanned when it came is scanned later."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0069"
down_revision = "0053"

SQL = Path(__file__).parent.parent / "sql" / "0069_later_scans.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
