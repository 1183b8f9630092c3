"""Information requests: who asks whom for what, and what became of it."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0014"
down_revision = "0013"

SQL = Path(__file__).parent.parent / "sql" / "0014_information_requests.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
