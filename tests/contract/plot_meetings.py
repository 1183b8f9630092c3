"""The part of the story about strategy meetings: one is convened, answered, opened and recorded, one is cancelled."""

from typing import Any

from tests.contract.storyteller import Storyteller, started

ARRANGED = {"startsAt": "2026-05-28T10:00:00+01:00", "endsAt": "2026-05-28T11:00:00+01:00"}


async def agencies_meet_about_a_child(teller: Storyteller) -> str:
    """The day before, and the day itself; the meeting's id."""
    await teller.at("2026-05-27T15:00+01:00")
    case = await _case_of_the_child(teller)
    meeting = await _convene(teller, case)
    await _answers(teller, meeting)
    await teller.at("2026-05-28T10:00+01:00")
    await teller.do("ess-1", "OpenMeeting", "Whoever is invited does not open it.", meetingId=meeting["id"])
    opened = await teller.do("lcc-1", "OpenMeeting", "They have come together.", meetingId=meeting["id"])
    await _is_recorded(teller, opened["meeting"])
    await _everybody_reads(teller, meeting)
    await _another_is_cancelled(teller, case)
    await _a_night(teller, case)
    return str(meeting["id"])


async def _case_of_the_child(teller: Storyteller) -> str:
    case = await teller.ask("lcc-1", "ReadCase", "Before a meeting.", reference=teller.references["the child's case"])
    return str(case["id"])


async def _convene(teller: Storyteller, case: str) -> dict[str, Any]:
    (chair,) = await teller.ask("lcc-1", "ListMeetingChairs", "The team manager.")
    listed = await teller.ask("lcc-1", "ListAgencies", "Whom to invite.", first=100)
    surgery = next(e["node"]["id"] for e in listed["edges"] if e["node"]["name"] == "Example Street Surgery")
    sent = started("ConveneMeeting") | {"caseIds": [case]}
    sent["arrangement"] = sent["arrangement"] | ARRANGED | {"chairId": chair["id"]}
    sent["invite"] = [*sent["invite"], {"agencyId": surgery, "function": "HEALTH"}]
    wrong = sent | {"arrangement": sent["arrangement"] | {"endsAt": sent["arrangement"]["startsAt"]}}
    await teller.do("lcc-1", "ConveneMeeting", "It would end before it begins.", **wrong)
    await teller.do("sca-1", "ConveneMeeting", "Whoever decides convenes no meeting.", **sent)
    done = await teller.do("lcc-1", "ConveneMeeting", "With a surgery, and a school without an account.", **sent)
    meeting: dict[str, Any] = done["meetings"][0]
    moved = started("RearrangeMeeting") | {"meetingId": meeting["id"]}
    moved["arrangement"] = moved["arrangement"] | ARRANGED | {"chairId": chair["id"]}
    await teller.do("lcc-1", "RearrangeMeeting", "Another place.", **moved)
    await teller.do("lcc-1", "RearrangeMeeting", "It was moved already.", **moved)
    more = started("InviteToMeeting") | {"meetingId": meeting["id"]}
    await teller.do("lcc-1", "InviteToMeeting", "A nursery too.", **more)
    return meeting


async def _answers(teller: Storyteller, meeting: dict[str, Any]) -> None:
    known = await teller.ask("ess-1", "ReadMeeting", "Before it opens: when and where.", id=meeting["id"])
    await teller.ask("exh-1", "ReadMeeting", "Nobody invited them.", id=meeting["id"])
    await teller.ask("ess-1", "ReadNode", "A meeting.", id=meeting["id"])
    (own,) = known["invitations"]
    mine = {"meetingId": meeting["id"], "invitationId": own["id"]}
    await teller.do("ess-1", "AnswerInvitation", "Declining without a word.", **mine, answer="DECLINED")
    await teller.do(
        "ess-1", "AnswerInvitation", "Somebody comes.", **mine, answer="ACCEPTED", person="Dr Noor Invented"
    )
    school = next(one for one in meeting["invitations"] if one["agencyId"] is None)
    sent = started("LogDistribution") | {"meetingId": meeting["id"], "invitationId": school["id"]}
    await teller.do("lcc-1", "LogDistribution", "The school has no account.", **sent)
    await teller.do("lcc-1", "LogDistribution", "The surgery reads it here.", **sent | {"invitationId": own["id"]})


async def _is_recorded(teller: Storyteller, meeting: dict[str, Any]) -> None:
    sent = started("RecordMeetingEntry") | {"meetingId": meeting["id"]}
    done = await teller.do("lcc-1", "RecordMeetingEntry", "The risk, in a first version.", **sent)
    again = sent | {"entryId": done["entryId"], "expectedVersion": 1}
    await teller.do("lcc-1", "RecordMeetingEntry", "A second version.", **again)
    await teller.do("lcc-1", "RecordMeetingEntry", "From the first version once more.", **again)
    await teller.do("ess-1", "RecordMeetingEntry", "Another agency's entry.", **again | {"expectedVersion": 2})
    decision = {"decision": "S47_JOINT", "words": "Together.", "decidedAt": "2026-05-28T10:05:00+01:00"}
    unsaid = {"meetingId": meeting["id"], "content": {"decision": decision}}
    await teller.do("lcc-1", "RecordMeetingEntry", "A decision without its quorum, and no reason.", **unsaid)
    why = {"inquorateBecause": "The police could not come.", "followUpOn": "2026-05-29"}
    said = {"meetingId": meeting["id"], "content": {"decision": decision | why}}
    await teller.do("lcc-1", "RecordMeetingEntry", "The same with its reason.", **said)
    await teller.do("ess-1", "RecordMeetingEntry", "Guests decide nothing.", **said)


async def _everybody_reads(teller: Storyteller, meeting: dict[str, Any]) -> None:
    for subject in ("lcc-1", "ess-1"):
        await teller.ask(subject, "ReadMeeting", "After it was opened.", id=meeting["id"])
    await teller.ask("ess-1", "ReadCase", "A guest.", reference=teller.references["the child's case"])
    since = {"id": meeting["id"], "changedSince": "2026-05-28T12:00:00+01:00"}
    await teller.ask("ess-1", "ReadMeeting", "Nothing was written since.", **since)


async def _another_is_cancelled(teller: Storyteller, case: str) -> None:
    (chair,) = await teller.ask("lcc-1", "ListMeetingChairs", "The team manager.")
    sent = started("ConveneMeeting") | {"caseIds": [case]}
    sent["arrangement"] = sent["arrangement"] | {"chairId": chair["id"]}
    sent["arrangement"] |= {"startsAt": "2026-06-10T10:00:00+01:00", "endsAt": "2026-06-10T11:00:00+01:00"}
    done = await teller.do("lcc-1", "ConveneMeeting", "A second one.", **sent)
    because = started("CancelMeeting") | {"meetingId": done["meetings"][0]["id"]}
    await teller.do("lcc-1", "CancelMeeting", "It does not take place.", **because)
    await teller.do("lcc-1", "CancelMeeting", "It was cancelled already.", **because)


async def _a_night(teller: Storyteller, case: str) -> None:
    await teller.at("2026-05-28T11:00+01:00")  # meetings convened at one moment stand in no order
    (chair,) = await teller.ask("lcc-1", "ListMeetingChairs", "The team manager.")
    sent = started("RecordDiscussion") | {"caseId": case}
    sent["arrangement"] = sent["arrangement"] | {"chairId": chair["id"]}
    await teller.do("lcc-1", "RecordDiscussion", "Held by telephone in the night.", **sent)
