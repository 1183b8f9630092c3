"""Actions of strategy meetings: who has them in hand, what became of them, and when their owners were reminded."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0021"
down_revision = "0020"

SQL = Path(__file__).parent.parent / "sql" / "0021_actions.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
