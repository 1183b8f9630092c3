"""A progress review is a step."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0110"
down_revision = "0095"

SQL = Path(__file__).parent.parent / "sql" / "0110_progress_reviews.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
