"""What can be seen of actions: an agency's over all meetings, one, and those that a meeting reports on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping

from policies.permit import Permit
from policies.vocabulary import Function
from services import gate
from services.meetings.action_rules import is_overdue
from services.meetings.action_views import ActionView, FollowUpView, HolderView, ReportView
from services.meetings.asking import GROUP, lookup
from services.meetings.content import Body
from services.meetings.store import actions as store
from services.meetings.words import ActionState
from services.tools import Reading

FIRST_PLACE = (date.min, UUID(int=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsPage:
    """Whose actions, after which place, and how many at most."""

    in_charge: bool
    first: int
    member: UUID | None = None
    team: UUID | None = None
    after: tuple[date, UUID] | None = None


@dataclass(frozen=True, slots=True)
class Actions:
    """A page, and whether there is more."""

    actions: tuple[ActionView, ...]
    has_more: bool


async def open_actions(reading: Reading, page: ActionsPage) -> Actions:
    """What the actor's agency still has to do, the longest overdue first. Only what the page shows is looked at."""
    found = await store.places(
        reading,
        in_charge=page.in_charge,
        member=page.member,
        team=page.team,
        after=page.after or FIRST_PLACE,
        first=page.first + 1,
    )
    shown = found[: page.first]
    if not shown:
        return Actions((), has_more=False)
    admissions = await gate.look(reading, sorted({str(row["record_id"]) for row in shown}), GROUP)
    permits = [found.permit for found in admissions.values()]
    rows = await store.by_id(reading, permits, [row["entry_id"] for row in shown])
    return Actions(tuple(_view(row) for row in rows), has_more=len(found) > page.first)


async def one(reading: Reading, meeting: UUID, action: UUID) -> ActionView | None:
    """One action of a meeting; None: there is none for this actor."""
    admissions = await gate.look(reading, [lookup(meeting)], GROUP)
    rows = await store.by_id(reading, [found.permit for found in admissions.values()], [action])
    return next((_view(row) for row in rows if row["meeting_id"] == meeting), None)


async def follow_up(reading: Reading, permits: Iterable[Permit], meetings: Sequence[UUID]) -> dict[UUID, FollowUpView]:
    """What each of these meetings has to follow, in one statement."""
    rows = await store.follow_up(reading, permits, meetings)
    return {
        meeting: FollowUpView(
            actions=tuple(_view(row) for row in rows if row["of_meeting"] == row["meeting_id"] == meeting),
            earlier=tuple(_view(row) for row in rows if row["of_meeting"] == meeting != row["meeting_id"]),
        )
        for meeting in meetings
    }


def _view(row: RowMapping) -> ActionView:
    state = ActionState(row["state"])
    return ActionView(
        id=row["entry_id"],
        meeting=row["meeting_id"],
        case_reference=row["reference"],
        what=row["what"],
        owner=Body(agency=row["owner_agency_id"], name=row["owner_name"], function=Function(row["owner_function"])),
        owner_person=row["owner_person"],
        due_on=row["due_on"],
        state=state,
        version=row["reports"],
        is_overdue=is_overdue(state, row["due_on"], row["today"]),
        is_yours=row["is_yours"],
        report=ReportView(row["note"], row["reported_for"], row["reported_at"], row["for_them"])
        if row["note"]
        else None,
        holder=HolderView(row["holder"], row["held_by_team"], row["held_since"]) if row["holder"] else None,
    )
