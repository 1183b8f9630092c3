"""Word documents among the files."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0102"
down_revision = "0118"

SQL = Path(__file__).parent.parent / "sql" / "0102_word_documents.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
