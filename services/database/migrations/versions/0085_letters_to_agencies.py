"""Letters to the first responder, and for a child to whoever stands for them."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0085"
down_revision = "0075"

SQL = Path(__file__).parent.parent / "sql" / "0085_letters_to_agencies.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
