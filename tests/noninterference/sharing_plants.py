"""Servers that leak what agencies tell and ask each other, or link: each without every wall that stands before it."""

from collections.abc import Callable
from typing import Any

import pytest

from services.related import queries as related
from tests.noninterference.side import Plant
from tests.world.platform import Platform

PATCH = pytest.MonkeyPatch
Seed = Callable[[PATCH], Plant]
OF_WHOEVER_SEES_THE_GROUP = "(record_id, 'information_requests') IN (SELECT * FROM admitted())"
OF_BOTH = "JOIN mine a ON a.record_id = l.one_id JOIN mine b ON b.record_id = l.other_id"
OF_EITHER = "JOIN mine a ON a.record_id IN (l.one_id, l.other_id)"
CORE_OF_EITHER = "(one_id, 'core') IN (SELECT * FROM admitted()) OR (other_id, 'core') IN (SELECT * FROM admitted())"
OF_AUTHORS = "AND NOT (a.act = 'caveat.record' OR 'author' = ANY (a.relations))"


async def rewritten(platform: Platform, function: str, old: str, new: str) -> None:
    """One of the gatekeeper's functions, changed where it says `old`."""
    source = await platform.admin.fetchval("SELECT pg_get_functiondef($1::text::regprocedure)", function)
    assert old in source, f"{function} does not say {old!r} any more: plant this leak anew"
    await platform.admin.execute(source.replace(old, new, 1))


def with_policies(**using: str) -> Seed:
    """A leak that is what row security asks: `table__policy`, and the new condition."""

    def seed(_: PATCH) -> Plant:
        async def plant(platform: Platform) -> None:
            for name, condition in using.items():
                table, _, policy = name.partition("__")
                await platform.admin.execute(f"ALTER POLICY {policy} ON {table} USING ({condition})")

        return plant

    return seed


def links_of_either_case(patch: PATCH) -> Plant:
    """A link is told to whoever knows one of its cases: by the list, by row security, and by the service."""
    honest = related._pair

    def leaking(row: Any, views: dict[str, Any]) -> Any:
        there = [found for one in (row["one"], row["other"]) if (found := views.get(str(one)))]
        return honest(row, views) or ((there[0], there[0]) if there else None)

    patch.setattr(related, "_pair", leaking)

    async def plant(platform: Platform) -> None:
        await rewritten(platform, "my_links(uuid, uuid, integer)", OF_BOTH, OF_EITHER)
        await platform.admin.execute(f"ALTER POLICY both_admitted ON case_link USING ({CORE_OF_EITHER})")

    return plant


# What one side weighed belongs to a share: without it nothing is shown of one that is somebody else's.
requests_of_others = with_policies(information_request__of_either_side=OF_WHOEVER_SEES_THE_GROUP)
shares_of_others = with_policies(
    share__of_either_side=OF_WHOEVER_SEES_THE_GROUP,
    share_reason__of_the_giver="share_id IN (SELECT s.id FROM share s)",
)
