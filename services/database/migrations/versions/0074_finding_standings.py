"""Find how somebody stands to a record without walking through others' involvements and assignments."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0074"
down_revision = "0069"

SQL = Path(__file__).parent.parent / "sql" / "0074_finding_standings.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
