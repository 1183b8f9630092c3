"""SQL of reading the ledger; the gatekeeper's functions write the line of the reading before they hand anything out."""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, text

from services.ledger_reading.views import LedgerFilter
from services.tools import Reading

LINES = text("SELECT * FROM ledger_lines(CAST(:filter AS jsonb), :before_at, :before_id, :first)")
TOTALS = text("SELECT * FROM ledger_totals(CAST(:filter AS jsonb), CAST(:after AS text[]), :first)")


async def lines(
    reading: Reading, wanted: LedgerFilter, before: tuple[datetime, UUID], first: int
) -> Sequence[RowMapping]:
    """Lines before a place, the newest first."""
    return await reading.rows(LINES, filter=_json(wanted), before_at=before[0], before_id=before[1], first=first)


async def totals(reading: Reading, wanted: LedgerFilter, after: tuple[str, ...], first: int) -> Sequence[RowMapping]:
    """Totals after a place, by agency, group, purpose and verdict."""
    return await reading.rows(TOTALS, filter=_json(wanted), after=list(after), first=first)


def _json(wanted: LedgerFilter) -> str:
    asked = {
        "reference": wanted.reference,
        "same_person": wanted.same_person,
        "agency": wanted.agency,
        "member": wanted.member,
        "group": wanted.group,
        "purpose": wanted.purpose,
        "verdicts": wanted.verdicts,
        "from": wanted.first_day,
        "to": wanted.last_day,
    }
    return json.dumps(asked, default=str)
