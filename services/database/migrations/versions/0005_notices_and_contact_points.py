"""Notices that are chased until somebody has them in hand, e-mails about them, and whom to reach at an agency."""

from pathlib import Path

from alembic import op

from services.database.script import run_script

revision = "0005"
down_revision = "0004"

SQL = Path(__file__).parent.parent / "sql" / "0005_notices_and_contact_points.sql"


def upgrade() -> None:
    run_script(op.get_bind(), SQL.read_text(encoding="utf-8"))
