"""The part of the story in which people keep their worklists: what waits, and what they want to look at."""

from typing import Any

from tests.contract.storyteller import Storyteller, started
from tests.world.form_filler import Filler, published


async def a_worklist_is_kept(teller: Storyteller) -> None:
    """An officer puts a case to sleep; a colleague and another agency learn nothing of it."""
    await teller.at("2026-05-29T09:00+01:00")
    case = {"reference": teller.references["the adult's case"]}
    found = await teller.ask("wyp-1", "ReadCase", "The adult's case, before it sleeps.", **case)
    note = started("NoteWaiting") | {"caseId": found["id"]}
    await teller.do("wyp-1", "NoteWaiting", "Without saying what it waits for.", **note | {"waitsFor": " "})
    await teller.do("wyp-1", "NoteWaiting", "It waits for a letter.", **note)
    await teller.do("wyp-1", "NoteWaiting", "Somebody noted something meanwhile.", **note)
    await teller.do("wyp-2", "NoteWaiting", "A colleague, who does not read the dates.", **note)
    await teller.do("exh-1", "NoteWaiting", "Somebody who stands in no case.", **note)
    await teller.ask("wyp-1", "ListCases", "What sleeps.", filter={"asleep": True})
    await teller.ask("sca-1", "ListCases", "What sleeps in the eyes of another agency.", filter={"asleep": True})
    await teller.ask("sca-1", "ListCases", "What is late, the newest first.", filter={"overdue": True}, order="NEWEST")
    await _something_stays_with_its_author(teller, found)
    await _a_notification_was_about_them(teller, found)
    await _cases_have_to_do_with_each_other(teller, found)


async def _something_stays_with_its_author(teller: Storyteller, found: dict[str, Any]) -> None:
    entry = started("RecordCaveatedEntry") | {"caseId": found["id"]}
    await teller.do("wyp-1", "RecordCaveatedEntry", "Without saying anything.", **entry | {"content": " "})
    await teller.do("wyp-1", "RecordCaveatedEntry", "A source told an officer something.", **entry)
    await teller.do("wyp-2", "RecordCaveatedEntry", "A colleague, who has not the case in hand.", **entry)
    await teller.do("exh-1", "RecordCaveatedEntry", "Somebody who stands in no case.", **entry)
    await teller.ask("wyp-1", "ListCaveatedEntries", "What the force wrote.", caseId=found["id"])
    await teller.ask("sca-1", "ListCaveatedEntries", "The authority, which wrote nothing.", caseId=found["id"])
    await teller.ask("exh-1", "ListCaveatedEntries", "Somebody who stands in no case.", caseId=found["id"])


async def _a_notification_was_about_them(teller: Storyteller, found: dict[str, Any]) -> None:
    steer = {"kind": "DUTY_TO_NOTIFY", "age": "ADULT", "cooperates": "false"}
    form = Filler(await published(await teller.platform.sign_in("wyp-1")), steer).filled()
    sent = await teller.do("wyp-1", "SubmitReferral", "A notification of somebody who stays unnamed.", referral=form)
    made = sent["notification"]
    teller.placeholders.name(made["reference"], "the notification of before")
    said = started("LinkNotification") | {"notificationId": made["id"], "caseId": found["id"]}
    consent = {"form": "VERBAL", "saidOn": "2026-05-29", "heardBy": " "}
    await teller.do("wyp-1", "LinkNotification", "Nobody is named who heard it.", **said | {"consent": consent})
    await teller.do("sca-3", "LinkNotification", "The Home Office does not know of whom it was.", **said)
    await teller.do("wyp-1", "LinkNotification", "The person agrees that it was about them.", **said)
    await teller.do("wyp-1", "LinkNotification", "The same again.", **said)
    about = {"notificationId": made["id"]}
    await teller.ask("wyp-1", "ReadNotificationLink", "Whoever linked the two reads that they did.", **about)
    await teller.ask("sca-3", "ReadNotificationLink", "For the Home Office there is no link.", **about)


async def _cases_have_to_do_with_each_other(teller: Storyteller, found: dict[str, Any]) -> None:
    form = started("SubmitReferral")["referral"]
    sent = await teller.do("wyp-1", "SubmitReferral", "The same person, again.", referral=form)
    other = sent["case"]
    teller.placeholders.name(other["reference"], "the adult's second case")
    pair = started("LinkCases") | {"caseId": found["id"], "otherCaseId": other["id"]}
    await teller.do("wyp-1", "LinkCases", "Without a reason.", **pair | {"reason": " "})
    linked = await teller.do("wyp-1", "LinkCases", "Two sisters.", **pair)
    await teller.do("wyp-1", "LinkCases", "The same again.", **pair)
    await teller.do("wyp-2", "LinkCases", "A colleague.", **pair)
    await teller.do("exh-1", "LinkCases", "Somebody who stands in no case.", **pair)
    await teller.ask("wyp-1", "ListCaseLinks", "All.")
    await teller.ask("exh-1", "ListCaseLinks", "Somebody who stands in no case.")
    await teller.ask("wyp-1", "ListPossibleDuplicates", "Perhaps the same person.")
    await teller.do("exh-1", "EndCaseLink", "Somebody who stands in no case.", caseLinkId=linked["link"]["id"])
    await teller.do("wyp-1", "EndCaseLink", "It was a mistake.", caseLinkId=linked["link"]["id"])
    viewer = await teller.ask("wyp-1", "ReadViewer", "One's own id, and colleagues.")
    ben = next(one["id"] for one in viewer["colleagues"] if one["name"] == "PC Ben Invented")
    cases = [{"caseId": one["id"], "expectedVersion": one["assignmentVersion"]} for one in (found, other)]
    handing = started("HandOverCases") | {"cases": cases, "fromMemberId": viewer["id"], "toMemberId": ben}
    await teller.do("wyp-2", "HandOverCases", "Somebody else's, by a colleague.", **handing)
    await teller.do("wyp-1", "HandOverCases", "To oneself.", **handing | {"toMemberId": viewer["id"]})
    await teller.do("wyp-1", "HandOverCases", "Both, in one act.", **handing)
    await teller.do("wyp-1", "HandOverCases", "The same again, with what was read before.", **handing)
