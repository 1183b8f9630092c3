"""Who imports for whom is asked once for many messages."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0095"
down_revision = "0090"

SQL = Path(__file__).parent.parent / "sql" / "0095_arrivals_together.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
