"""Reading links and possible duplicates. Each case beside another is a look of its own, with its line."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from policies.vocabulary import DataGroup
from services.cases import queries as cases
from services.cases.views import AskedPart, RecordView
from services.related import store
from services.related.views import DuplicateView, LinkKind, LinkView
from services.tools import Reading


async def links(
    reading: Reading, asked: Iterable[AskedPart], most: int, *, record: UUID | None = None, link: UUID | None = None
) -> tuple[LinkView, ...]:
    """Open links: of one case, one by its id, or all of cases in which the actor's function stands."""
    found = await store.my_links(reading, record, link, most)
    views = await _cases(reading, found, frozenset(asked))
    kept = await store.read_links(reading, [row["id"] for row in found])
    return tuple(
        LinkView(row["id"], LinkKind(said["kind"]), said["linked_at"], said["reason"], pair)
        for row in found
        if (pair := _pair(row, views)) and (said := kept.get(row["id"]))
    )


async def duplicates(
    reading: Reading, asked: Iterable[AskedPart], most: int, record: UUID | None = None
) -> tuple[DuplicateView, ...]:
    """Open cases in the actor's charge that may be of one person. That names or references agree tells of both, so both
    are looked at, whatever else was asked."""
    found = await store.duplicates(reading, record, most)
    telling = frozenset(asked) | {DataGroup.IDENTITY}
    views = await _cases(reading, [row for row in found if not row["same_reference"]], telling)
    views |= await _cases(reading, [row for row in found if row["same_reference"]], telling | {DataGroup.IMMIGRATION})
    return tuple(
        DuplicateView(row["same_birth"], row["same_reference"], pair) for row in found if (pair := _pair(row, views))
    )


async def _cases(reading: Reading, found: Sequence[Any], asked: frozenset[AskedPart]) -> dict[str, RecordView]:
    lookups = sorted({str(one) for row in found for one in (row["one"], row["other"])})
    return await cases.many(reading, lookups, asked) if lookups else {}


def _pair(row: Any, views: dict[str, RecordView]) -> tuple[RecordView, RecordView] | None:
    one, other = views.get(str(row["one"])), views.get(str(row["other"]))
    if one is None or other is None:
        return None
    return (one, other) if (one.opened_at, one.reference) <= (other.opened_at, other.reference) else (other, one)
