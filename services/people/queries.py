"""What administrators read of their own agency, each look a line; and what the signed-in person may act as."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from policies.vocabulary import AccessLevel, Function
from services.people import store
from services.people.acts import Widening
from services.people.changes import Standing, TrainingKind
from services.people.telling import told
from services.people.views import (
    HeldOnView,
    HeldView,
    LineView,
    Missing,
    PersonView,
    ProposalState,
    ProposalView,
    StandingView,
    TeamPlaceView,
    TeamView,
    TrainingView,
    Verdict,
)
from services.tools import Reading

FIRST, LAST = UUID(int=0), UUID(int=2**128 - 1)
END_OF_TIME = datetime.max.replace(tzinfo=UTC)


async def standing(reading: Reading) -> tuple[StandingView, ...]:
    """Every function of the person or their agency today, and what is missing."""
    return tuple(
        StandingView(
            function=Function(row["function"]),
            access_level=AccessLevel(row["access_level"]) if row["access_level"] else None,
            since=row["valid_from"],
            until=row["valid_until"],
            missing=Missing(row["missing"]) if row["missing"] else None,
        )
        for row in await store.standing(reading)
    )


async def my_training(reading: Reading) -> tuple[TrainingView, ...]:
    """The signed-in person's own training, the latest first."""
    return tuple(
        TrainingView(TrainingKind(row["kind"]), row["completed_on"], row["expires_on"])
        for row in await store.my_training(reading)
    )


async def people(reading: Reading, after: tuple[str, UUID] | None, first: int) -> tuple[PersonView, ...]:
    """The agency's people by name; nobody for who administers nothing."""
    return tuple(_person(row) for row in await store.people(reading, after or ("", FIRST), first))


async def teams(reading: Reading) -> tuple[TeamView, ...]:
    """The agency's teams by function and name; none for who administers nothing."""
    return tuple(
        TeamView(**{**row, "function": Function(row["function"]), "people": tuple(row["people"])})
        for row in await store.teams(reading)
    )


async def functions_on(reading: Reading, day: date, member: UUID | None) -> tuple[HeldOnView, ...]:
    """Who of the agency had which function on that day."""
    return tuple(
        HeldOnView(
            row["member_id"],
            row["name"],
            HeldView(
                Function(row["function"]),
                AccessLevel(row["access_level"]),
                row["valid_from"],
                row["valid_until"],
                row["ended_at"],
            ),
            row["agency_held"],
        )
        for row in await store.functions_on(reading, day, member)
    )


async def proposals(
    reading: Reading, before: tuple[datetime, UUID] | None, first: int, *, only_open: bool
) -> tuple[ProposalView, ...]:
    """Proposals that concern the administrator, the newest first."""
    rows = await store.proposals(reading, before or (END_OF_TIME, LAST), first, only_open=only_open)
    return tuple(_proposal(row) for row in rows)


async def proposal(reading: Reading, wanted: UUID) -> ProposalView | None:
    """One proposal."""
    row = await store.proposal(reading, wanted)
    return _proposal(row) if row else None


async def ledger(reading: Reading, before: UUID | None, first: int) -> tuple[LineView, ...]:
    """Lines of the administrative ledger, the newest first."""
    return tuple(_line(row) for row in await store.ledger(reading, before, first))


def _person(row: RowMapping) -> PersonView:
    state: Mapping[str, Any] = row["state"]
    return PersonView(
        id=row["id"],
        name=row["name"],
        provider=row["provider"],
        subject=row["subject"],
        email=state["email"],
        functions=tuple(_held(item) for item in state["functions"]),
        teams=tuple(_place(item) for item in state["teams"]),
        training=tuple(
            TrainingView(TrainingKind(item["kind"]), date.fromisoformat(item["on"]), _day(item["expires"]))
            for item in state["training"]
        ),
    )


def _held(item: Mapping[str, Any]) -> HeldView:
    return HeldView(
        function=Function(item["function"]),
        access_level=AccessLevel(item["access_level"]),
        since=date.fromisoformat(item["from"]),
        until=_day(item["until"]),
        ended_at=_moment(item["ended_at"]),
    )


def _place(item: Mapping[str, Any]) -> TeamPlaceView:
    return TeamPlaceView(
        team=item["team"],
        function=Function(item["function"]),
        standing=Standing(item["standing"]),
        since=datetime.fromisoformat(item["from"]),
        until=_moment(item["until"]),
    )


def _proposal(row: RowMapping) -> ProposalView:
    return ProposalView(
        id=row["id"],
        kind=Widening(row["act"]),
        change=told(row["content"]) or (),
        agency=row["agency_name"],
        subject=row["subject_name"],
        reason=row["reason"],
        proposed_by=row["proposed_by_name"],
        proposed_at=row["proposed_at"],
        expires_at=row["expires_at"],
        state=ProposalState(row["state"]),
        decided_by=row["decided_by_name"],
        decided_at=row["decided_at"],
        decision_reason=row["decision_reason"],
        mine_to_decide=row["mine_to_decide"],
    )


def _line(row: RowMapping) -> LineView:
    return LineView(
        id=row["id"],
        at=row["at"],
        act=row["act"],
        verdict=Verdict(row["verdict"]),
        actor=row["actor_name"],
        actor_agency=row["actor_agency"],
        agency=row["agency_name"],
        subject=row["subject_name"],
        before=told(row["before"]),
        after=told(row["after"]),
        reason=row["reason"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
