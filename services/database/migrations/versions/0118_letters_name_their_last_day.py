"""A letter to an agency names its last day too."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0118"
down_revision = "0110"

SQL = Path(__file__).parent.parent / "sql" / "0118_letters_name_their_last_day.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
