"""By which ways a form may have come that is typed in here later: on paper, while forms on paper were accepted."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from services.referrals.choices import Channel
from services.regimes import rules as regime_rules
from services.regimes.reading import read_rows
from services.regimes.row_types import RegimeRow

ROWS: Final = Path(__file__).parent / "rows" / "channels.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperChannel(RegimeRow):
    """A way in which a form on paper reached the competent authority, and the days on which that was a referral."""

    channel: Channel

    @property
    def key(self) -> tuple[str, ...]:
        """One way."""
        return (self.channel,)


def was_open(channel: Channel, on: date) -> bool:
    """Whether a form that came this way on that London date was received by it."""
    return any(row.channel is channel and row.applies_on(on) for row in _rows())


@cache
def _rows() -> tuple[PaperChannel, ...]:
    rows = read_rows(ROWS, PaperChannel)
    regime_rules.check_ids(rows)
    regime_rules.check_succession(rows)
    return rows
