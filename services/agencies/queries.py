"""Who is there: agencies, and the signed-in person's own agency."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import RowMapping

from policies.vocabulary import Function
from services.agencies import store
from services.agencies.views import AgencyView
from services.tools import Reading


@dataclass(frozen=True, slots=True)
class Named:
    """A person or team of one's own agency."""

    id: UUID
    name: str


async def page(reading: Reading, after: tuple[str, str], first: int, *, on_platform: bool) -> tuple[AgencyView, ...]:
    """Agencies by name; `first` at most."""
    return tuple(_agency(row) for row in await store.page(reading, after, first, on_platform=on_platform))


async def one(reading: Reading, agency: UUID) -> AgencyView | None:
    """An agency by id."""
    row = await store.one(reading, agency)
    return _agency(row) if row else None


async def teams(reading: Reading) -> tuple[Named, ...]:
    """Teams to which a case can be given: somebody works in them."""
    return tuple(Named(row["id"], row["name"]) for row in await store.my_teams(reading))


async def colleagues(reading: Reading) -> tuple[Named, ...]:
    """People of one's own agency and function to whom a case can be given."""
    return tuple(Named(row["id"], row["display_name"]) for row in await store.my_colleagues(reading))


def _agency(row: RowMapping) -> AgencyView:
    return AgencyView(
        id=row["id"],
        code=row["code"],
        name=row["name"],
        on_platform=row["on_platform"],
        valid_from=row["valid_from"],
        valid_until=row["valid_until"],
        functions=tuple(Function(word) for word in row["functions"]),
    )
