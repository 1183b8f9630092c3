"""Who is signed in, what they act as, and whom they may give a case to."""

from datetime import date, datetime

import strawberry

from schema.agency_names import AgencyName
from schema.context import Info
from schema.groups import value
from schema.node import global_id
from schema.people import Training, training
from schema.people_words import Missing
from schema.words import AccessLevel, Function
from services.agencies import queries as agencies
from services.people import queries as people
from services.people.views import StandingView
from services.sessions import signed_in


@strawberry.type(directives=[value], description="A function you may act in.")
class ActsAs:
    function: Function = strawberry.field(description="The function.")
    access_level: AccessLevel = strawberry.field(description="What you may do in it.")
    since: date = strawberry.field(description="Since when.")
    until: date | None = strawberry.field(description="The first day without it. Null: no end is planned.")


@strawberry.type(directives=[value], description="A function you cannot act in today, and why.")
class MissingFunction:
    function: Function = strawberry.field(description="The function.")
    because: Missing = strawberry.field(description="Why, for programs.")
    since: date | None = strawberry.field(description="From when you have or had it. Null: you never did.")
    until: date | None = strawberry.field(description="The first day without it. Null: no end is known.")


@strawberry.type(directives=[value], description="Somebody of your agency, or one of its teams.")
class Choice:
    id: strawberry.ID = strawberry.field(description="Give this when you assign a case.")
    name: str = strawberry.field(description="Their name.")


@strawberry.type(directives=[value], description="The person who is signed in.")
class Viewer:
    id: strawberry.ID = strawberry.field(description="Your own id; assign a case to yourself with it.")
    name: str = strawberry.field(description="Your name as your agency gave it.")
    agency: AgencyName = strawberry.field(
        description="Your agency; it comes from your identity provider's registration."
    )
    acting_as: Function = strawberry.field(description="The function you act in now.")
    access_level: AccessLevel = strawberry.field(description="What you may do in it.")
    authenticated_at: datetime | None = strawberry.field(
        description="When you last proved who you are. Null: your agency's sign-in does not say."
    )
    fresh_until: datetime | None = strawberry.field(
        description="Until when that is fresh enough for a sensitive act. Null: it is not; sign in with `step_up=1`."
    )
    functions: list[ActsAs] = strawberry.field(description="Everything you may act as today.")
    missing: list[MissingFunction] = strawberry.field(
        description="What your agency does, or you did or will do, and you cannot act in today."
    )
    training: list[Training] = strawberry.field(description="Your training, the latest first.")
    colleagues: list[Choice] = strawberry.field(description="Your colleagues in this function, for assigning a case.")
    teams: list[Choice] = strawberry.field(description="Teams of your agency in this function, for assigning a case.")


async def viewer(info: Info) -> Viewer:
    """The signed-in person; their own data is no record and stands in no ledger."""
    async with info.context.turn:
        reading = info.context.reading
        age = await signed_in.sign_in_age(reading)
        standing = await people.standing(reading)
        return Viewer(
            id=global_id("Member", reading.actor.member_id),
            name=reading.viewer.name,
            agency=AgencyName(id=global_id("Agency", reading.actor.agency_id), name=reading.viewer.agency_name),
            acting_as=reading.actor.function,
            access_level=reading.actor.access_level,
            authenticated_at=age.authenticated_at,
            fresh_until=age.fresh_until,
            functions=[_acts_as(one) for one in standing if one.missing is None],
            missing=[_missing(one) for one in standing if one.missing is not None],
            training=[training(one) for one in await people.my_training(reading)],
            colleagues=[Choice(id=global_id("Member", c.id), name=c.name) for c in await agencies.colleagues(reading)],
            teams=[Choice(id=global_id("Team", t.id), name=t.name) for t in await agencies.teams(reading)],
        )


def _acts_as(view: StandingView) -> ActsAs:
    if view.access_level is None or view.since is None:
        raise RuntimeError("whoever may act in a function has it at some level since some day")
    return ActsAs(function=view.function, access_level=view.access_level, since=view.since, until=view.until)


def _missing(view: StandingView) -> MissingFunction:
    if view.missing is None:
        raise RuntimeError("nothing is missing of this function")
    return MissingFunction(function=view.function, because=view.missing, since=view.since, until=view.until)
