"""What a team has is handed over when nobody works in it any more."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0052"
down_revision = "0031"

SQL = Path(__file__).parent.parent / "sql" / "0052_empty_teams.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
