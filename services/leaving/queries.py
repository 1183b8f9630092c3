"""What an administrator reads before and after somebody of their own agency leaves; each look is a line."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from policies.vocabulary import Function
from services.leaving import store
from services.leaving.views import (
    Counts,
    EndedMembershipView,
    HandedOverView,
    LeavingFunctionView,
    LeavingView,
    PlannedEndView,
    SuccessorView,
)
from services.tools import Reading


async def leaving(reading: Reading, member: UUID) -> LeavingView | None:
    """What this person would leave; None: nobody whose membership the actor can end."""
    rows = await store.leaving(reading, member)
    if not rows:
        return None
    functions = tuple(_function(row) for row in rows if row["function"])
    return LeavingView(member, rows[0]["name"], rows[0]["version"], functions)


async def ended(reading: Reading, member: UUID) -> EndedMembershipView | None:
    """What this person left when their membership ended last."""
    rows = await store.ended(reading, member)
    if not rows:
        return None
    handed_over = (
        HandedOverView(Function(row["function"]), row["successor"], _counts(row)) for row in rows if row["function"]
    )
    return EndedMembershipView(member, rows[0]["name"], tuple(handed_over))


async def planned(reading: Reading) -> tuple[PlannedEndView, ...]:
    """Every end that was planned at the actor's agency and is not carried out; none unless they administer it."""
    return tuple(
        PlannedEndView(
            **{
                **row,
                "function": Function(row["function"]) if row["function"] else None,
                "nobody_for": tuple(Function(one) for one in row["nobody_for"] if one != "-"),
            }
        )
        for row in await store.planned(reading)
    )


def _function(row: RowMapping) -> LeavingFunctionView:
    intake = next((team for team in row["teams"] if team["is_intake"]), None)
    return LeavingFunctionView(
        function=Function(row["function"]),
        counts=_counts(row),
        people=_successors(row["people"]),
        teams=_successors(row["teams"]),
        intake=_successor(intake) if intake else None,
    )


def _counts(row: RowMapping) -> Counts:
    return Counts(row["cases"], row["notifications"], row["tasks"], row["requests"], row["actions"])


def _successors(found: Iterable[Mapping[str, Any]]) -> tuple[SuccessorView, ...]:
    return tuple(_successor(one) for one in found)


def _successor(found: Mapping[str, Any]) -> SuccessorView:
    return SuccessorView(UUID(found["id"]), found["name"])
