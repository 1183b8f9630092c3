"""What happens around strategy meetings in stories, through HTTP only."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.world.platform import Person, Platform
from tests.world.stories import PROBLEM, open_concern

BODY = "{ agencyId name function }"
ANSWERED = "{ answer person note forThem }"
MEETING = f"""{{
  id caseReference ordinal name nation state cancelledBecause openedAt closedAt isRunByYou readAt
  authority {{ name }} responsible {{ name }}
  arrangement {{ version mode startsAt endsAt place chair minuteTaker }}
  invitations {{ id name function isHomeAuthority isYours hasAccount answer {ANSWERED} responsibility {ANSWERED} }}
  entries {{ id version kind function isWithdrawn author {{ name }} quorum {{ isQuorate missing row }}
    content {{ __typename
      ... on MeetingBrief {{ kind trigger concern threshold agenda }}
      ... on MeetingAttendance {{ person profession presence isChair sentReport body {BODY}
                                  stretches {{ arrivedAt leftAt }} }}
      ... on SharedInformation {{ words handling handlingNote owner {BODY} }}
      ... on MeetingPassage {{ words }}
      ... on MeetingTelling {{ audience mayBeTold notToBeTold because }}
      ... on MeetingDecision {{ decision words decidedAt inquorateBecause followUpOn }}
      ... on MeetingReferral {{ isToBeMade words decidedAt inquorateBecause followUpOn by {BODY} }}
      ... on GuardianReferral {{ isToBeMade words }}
      ... on NextMeeting {{ words heldBy }}
      ... on MeetingPosition {{ onEntryId agrees reason body {BODY} }}
      ... on MeetingAction {{ what ownerPerson dueOn owner {BODY} }} }} }}
  distributions {{ what channel toWhom sentAt }} }}"""
READ = f"query ($id: ID!, $since: DateTime) {{ meeting(id: $id, changedSince: $since) {MEETING} }}"


def _mutation(name: str, field: str = "meeting") -> str:
    kind = name[0].upper() + name[1:]
    return f"mutation ($input: {kind}Input!) {{ {name}(input: $input) {{ {field} {MEETING} {PROBLEM} }} }}"


CONVENE = _mutation("conveneMeeting", "meetings")
DISCUSS = _mutation("recordDiscussion", "meetings")
INVITE = _mutation("inviteToMeeting")
ANSWER = _mutation("answerInvitation")
REARRANGE = _mutation("rearrangeMeeting")
OPEN_MEETING = _mutation("openMeeting")
CANCEL = _mutation("cancelMeeting")
DISTRIBUTE = _mutation("logDistribution")
ENTRY = _mutation("recordMeetingEntry", "entryId meeting")
CHAIRS = "{ meetingChairs { id name } }"
MEETINGS_OF = """query ($reference: String) { case(reference: $reference) { reference strategyMinutes { __typename
  ... on StrategyMinutes { meetings { id ordinal mode startsAt state } } ... on Withheld { group reason } } } }"""

BRIEF = {
    "kind": "INITIAL",
    "trigger": "A teacher's concern.",
    "concern": "The girl may be exploited to sell drugs.",
    "threshold": "Reasonable cause to suspect significant harm.",
    "agenda": ["What each agency knows", "Whether enquiries start"],
}
POLICE, HEALTH, GUARDIAN = "West Yorkshire Police", "Example Street Surgery", "Example Harbour"


async def agency_id(who: Person, name: str) -> str:
    """The id of an agency on the platform, from the list that everybody may read."""
    query = "{ agencies(first: 100, onPlatform: true) { edges { node { id name } } } }"
    edges = (await who.ask(query))["agencies"]["edges"]
    return str(next(edge["node"]["id"] for edge in edges if edge["node"]["name"] == name))


async def invitee(who: Person, name: str, function: str, **more: Any) -> dict[str, Any]:
    """An agency of the platform in a function."""
    return {"agencyId": await agency_id(who, name), "function": function, **more}


async def arrangement(who: Person, **changes: Any) -> dict[str, Any]:
    """Tuesday 14 April 2026 at ten, with the team manager in the chair."""
    chairs = (await who.ask(CHAIRS))["meetingChairs"]
    chair = next(one["id"] for one in chairs if one["name"] == "Farid Invented")
    usual = {"mode": "VIDEO", "startsAt": "2026-04-14T10:00:00+01:00", "endsAt": "2026-04-14T11:00:00+01:00"}
    return (
        usual | {"place": "https://meet.invented.example/1", "chairId": chair, "minuteTaker": "Ella Invented"} | changes
    )


async def convene(who: Person, cases: Sequence[Mapping[str, Any]], **changes: Any) -> dict[str, Any]:
    """The payload of convening a meeting with police, health and a guardian; or as the changes say."""
    invite = [
        await invitee(who, POLICE, "INVESTIGATING_POLICE"),
        await invitee(who, HEALTH, "HEALTH"),
        await invitee(who, GUARDIAN, "GUARDIAN"),
        {"name": "Invented Academy", "function": "EDUCATION"},
    ]
    content = {"nation": "ENGLAND", "arrangement": await arrangement(who), "brief": BRIEF, "invite": invite}
    return await who.do(CONVENE, caseIds=[case["id"] for case in cases], **(content | changes))


async def convened(who: Person, case: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """The meeting, which has to come about."""
    payload = await convene(who, [case], **changes)
    assert payload["problem"] is None, payload
    (meeting,) = payload["meetings"]
    found: dict[str, Any] = meeting
    return found


async def opened(who: Person, meeting: Mapping[str, Any]) -> dict[str, Any]:
    """The meeting once it is open."""
    payload = await who.do(OPEN_MEETING, meetingId=meeting["id"])
    assert payload["problem"] is None, payload
    found: dict[str, Any] = payload["meeting"]
    return found


async def read(who: Person, meeting: Mapping[str, Any], since: str | None = None) -> dict[str, Any] | None:
    """The meeting as this person is shown it; None when there is none for them."""
    found: dict[str, Any] | None = (await who.ask(READ, id=meeting["id"], since=since))["meeting"]
    return found


async def seen(who: Person, meeting: Mapping[str, Any]) -> dict[str, Any]:
    """The same, of a meeting that has to be there."""
    found = await read(who, meeting)
    assert found is not None
    return found


async def write(who: Person, meeting: Mapping[str, Any], kind: str, **content: Any) -> dict[str, Any]:
    """The payload of writing a new entry."""
    return await who.do(ENTRY, meetingId=meeting["id"], content={kind: content})


async def rewrite(who: Person, meeting: Mapping[str, Any], entry: Mapping[str, Any], **content: Any) -> dict[str, Any]:
    """The payload of writing the next version of an entry; `content` has one kind."""
    sent = {"meetingId": meeting["id"], "entryId": entry["id"], "expectedVersion": entry["version"]}
    return await who.do(ENTRY, **sent, content=content)


async def written(who: Person, meeting: Mapping[str, Any], kind: str, **content: Any) -> dict[str, Any]:
    """The entry, which has to be written."""
    payload = await write(who, meeting, kind, **content)
    assert payload["problem"] is None, payload
    entry = next(one for one in payload["meeting"]["entries"] if one["id"] == payload["entryId"])
    found: dict[str, Any] = entry
    return found


async def own_body(who: Person, name: str, function: str) -> dict[str, Any]:
    """A body of the platform as an entry names it."""
    return {"agencyId": await agency_id(who, name), "function": function}


def entries(meeting: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
    """Those of a kind."""
    return [one for one in meeting["entries"] if one["kind"] == kind]


async def a_childs_case(platform: Platform) -> tuple[Person, dict[str, Any]]:
    """A social worker of Leeds, and the case of a girl whose school is worried."""
    school, worker = await platform.sign_in("eps-1"), await platform.sign_in("lcc-1")
    case = await open_concern(school)
    return worker, case
