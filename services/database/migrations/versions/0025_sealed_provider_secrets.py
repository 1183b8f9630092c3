"""Client secrets of providers are kept sealed."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0025"
down_revision = "0024"

SQL = Path(__file__).parent.parent / "sql" / "0025_sealed_provider_secrets.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
