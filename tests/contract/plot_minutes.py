"""The part of the story about minutes: a closed part, sign-off and dissent, closing, an addendum, a release."""

from typing import Any

from tests.contract.storyteller import Storyteller, started


async def minutes_are_signed_off(teller: Storyteller, meeting: str) -> None:
    """On the day of the meeting and a week later, when the last day of the sign-off has passed."""
    of = {"meetingId": meeting}
    found = await teller.ask("ess-1", "ReadMeeting", "Before a closed part.", id=meeting)
    decision = next(one for one in found["entries"] if one["kind"] == "DECISION" and not one["isWithdrawn"])
    await _a_closed_part(teller, of, found)
    await teller.do("ess-1", "SignMinutes", "They are not out yet.", **of, answer="AGREED")
    await teller.do("ess-1", "SendOutMinutes", "Whoever is invited does not send them out.", **of)
    await teller.do("lcc-1", "SendOutMinutes", "They go out.", **of)
    await teller.do("lcc-1", "SendOutMinutes", "They are out already.", **of)
    wrong = {"answer": "DISPUTED", "entryId": decision["id"]}
    await teller.do("ess-1", "SignMinutes", "A dispute without a word.", **of, **wrong)
    await teller.do("ess-1", "SignMinutes", "A passage is disputed.", **of, **wrong, words="I had left by then.")
    passage = {"entryId": decision["id"], "words": "We could not settle it between us."}
    await teller.do("lcc-1", "EscalateDissent", "They do not dissent.", **of, **passage)
    await teller.do("ess-1", "EscalateDissent", "It goes to the managers.", **of, **passage)
    await teller.do("lcc-1", "CloseMeeting", "Only the chair closes.", **of)
    await teller.do("lcc-2", "CloseMeeting", "Everything that is missing.", **of)
    await _is_closed(teller, of)


async def _a_closed_part(teller: Storyteller, of: dict[str, str], found: dict[str, Any]) -> None:
    own = next(one for one in found["invitations"] if one["isYours"])
    council = {"agencyId": found["authority"]["id"], "function": "CHILDRENS_SERVICES"}
    part = started("MakeClosedPart") | of
    stranger = {"agencyId": own["agencyId"], "function": "EDUCATION"}
    await teller.do("ess-1", "MakeClosedPart", "Somebody who takes no part.", **(part | {"readers": [stranger]}))
    made = await teller.do(
        "ess-1",
        "MakeClosedPart",
        "Without the school.",
        **(part | {"name": "Without the school", "readers": [council]}),
    )
    said = {"content": {"note": {"words": "A brother works at the school."}}, "partId": made["partId"]}
    await teller.do("ess-1", "RecordMeetingEntry", "In the closed part.", **of, **said)
    await teller.ask("lcc-1", "ReadMeeting", "With the closed part.", id=of["meetingId"])


async def _is_closed(teller: Storyteller, of: dict[str, str]) -> None:
    listed = await teller.ask("lcc-2", "ListAgencies", "To whom to release.", first=100)
    ids = {edge["node"]["name"]: edge["node"]["id"] for edge in listed["edges"]}
    chair = {
        "person": "Farid Invented",
        "body": {"agencyId": ids["Leeds City Council"], "function": "CHILDRENS_SERVICES"},
        "profession": "MANAGER",
        "stretches": [{"arrivedAt": "2026-05-28T10:00:00+01:00"}],
        "isChair": True,
    }
    await teller.do("lcc-2", "RecordMeetingEntry", "Who chaired.", **of, content={"attendance": chair})
    release = started("ReleaseMinutes") | of | {"agencyId": ids["Single Competent Authority"]}
    await teller.do("lcc-2", "ReleaseMinutes", "Before they are closed.", **release)
    await teller.at("2026-06-05T09:00+01:00")
    added = started("AddToMinutes") | of
    await teller.do("ess-1", "AddToMinutes", "Before they are closed.", **added)
    await teller.do("lcc-2", "CloseMeeting", "The chair closes.", **of)
    await teller.do("lcc-2", "CloseMeeting", "It is closed.", **of)
    await teller.do("ess-1", "AddToMinutes", "Something was left out.", **added)
    await teller.do("ess-1", "ReleaseMinutes", "They are not theirs to give.", **release)
    await teller.do("lcc-2", "ReleaseMinutes", "To whoever decides.", **release)
    await teller.ask("sca-1", "ReadMeeting", "They were released.", id=of["meetingId"])
