"""Links between two cases."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0048"
down_revision = "0047"

SQL = Path(__file__).parent.parent / "sql" / "0048_case_links.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
