"""Machine clients: an agency's own systems, their keys, and the assertions they used."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0004"
down_revision = "0003"

SQL = Path(__file__).parent.parent / "sql" / "0004_machine_clients.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
