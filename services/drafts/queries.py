"""Reading drafts: one's own agency's, in the function one acts in."""

from uuid import UUID

from services.drafts import store
from services.drafts.views import DraftView
from services.drafts.words import DraftAct
from services.tools import Reading


async def one(reading: Reading, draft: UUID) -> DraftView | None:
    """The draft of that id; None when there is none for this actor."""
    return next(iter(await store.read(reading, DraftAct.READ, draft)), None)


async def all_of_us(reading: Reading) -> list[DraftView]:
    """Every draft, the one saved last first."""
    return await store.read(reading, DraftAct.READ)
