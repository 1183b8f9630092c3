"""What happens next: wishes, leave, status, cooperation with police and referral on, as steps of a case."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0042"
down_revision = "0038"

SQL = Path(__file__).parent.parent / "sql" / "0042_what_next.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
