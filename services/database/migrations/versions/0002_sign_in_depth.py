"""Sign-in depth: idle sessions end, step-up, logout by the provider."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0002"
down_revision = "0001"

SQL = Path(__file__).parent.parent / "sql" / "0002_sign_in_depth.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
