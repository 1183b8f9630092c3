"""People of an agency as its administrators read them, and who had which function on a day."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.context import Info
from schema.groups import value
from schema.node import global_id, uuid_of
from schema.paging import PAGE, After, First, PageInfo, page
from schema.people_words import Standing, TrainingKind
from schema.words import AccessLevel, Function
from services.people import queries
from services.people.views import HeldView, PersonView, TrainingView

OnDay = Annotated[date, strawberry.argument(name="on", description="The day, in London.")]
OfMember = Annotated[
    strawberry.ID | None, strawberry.argument(description="One person of your agency. Null: all of them.")
]


@strawberry.type(directives=[value], description="A function somebody has, had, or will have.")
class HeldFunction:
    function: Function = strawberry.field(description="The function.")
    access_level: AccessLevel = strawberry.field(description="What they may do in it.")
    since: date = strawberry.field(description="The first day.")
    until: date | None = strawberry.field(description="The first day without it. Null: no end planned.")
    ended_at: datetime | None = strawberry.field(description="When it was ended at once. Null: it was not.")


@strawberry.type(directives=[value], description="A place in a team.")
class TeamPlace:
    team: str = strawberry.field(description="The team's name.")
    function: Function = strawberry.field(description="The function that the team works in.")
    standing: Standing = strawberry.field(description="How they belong to it.")
    since: datetime = strawberry.field(description="From when.")
    until: datetime | None = strawberry.field(description="Until when. Null: no end planned.")


@strawberry.type(directives=[value], description="One training.")
class Training:
    kind: TrainingKind = strawberry.field(description="For what.")
    on: date = strawberry.field(description="The day on which it was completed.")
    expires: date | None = strawberry.field(description="The first day on which it no longer counts. Null: it lasts.")


@strawberry.type(directives=[value], description="A person of your agency, for its administrators.")
class AdministeredPerson:
    id: strawberry.ID = strawberry.field(description="Give this when you change something about them.")
    name: str = strawberry.field(description="Their name, as your agency gave it.")
    provider: str = strawberry.field(description="The identity provider that vouches for them.")
    subject: str = strawberry.field(description="The subject by which the provider knows them.")
    functions: list[HeldFunction] = strawberry.field(description="Every function, past and to come.")
    teams: list[TeamPlace] = strawberry.field(description="Every place in a team, past and to come.")
    training: list[Training] = strawberry.field(description="Every training.")
    email: str | None = strawberry.field(description="Where e-mails about notices reach them. Null: nowhere.")


@strawberry.type(directives=[value], description="A person in a page.")
class PersonEdge:
    cursor: str = strawberry.field(description="Their place in the list.")
    node: AdministeredPerson = strawberry.field(description="The person.")


@strawberry.type(directives=[value], description="A page of your agency's people, by name.")
class PersonConnection:
    edges: list[PersonEdge] = strawberry.field(description="The people of this page. Empty: none, or not for you.")
    page_info: PageInfo = strawberry.field(description="Whether there is more.")


@strawberry.type(directives=[value], description="Somebody who had a function on the day asked about.")
class HeldOnDay:
    member_id: strawberry.ID = strawberry.field(description="The person.")
    name: str = strawberry.field(description="Their name.")
    held: HeldFunction = strawberry.field(description="The function, with all its dates.")
    agency_held: bool = strawberry.field(
        description="Whether the agency had the function that day. False: nobody could act in it."
    )


async def people(info: Info, first: First = PAGE, after: After = None) -> PersonConnection:
    """A page of the agency's people."""
    context = info.context
    actor = context.reading.actor
    wanted = page(context.seal, actor, "people", first, after)
    start = (str(wanted.after[0]), UUID(wanted.after[1])) if wanted.after else None
    async with context.turn:
        found = await queries.people(context.reading, start, first + 1)
    edges = [
        PersonEdge(cursor=context.seal.close(actor, "people", [view.name, str(view.id)]), node=_person(view))
        for view in found[:first]
    ]
    return PersonConnection(
        edges=edges,
        page_info=PageInfo(has_next_page=len(found) > first, end_cursor=edges[-1].cursor if edges else None),
    )


async def functions_on(info: Info, day: OnDay, member: OfMember = None) -> list[HeldOnDay]:
    """Who had which function on a day."""
    async with info.context.turn:
        found = await queries.functions_on(info.context.reading, day, uuid_of(member, "Member"))
    return [
        HeldOnDay(
            member_id=global_id("Member", view.member_id),
            name=view.name,
            held=_held(view.held),
            agency_held=view.agency_held,
        )
        for view in found
    ]


def training(view: TrainingView) -> Training:
    """A training as everybody sees it who may."""
    return Training(kind=view.kind, on=view.on, expires=view.expires)


def _person(view: PersonView) -> AdministeredPerson:
    return AdministeredPerson(
        id=global_id("Member", view.id),
        name=view.name,
        provider=view.provider,
        subject=view.subject,
        functions=[_held(held) for held in view.functions],
        teams=[
            TeamPlace(team=p.team, function=p.function, standing=p.standing, since=p.since, until=p.until)
            for p in view.teams
        ],
        training=[training(one) for one in view.training],
        email=view.email,
    )


def _held(view: HeldView) -> HeldFunction:
    return HeldFunction(
        function=view.function,
        access_level=view.access_level,
        since=view.since,
        until=view.until,
        ended_at=view.ended_at,
    )
