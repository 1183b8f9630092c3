"""The part of the story about actions of strategy meetings: agreed on, given to somebody, done and reported on."""

from typing import Any

from schema.node import global_id
from tests.contract.storyteller import Storyteller, started


async def actions_are_followed(teller: Storyteller, meeting: str) -> None:
    """An hour after the meeting."""
    for agency, function, due in (
        ("Leeds City Council", "CHILDRENS_SERVICES", "29"),
        ("Example Street Surgery", "HEALTH", "30"),
    ):
        await _is_agreed(teller, meeting, agency, function, f"2026-05-{due}")
    await teller.at("2026-05-28T11:30+01:00")
    mine = (await teller.ask("lcc-1", "ListOpenActions", "Overdue since yesterday."))["edges"][0]["node"]
    known = {"meetingId": meeting, "actionId": mine["id"]}
    me = await teller.platform.admin.fetchval("SELECT id FROM member WHERE subject = 'lcc-1'")
    await teller.do("lcc-1", "GiveAction", "Somebody has it in hand.", **known, memberId=global_id("Member", me))
    await teller.do("lcc-1", "GiveAction", "Nobody.", **known, memberId=None)
    await teller.do("ess-1", "ReportAction", "Another agency's action.", **(started("ReportAction") | known))
    await teller.do("lcc-1", "ReportAction", "It is done.", **(started("ReportAction") | known))
    await teller.do("lcc-1", "ReportAction", "From the version before.", **(started("ReportAction") | known))
    await teller.ask("ess-1", "ListOpenActions", "The surgery's own.", scope="AGENCY")
    await teller.ask("ess-1", "ReadMeeting", "With what became of its actions.", id=meeting)


async def _is_agreed(teller: Storyteller, meeting: str, agency: str, function: str, due: str) -> None:
    listed = await teller.ask("lcc-1", "ListAgencies", "Whose action it is.", first=100)
    owner: dict[str, Any] = {"function": function}
    owner["agencyId"] = next(e["node"]["id"] for e in listed["edges"] if e["node"]["name"] == agency)
    action = {"what": "Send the chronology.", "owner": owner, "dueOn": due}
    sent = {"meetingId": meeting, "content": {"action": action}}
    await teller.do("lcc-1", "RecordMeetingEntry", "An action.", **sent)
