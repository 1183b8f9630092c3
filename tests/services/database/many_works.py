"""What is to be done on those records: requests that were asked and are to answer, and actions of a meeting."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

import asyncpg

from policies.vocabulary import Relation
from tests.services.database.many_ways import DAY, Cast, Given, Made
from tests.services.database.ways_written import insert

OVER, EXPIRED = "fulfilled", "expired"
STATES = ("pending", "pending", "acknowledged", OVER, EXPIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request: whom it waits for, and who has it there. `way`: of the person's agency, where that is to answer."""

    id: UUID
    made: Made
    way: UUID | None
    is_mine: bool
    state: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An action: which part it stands in, whose it is, and who has it in hand there."""

    id: UUID
    made: Made
    part: int
    owner: str  # "us", "them", "nobody here"
    is_done: bool
    holder: Given | None
    due_on: date


def requests(cast: Cast, records: Sequence[Made]) -> list[Asked]:
    """One that the agency asked for every record, one to answer for each involvement by a request."""
    dice = Random(1928)  # noqa: S311 - the same at every run
    found = []
    for made in records:
        ways = [way for way in made.ways if way.relation is Relation.REQUESTED]
        for way in (*ways, None):
            mine = way.given in (Given.ME, Given.MY_TEAM, Given.MY_PEOPLE) if way else dice.random() < 0.5
            found.append(
                Asked(
                    id=UUID(int=dice.getrandbits(128)),
                    made=made,
                    way=way.id if way else None,
                    is_mine=mine,
                    state=dice.choice(STATES),
                    due_on=cast.today + dice.randint(0, 5) * DAY,
                )
            )
    return found


def tasks(cast: Cast, records: Sequence[Made]) -> list[Task]:
    """Two actions of each record's meeting, in the open part and in the closed one."""
    dice = Random(1929)  # noqa: S311 - the same at every run
    return [
        Task(
            id=UUID(int=dice.getrandbits(128)),
            made=made,
            part=part,
            owner=dice.choice(("us", "us", "them", "nobody here")),
            is_done=dice.random() < 0.2,
            holder=dice.choice((None, Given.ME, Given.MY_TEAM, Given.MY_PEOPLE, Given.SOMEBODY)),
            due_on=cast.today + dice.randint(-5, 5) * DAY,
        )
        for made in records
        for part in (0, 1)
    ]


async def write(admin: asyncpg.Connection, cast: Cast, asked: Sequence[Asked], to_do: Sequence[Task]) -> None:
    """Every row of them."""
    meetings = {task.made.meeting: task.made for task in to_do}.values()
    await insert(
        admin,
        {
            "information_request": [_request(one, cast) for one in asked],
            "information_request_step": [_step(one, cast) for one in asked],
            "meeting": [_meeting(made, cast) for made in meetings],
            "meeting_part": [part for made in meetings for part in _parts(made, cast)],
            "meeting_entry": [_entry(task, cast) for task in to_do],
            "meeting_entry_version": [_version(task, cast) for task in to_do],
            "meeting_action": [_action(task, cast) for task in to_do],
            "action_charge": [_charge(task, task.holder, cast) for task in to_do if task.holder],
        },
    )


def _request(one: Asked, cast: Cast) -> dict[str, Any]:
    us, them = (cast.agency, one.made.function), (cast.elsewhere, "decision_maker")
    asker, addressee = (them, us) if one.way else (us, them)
    due = cast.today - DAY if one.state == EXPIRED else one.due_on
    return {
        "id": one.id,
        "record_id": one.made.id,
        "asked_by": cast.worker if one.is_mine else cast.colleague,
        "agency_id": asker[0],
        "function": asker[1],
        "addressee_agency_id": addressee[0],
        "addressee_function": addressee[1],
        "involvement_id": one.way or one.id,
        **dict.fromkeys(("purpose", "question", "necessity", "article_6", "condition", "power", "urgency"), "p"),
        "groups": ["identity"],
        "words": ["w"],
        "asked_at": cast.now - DAY,
        "due_on": due,
        "expires_on": due,
    }


def _step(one: Asked, cast: Cast) -> dict[str, Any]:
    status = "pending" if one.state == EXPIRED else one.state
    kept = {"request_id": one.id, "step": 1, "status": status, "at": cast.now - DAY, "member_id": cast.colleague}
    return kept | {"words": "w"}


def _meeting(made: Made, cast: Cast) -> dict[str, Any]:
    held_by_us = made.seed % 2 == 0
    return {
        "id": made.meeting,
        "record_id": made.id,
        "occasion_id": made.meeting,
        "authority_id": cast.agency if held_by_us else cast.elsewhere,
        "nation": "england",
        "convened_at": cast.now - DAY,
        "convened_by": cast.colleague,
    }


def _parts(made: Made, cast: Cast) -> Iterator[dict[str, Any]]:
    for place, part in enumerate(made.parts):
        kept = {"id": part, "meeting_id": made.meeting, "record_id": made.id, "made_at": cast.now - DAY}
        yield kept | {"is_open": place == 0, "name": "A closed part" if place else None}


def _place(task: Task) -> dict[str, Any]:
    part = {"part_id": task.made.parts[task.part], "in_open_part": task.part == 0}
    return {"meeting_id": task.made.meeting, "record_id": task.made.id, **part}


def _entry(task: Task, cast: Cast) -> dict[str, Any]:
    kept = {"id": task.id, "kind": "action", "agency_id": cast.elsewhere, "function": "childrens_services"}
    return kept | _place(task) | {"made_at": cast.now - DAY, "made_by": cast.colleague}


def _version(task: Task, cast: Cast) -> dict[str, Any]:
    kept = {"entry_id": task.id, "version": 1, "content": {"what": "w"}, "is_withdrawn": False}
    whose = {"agency_id": cast.elsewhere, "function": "childrens_services"}
    return kept | _place(task) | whose | {"recorded_at": cast.now - DAY, "recorded_by": cast.colleague}


def _action(task: Task, cast: Cast) -> dict[str, Any]:
    owners = {"us": cast.agency, "them": cast.elsewhere}
    owner = {"owner_agency_id": owners.get(task.owner), "owner_function": task.made.function, "owner_name": "o"}
    state = {"state": "done" if task.is_done else "open", "reports": 0, "is_withdrawn": False}
    return {"entry_id": task.id, "due_on": task.due_on, **_place(task), **owner, **state}


def _charge(task: Task, holder: Given, cast: Cast) -> dict[str, Any]:
    people = {Given.ME: cast.person, Given.MY_PEOPLE: cast.worker, Given.SOMEBODY: cast.colleague}
    team = cast.teams[task.made.function] if holder is Given.MY_TEAM else None
    whose = {"agency_id": cast.agency, "function": task.made.function, "member_id": people.get(holder), "team_id": team}
    kept = {"id": task.id, "entry_id": task.id, "record_id": task.made.id, **whose}
    return kept | {"given_by": cast.colleague, "from_at": cast.now - DAY}
