"""Information requests, in stories: somebody asks, somebody else answers or says why not."""

from collections.abc import Mapping
from typing import Any

from tests.world.platform import Person, Platform
from tests.world.sharing import LAWFUL, WITHOUT, agency_id, weighed
from tests.world.stories import CASE, PROBLEM

REQUEST = """id isAsked asker { agency { name } function } addressee { agency { name } function } purpose
  question groups urgency dueOn daysLeft expiresOn status conflict assignedTo
  steps { status by words refusalCode redirectedTo { agency { name } function } released { group version } }"""
ASKED = f"informationRequests {{ __typename ... on InformationRequests {{ requests {{ {REQUEST} }} }} }}"
TOLD = f"requestId case {{ id reference {ASKED} }} {PROBLEM}"
SEE = f"query ($reference: String) {{ case(reference: $reference) {{ {CASE[6:-1]} {ASKED} }} }}"
NAMES = (
    "AskForInformation", "AcknowledgeRequest", "AnswerRequest", "RefuseRequest", "RedirectRequest", "WithdrawRequest",
    "AssignRequest",
)  # fmt: skip
ACTS = {
    name: f"mutation ($input: {name}Input!) {{ {name[0].lower() + name[1:]}(input: $input) {{ {TOLD} }} }}"
    for name in NAMES
}
WAITING = f"""query ($side: RequestSide!, $scope: WorklistScope!, $first: Int! = 20, $after: String) {{
  informationRequests(side: $side, scope: $scope, first: $first, after: $after) {{
    edges {{ cursor node {{ request {{ {REQUEST} }} case {{ id reference }} }} }}
    pageInfo {{ hasNextPage endCursor }} }} }}"""
SURGERY = ("example-street-surgery", "HEALTH")


async def question(platform: Platform, case: Mapping[str, Any], to: tuple[str, str], **changes: Any) -> dict[str, Any]:
    """What is asked of that function of that agency."""
    said: dict[str, Any] = {
        "caseId": case["id"],
        "addressee": {"agencyId": await agency_id(platform, to[0]), "function": to[1]},
        "purpose": "To decide on reasonable grounds.",
        "question": "Has she been treated for injuries?",
        "necessity": "The account speaks of injuries.",
        "groups": ["HEALTH"],
        "lawful": LAWFUL,
        "urgency": "REASONABLE_GROUNDS",
    }
    return said | changes


async def ask(
    platform: Platform, who: Person, case: Mapping[str, Any], to: tuple[str, str], **changes: Any
) -> dict[str, Any]:
    """The payload of asking."""
    return await who.do(ACTS["AskForInformation"], **(await question(platform, case, to, **changes)))


async def asked(
    platform: Platform, who: Person, case: Mapping[str, Any], to: tuple[str, str], **changes: Any
) -> dict[str, Any]:
    """The request's id as every act takes it; it has to work."""
    payload = await ask(platform, who, case, to, **changes)
    assert payload["problem"] is None, payload
    return {"requestId": payload["requestId"]}


async def act(who: Person, name: str, **content: Any) -> dict[str, Any]:
    """The payload of any step."""
    return await who.do(ACTS[name], **content)


async def requests_of(who: Person, case: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The requests about a case that this person reads; None: the case is not there for them."""
    found = (await who.ask(SEE, reference=case["reference"]))["case"]
    if found is None:
        return None
    read: list[dict[str, Any]] = found["informationRequests"].get("requests", [])
    return read


async def waiting(who: Person, side: str = "TO_ANSWER", scope: str = "ASSIGNED") -> list[dict[str, Any]]:
    """The requests of the first page."""
    page = (await who.ask(WAITING, side=side, scope=scope))["informationRequests"]
    return [edge["node"] for edge in page["edges"]]


async def release(platform: Platform, *groups: str) -> dict[str, Any]:
    """What is released with an answer."""
    return {
        "groups": [weighed(group) for group in groups],
        "purpose": "To decide on reasonable grounds.",
        "lawful": LAWFUL,
        "consent": WITHOUT,
        "risks": "Without it the decision rests on less.",
        "conditions": "Not to be quoted in letters.",
        "endsOn": f"{await platform.admin.fetchval('SELECT london_today() + 30')}",
    }
