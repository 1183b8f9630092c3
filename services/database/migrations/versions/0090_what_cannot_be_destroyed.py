"""What cannot be destroyed is tried again later."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0090"
down_revision = "0087"

SQL = Path(__file__).parent.parent / "sql" / "0090_what_cannot_be_destroyed.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
