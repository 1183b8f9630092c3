"""What happens when somebody leaves, in stories: an administrator looks, names successors and ends a membership."""

from typing import Any

from tests.world.administering import people
from tests.world.platform import Person, Platform
from tests.world.stories import PROBLEM, assign, id_of, open_concern, seen

COUNTS = "counts { cases notifications tasks requests actions }"
LEAVING = f"""query ($memberId: ID!) {{ leaving(memberId: $memberId) {{ memberId name version
  functions {{ function {COUNTS} people {{ id name }} teams {{ id name }} intake {{ id name }} }} }} }}"""
END = f"""mutation ($input: EndMembershipInput!) {{ endMembership(input: $input) {{
  membership {{ memberId name handedOver {{ function to {COUNTS} }} }} {PROBLEM} }} }}"""
HANDED_OVER = f"{{ notices {{ edges {{ node {{ kind title handover {{ from to {COUNTS} }} }} }} }} }}"
LIVE = (
    "SELECT count(*) FROM assignment a JOIN member m ON m.id = a.member_id WHERE m.subject = $1 AND a.until_at IS NULL"
)
ORPHANS = """
    SELECT count(*) FROM involvement i WHERE i.until_at IS NULL AND i.record_open
      AND EXISTS (SELECT FROM assignment a WHERE a.involvement_id = i.id)
      AND NOT EXISTS (SELECT FROM assignment a WHERE a.involvement_id = i.id AND a.until_at IS NULL
          AND (EXISTS (SELECT FROM team t WHERE t.id = a.team_id AND team_can_take_over(t.id, t.agency_id, t.function))
               OR EXISTS (SELECT FROM member_function mf WHERE mf.member_id = a.member_id
               AND mf.function = i.function AND (mf.valid_until IS NULL OR mf.valid_until > london_today()))))
"""


async def taken_on(worker: Person, school: Person, *, by: str | None = None) -> dict[str, Any]:
    """A school's concern that this worker took from the intake team, for a colleague or for themselves, alone."""
    opened = await open_concern(school)
    case = await seen(worker, opened)
    payload = await assign(worker, case, memberId=await id_of(worker, by), replacing=True)
    assert payload["problem"] is None, payload
    found: dict[str, Any] = payload["case"]
    return found


async def member_id(administrator: Person, name: str) -> str:
    """The id under which an administrator knows somebody of their agency."""
    return str((await people(administrator))[name]["id"])


async def leaving(administrator: Person, name: str) -> dict[str, Any]:
    """What somebody would leave; there has to be somebody."""
    found: dict[str, Any] | None = (await administrator.ask(LEAVING, memberId=await member_id(administrator, name)))[
        "leaving"
    ]
    assert found is not None
    return found


async def end(administrator: Person, known: dict[str, Any], **content: Any) -> dict[str, Any]:
    """The payload of ending the membership of whom the administrator just looked at."""
    sent = {"memberId": known["memberId"], "expectedVersion": known["version"], "reason": "Has another post."}
    return await administrator.do(END, **(sent | content))


def chosen(
    known: dict[str, Any], function: str, *, person: str | None = None, team: str | None = None
) -> dict[str, Any]:
    """The successor of that name in a function, as the administrator is offered them."""
    (offered,) = (one for one in known["functions"] if one["function"] == function)
    if person:
        return {"function": function, "memberId": next(p["id"] for p in offered["people"] if p["name"] == person)}
    return {"function": function, "teamId": next(t["id"] for t in offered["teams"] if t["name"] == team)}


async def handed_over(who: Person) -> list[dict[str, Any]]:
    """The handovers that this person is told of."""
    edges = (await who.ask(HANDED_OVER))["notices"]["edges"]
    return [edge["node"]["handover"] for edge in edges if edge["node"]["kind"] == "HANDED_OVER"]


async def live_assignments(platform: Platform, subject: str) -> int:
    """How much is assigned to this person."""
    return int(await platform.admin.fetchval(LIVE, subject))


async def orphans(platform: Platform) -> int:
    """Open records that an agency has and nobody of it who acts."""
    return int(await platform.admin.fetchval(ORPHANS))
