"""A council's second team, in stories: two administrators make it, and a case is given to it."""

from typing import Any

from tests.world.administering import administer, agreed, people
from tests.world.platform import Person, Platform
from tests.world.stories import assign, id_of, open_concern, seen

CHILDREN = "CHILDRENS_SERVICES"
TEAMS = "{ teams { id name function isIntake people waitsForNobody } }"


async def teams(who: Person) -> dict[str, dict[str, Any]]:
    """The agency's teams by name."""
    return {team["name"]: team for team in (await who.ask(TEAMS))["teams"]}


async def long_term_team(platform: Platform, **place: Any) -> None:
    """A team of the council in which Greta alone works."""
    uma, viktor = await platform.sign_in("lcc-4"), await platform.sign_in("lcc-5")
    made = await administer(uma, createTeam={"function": CHILDREN, "name": "Long-term team"})
    assert made["problem"] is None, made
    greta = (await people(uma))["Greta Invented"]["id"]
    team = (await teams(uma))["Long-term team"]["id"]
    await agreed(uma, viktor, joinTeam={"teamId": team, "memberId": greta, "standing": "MEMBER", **place})


async def given_to_team(worker: Person, school: Person, team: str) -> dict[str, Any]:
    """A school's concern that this worker gave to a team, and nobody else has at the council."""
    case = await seen(worker, await open_concern(school))
    payload = await assign(worker, case, teamId=await id_of(worker, team=team), replacing=True)
    assert payload["problem"] is None, payload
    found: dict[str, Any] = payload["case"]
    return found
