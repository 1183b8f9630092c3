"""The part of the story in which people keep their worklists: what waits, and what they want to look at."""

from tests.contract.storyteller import Storyteller, started


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
