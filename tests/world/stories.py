"""What happens in stories: somebody records a concern, refers, looks, closes, assigns; through HTTP only."""

import base64
from collections.abc import Mapping
from typing import Any

import httpx2

from tests.world.forms import CONCERN, adult_referral, child_referral
from tests.world.platform import Person, Platform

PROBLEM = """problem { __typename
  ... on Invalid { problems { path code message remedy } }
  ... on Refused { message rule } ... on Conflict { code message remedy } ... on NotFound { message } }"""
CASE = "case { id reference stage version assignmentVersion lead { name } assignments { name isTeam reason } }"
OPEN = f"mutation ($input: OpenConcernInput!) {{ openConcern(input: $input) {{ {CASE} {PROBLEM} }} }}"
SUBMIT = f"mutation ($input: SubmitReferralInput!) {{ submitReferral(input: $input) {{ {CASE} {PROBLEM} }} }}"
CLOSE = f"mutation ($input: CloseConcernInput!) {{ closeConcern(input: $input) {{ {CASE} {PROBLEM} }} }}"
ASSIGN = f"mutation ($input: AssignCaseInput!) {{ assignCase(input: $input) {{ {CASE} {PROBLEM} }} }}"

GROUPS = """
  identity { __typename ... on Identity { version firstName lastName age dateOfBirth }
    ... on IdentitySummary { initials ageBand } ... on Withheld { group reason requestable } }
  contact { __typename ... on Withheld { reason } }
  account { __typename ... on Account { version whatHappened } ... on Withheld { reason } }
  exploiters { __typename } evidence { __typename }
  referrer { __typename ... on Referrer { organisation receivedAt channel consent } }
  immigration { __typename } criminalJustice { __typename } supportPlan { __typename }
  childProtection { __typename ... on ChildProtection { localAuthority } } credibility { __typename }
  clocks { __typename ... on Clocks { all { kind form dueOn waitsFor waitsForAgency { name } } } }
  decisions { __typename }
"""
LOOK = f"query ($reference: String) {{ case(reference: $reference) {{ {CASE[6:-1]} {GROUPS} }} }}"
WORKLIST = """query ($scope: WorklistScope! = ASSIGNED, $first: Int! = 20, $after: String) {
  worklist(scope: $scope, first: $first, after: $after) {
    edges { cursor node { id reference stage clocks { __typename ... on Clocks { next { kind dueOn daysLeft } } } } }
    pageInfo { hasNextPage endCursor } } }"""
NOTICES = """query ($first: Int! = 20, $after: String) { notices(first: $first, after: $after) {
  edges { cursor node { id kind title isTask about { name } record {
    ... on Case { reference stage assignments { name reason } } } } }
  pageInfo { hasNextPage endCursor } } }"""
VIEWER = "{ viewer { id name colleagues { id name } teams { id name } } }"
FROM_THE_PAST = "2026-05-26T09:00+01:00"  # the Tuesday after the Spring bank holiday


def supported_adult(form: dict[str, Any] | None = None) -> dict[str, Any]:
    """The form of an adult who wants support, and can be telephoned about it."""
    form = (form or adult_referral()) | {"supportPlan": {"wanted": True}}
    return form | {"contact": form["contact"] | {"phone": "+44 113 496 0002"}}


async def open_concern(who: Person, **changes: Any) -> dict[str, Any]:
    """A concern about a girl of 15 in Leeds, or what the changes make of it; it has to work."""
    payload = await who.do(OPEN, concern=CONCERN | changes)
    assert payload["problem"] is None, payload
    case: dict[str, Any] = payload["case"]
    return case


async def refer(who: Person, form: Mapping[str, Any] | None = None, **content: Any) -> dict[str, Any]:
    """A referral of an adult in Leeds, or of whom the form describes; it has to work."""
    payload = await who.do(SUBMIT, referral=form or adult_referral(), **content)
    assert payload["problem"] is None, payload
    case: dict[str, Any] = payload["case"]
    return case


async def refer_from(who: Person, concern: Mapping[str, Any], **content: Any) -> dict[str, Any]:
    """The payload of a child's referral from this concern."""
    before = {"caseId": concern["id"], "expectedVersion": concern["version"]}
    return await who.do(SUBMIT, **({"referral": child_referral(), "fromConcern": before} | content))


async def look(who: Person, case: Mapping[str, Any]) -> dict[str, Any] | None:
    """Everything of a case that this person is shown; None when there is none for them."""
    found: dict[str, Any] | None = (await who.ask(LOOK, reference=case["reference"]))["case"]
    return found


async def seen(who: Person, case: Mapping[str, Any]) -> dict[str, Any]:
    """The same, of a case that has to be there."""
    found = await look(who, case)
    assert found is not None
    return found


async def worklist(who: Person, scope: str = "ASSIGNED") -> list[dict[str, Any]]:
    """The cases of the first page."""
    page = (await who.ask(WORKLIST, scope=scope))["worklist"]
    return [edge["node"] for edge in page["edges"]]


async def inbox(who: Person) -> list[dict[str, Any]]:
    """The notices of the first page."""
    return [edge["node"] for edge in (await who.ask(NOTICES))["notices"]["edges"]]


async def kinds(who: Person) -> list[str]:
    """What this person is told, the newest first."""
    return [notice["kind"] for notice in await inbox(who)]


async def close(who: Person, case: Mapping[str, Any], **content: Any) -> dict[str, Any]:
    """The payload of closing a concern."""
    sent = {"caseId": case["id"], "expectedVersion": case["version"], "reason": "NO_INDICATORS"}
    return await who.do(CLOSE, **(sent | content))


async def assign(who: Person, case: Mapping[str, Any], **content: Any) -> dict[str, Any]:
    """The payload of giving a case to somebody."""
    sent = {"caseId": case["id"], "expectedVersion": case["assignmentVersion"], "reason": "Invented reason."}
    return await who.do(ASSIGN, **(sent | content))


async def id_of(who: Person, name: str | None = None, *, team: str | None = None) -> str:
    """The id under which this person knows a colleague, a team, or themselves."""
    viewer = (await who.ask(VIEWER))["viewer"]
    if name is None and team is None:
        return str(viewer["id"])
    choices = viewer["teams" if team else "colleagues"]
    return str(next(choice["id"] for choice in choices if choice["name"] == (team or name)))


def raw_id(public: str) -> str:
    """The uuid inside a global id, for questions to the database."""
    return base64.urlsafe_b64decode(public).decode().partition(":")[2]


def told(response: httpx2.Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    """All that an answer tells: status, body and headers, except the two that differ every time."""
    varying = {"date", "x-request-id"}
    headers = [(name, text) for name, text in response.headers.multi_items() if name.lower() not in varying]
    return response.status_code, response.content, headers


async def counted(platform: Platform) -> dict[str, int]:
    """How many rows stand in each table that a write could touch; the ledger's own lines apart."""
    names = (
        "record", "involvement", "assignment", "case_fact", "group_content", "referral", "clock", "lead_agency",
        "outbox", "notice", "idempotency",
    )  # fmt: skip
    return {name: await platform.admin.fetchval(f"SELECT count(*) FROM {name}") for name in names}
