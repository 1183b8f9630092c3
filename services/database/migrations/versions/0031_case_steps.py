"""What happens to a referral beside its decisions: suspension, end, extension, reconsideration and the rest."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0031"
down_revision = "0028"

SQL = Path(__file__).parent.parent / "sql" / "0031_case_steps.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
