"""When somebody who was referred as a child turns 18, and the clock that waits for their own word on that day."""

from datetime import date
from typing import Final
from uuid import UUID

from policies.permit import Permit
from services.cases.store import writes
from services.cases.store.writes import Clock
from services.referrals.answers import Identity
from services.referrals.choices import Age
from services.referrals.draft import ReferralDraft
from services.referrals.partial_dates import surely_reached
from services.regimes.words import ClockName
from services.tools import Reading

OF_AGE: Final = 18


def birthday(date_of_birth: str | None) -> date | None:
    """The day by which the person is 18 for certain; None: the date of birth is not known."""
    return surely_reached(OF_AGE, date_of_birth or "")


async def start_clock(reading: Reading, permit: Permit, draft: ReferralDraft, day: date, authority: UUID) -> None:
    """Wait for the birthday of a child; where age is in doubt no date of birth is believed, so nothing is counted."""
    turns = birthday(draft.of(Identity).date_of_birth)
    if draft.age is not Age.CHILD or turns is None:
        return
    waits = ClockName.CONSENT_AT_18.value
    clock = Clock(
        kind=waits,
        form="target",
        awaits=waits,
        awaits_agency=authority,
        starts_on=day,
        due_on=turns,
        proof={},
        regime_row=None,
    )
    await writes.start_clock(reading, permit, clock)
