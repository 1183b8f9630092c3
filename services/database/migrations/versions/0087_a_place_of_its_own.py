"""Where a file lies is one file's."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0087"
down_revision = "0086"

SQL = Path(__file__).parent.parent / "sql" / "0087_a_place_of_its_own.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
