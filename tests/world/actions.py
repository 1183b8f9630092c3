"""What happens to actions of strategy meetings in stories, through HTTP only."""

from collections.abc import Mapping
from typing import Any

from tests.world.meetings import agency_id, written
from tests.world.platform import Person
from tests.world.stories import PROBLEM

ACTION = """{ id meetingId caseReference what ownerPerson dueOn isOverdue state version isYours owner { name function }
  report { note agency at forThem } holder { name isTeam } }"""
ACTIONS = f"""query ($scope: WorklistScope! = AGENCY, $heldBy: ID, $first: Int! = 20, $after: String) {{
  openActions(scope: $scope, heldBy: $heldBy, first: $first, after: $after) {{
    edges {{ cursor node {ACTION} }} pageInfo {{ hasNextPage endCursor }} }} }}"""
REPORT = f"mutation ($input: ReportActionInput!) {{ reportAction(input: $input) {{ action {ACTION} {PROBLEM} }} }}"
GIVE = f"mutation ($input: GiveActionInput!) {{ giveAction(input: $input) {{ action {ACTION} {PROBLEM} }} }}"
FOLLOW_UP = f"query ($id: ID!) {{ meeting(id: $id) {{ followUp {{ actions {ACTION} earlier {ACTION} }} }} }}"


async def open_actions(who: Person, **asked: Any) -> list[dict[str, Any]]:
    """What this person's agency still has to do."""
    return [edge["node"] for edge in (await who.ask(ACTIONS, **asked))["openActions"]["edges"]]


async def agreed(
    who: Person, meeting: Mapping[str, Any], what: str, agency: str | None, function: str, due: str, **more: Any
) -> dict[str, Any]:
    """An action that the meeting agrees on; `agency` None: of a school by name."""
    owner: dict[str, Any] = {"agencyId": await agency_id(who, agency)} if agency else {"name": "Invented Academy"}
    return await written(who, meeting, "action", what=what, owner=owner | {"function": function}, dueOn=due, **more)


async def report(who: Person, action: Mapping[str, Any], state: str, note: str = "Said.", **changes: Any) -> Any:
    """The payload of saying what became of an action as somebody read it."""
    sent = {"meetingId": action["meetingId"], "actionId": action["id"], "expectedVersion": action["version"]}
    return await who.do(REPORT, **(sent | {"state": state, "note": note} | changes))


async def reported(who: Person, action: Mapping[str, Any], state: str, note: str = "Said.") -> dict[str, Any]:
    """The action, of which this can be said."""
    payload = await report(who, action, state, note)
    assert payload["problem"] is None, payload
    found: dict[str, Any] = payload["action"]
    return found


async def give(who: Person, action: Mapping[str, Any], **holder: str) -> dict[str, Any]:
    """The payload of giving an action to somebody."""
    return await who.do(GIVE, meetingId=action["meetingId"], actionId=action["id"], **holder)


async def follow_up(who: Person, meeting: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """What a meeting has to follow, as this person sees it."""
    found: dict[str, Any] = (await who.ask(FOLLOW_UP, id=meeting["id"]))["meeting"]["followUp"]
    return found
