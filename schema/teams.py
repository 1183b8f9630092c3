"""The teams of an agency as its administrators read them."""

import strawberry

from schema.context import Info
from schema.groups import value
from schema.node import global_id
from schema.words import Function
from services.people import queries


@strawberry.type(directives=[value], description="A team of your agency.")
class Team:
    id: strawberry.ID = strawberry.field(description="Give this to put somebody into it.")
    name: str = strawberry.field(description="Its name.")
    function: Function = strawberry.field(description="The function that it works in.")
    is_intake: bool = strawberry.field(description="Whether it gets what is new in this function.")
    people: list[str] = strawberry.field(description="Who works in it today. Empty: nobody.")
    waits_for_nobody: bool = strawberry.field(
        description="It has open work and nobody works in it, nor in the intake team: put somebody into it."
    )


async def teams(info: Info) -> list[Team]:
    """The agency's teams by function and name."""
    async with info.context.turn:
        found = await queries.teams(info.context.reading)
    return [
        Team(
            id=global_id("Team", view.id),
            name=view.name,
            function=view.function,
            is_intake=view.is_intake,
            people=list(view.people),
            waits_for_nobody=view.waits_for_nobody,
        )
        for view in found
    ]


@strawberry.type
class TeamQueries:
    teams: list[Team] = strawberry.field(
        resolver=teams, description="The teams of your agency, for its administrators. The look is recorded."
    )
