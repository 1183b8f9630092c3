"""Letters to the person, which wait until they can leave safely."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0043"
down_revision = "0042"

SQL = Path(__file__).parent.parent / "sql" / "0043_letters.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
