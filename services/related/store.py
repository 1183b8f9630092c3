"""SQL of related cases; the gatekeeper finds candidates in the actor's own involvements, row security confirms."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import RowMapping, text

from services.tools import Reading

MY_LINKS = text("SELECT id, one, other FROM my_links(:record, :link, :most)")
READ_LINKS = text("""
    SELECT l.id, l.kind, l.linked_at, w.reason FROM case_link l LEFT JOIN case_link_reason w ON w.link_id = l.id
    WHERE l.id = ANY (:links)
""")
LINK = text("SELECT link_cases(:one, :other, :kind, :reason) AS id")
END = text("SELECT end_case_link(:link)")
DUPLICATES = text("SELECT one, other, same_birth, same_reference FROM possible_duplicates(:record, :most)")
HAND_OVER = text("SELECT handover, problem, about FROM hand_over_cases(:records, :giver, :taker, :team, :reason)")


async def my_links(reading: Reading, record: UUID | None, link: UUID | None, most: int) -> Sequence[RowMapping]:
    """Open links between cases in which the actor's function stands, the newest first."""
    return await reading.rows(MY_LINKS, record=record, link=link, most=most)


async def read_links(reading: Reading, links: Sequence[UUID]) -> dict[UUID, RowMapping]:
    """What these links say; only those of which this operation has looked at both cases."""
    return {row["id"]: row for row in await reading.rows(READ_LINKS, links=list(links))} if links else {}


async def link(reading: Reading, one: UUID, other: UUID, kind: str, reason: str) -> UUID | None:
    """A new link; None when the two are linked already."""
    row = await reading.row(LINK, one=one, other=other, kind=kind, reason=reason)
    found: UUID | None = row["id"] if row else None
    return found


async def end(reading: Reading, link: UUID) -> None:
    """The link ends; its row stays."""
    await reading.rows(END, link=link)


async def duplicates(reading: Reading, record: UUID | None, most: int) -> Sequence[RowMapping]:
    """Pairs of open cases in the actor's charge that may be of one person."""
    return await reading.rows(DUPLICATES, record=record, most=most)


async def hand_over(
    reading: Reading, records: Sequence[UUID], giver: UUID, to: tuple[UUID | None, UUID | None], reason: str
) -> Sequence[RowMapping]:
    """One row with the handover's id, or one for each thing against it with the record it is about."""
    taker, team = to
    return await reading.rows(HAND_OVER, records=list(records), giver=giver, taker=taker, team=team, reason=reason)
