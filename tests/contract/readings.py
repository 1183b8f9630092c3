"""Everybody looks at everything: each operation that reads, as people who stand to the records in different ways."""

from tests.contract.storyteller import Storyteller

READERS = {
    "eps-1": "opened the child's case",
    "exh-1": "stands in no case",
    "lcc-1": "safeguards the child and referred her",
    "lcc-3": "is a colleague who took on the child's case",
    "sca-1": "decides",
    "tsa-1": "was asked to support the adult",
    "wyp-1": "referred the adult",
    "wyp-2": "is a colleague of who referred the adult",
    "wyp-3": "investigates",
}
CASES = ("the child's case", "the adult's case")
NOTIFICATIONS = ("the notification that names the adult", "the notification that names nobody")


async def everybody_reads(teller: Storyteller) -> None:
    """The Tuesday after the bank holiday."""
    await teller.at("2026-05-26T09:00+01:00")
    for subject, standing in READERS.items():
        await teller.ask(subject, "ReadViewer", f"The person {standing}.")
        await _lists(teller, subject)
        for words in CASES:
            await teller.ask(subject, "ReadCase", f"Of {words}.", reference=teller.references[words])
    for subject in ("wyp-2", "wyp-3"):
        await teller.ask(
            subject, "ReadCaseAccess", "The adult's case.", reference=teller.references["the adult's case"]
        )
    await _why_somebody_could_see(teller)
    await teller.ask("ess-1", "ReadCase", "A closed concern.", reference=teller.references["the patient's case"])
    for subject in ("sca-3", "wyp-3", "wyp-1", "exh-1"):
        await _notifications(teller, subject)
    await _nodes(teller)
    await _open_to_everybody(teller)


async def _why_somebody_could_see(teller: Storyteller) -> None:
    colleague = (await teller.ask("wyp-2", "ReadViewer", "A colleague's own id."))["id"]
    asked = {"person": colleague, "reference": teller.references["the adult's case"]}
    await teller.ask("wyp-ig", "ReadAccessOf", "A colleague of who referred the adult, now.", **asked)
    await teller.ask("gmp-ig", "ReadAccessOf", "Somebody of another agency.", **asked)
    await teller.ask("wyp-ig", "ReadAccessOf", "A time to come.", **asked, at="2027-01-01T09:00")


async def _lists(teller: Storyteller, subject: str) -> None:
    await teller.ask(subject, "ListCases", "Assigned.", scope="ASSIGNED")
    await teller.ask(subject, "ListCases", "All that the agency knows.", scope="AGENCY")
    await teller.ask(subject, "ListNotices", "The inbox.")


async def _notifications(teller: Storyteller, subject: str) -> None:
    await teller.ask(subject, "ListDutyToNotifyRecords", "All that the agency knows.", scope="AGENCY")
    for words in NOTIFICATIONS:
        await teller.ask(subject, "ReadDutyToNotifyRecord", f"Of {words}.", reference=teller.references[words])


async def _nodes(teller: Storyteller) -> None:
    page = await teller.ask("sca-1", "ListAgencies", "The first three.", first=3)
    following = {"first": 3, "after": page["pageInfo"]["endCursor"]}
    await teller.ask("sca-1", "ListAgencies", "The next three.", **following)
    await teller.ask("sca-1", "ReadNode", "An agency.", id=page["edges"][0]["node"]["id"])
    listed = await teller.ask("sca-1", "ListCases", "A page of one.", scope="ASSIGNED", first=1)
    case = listed["edges"][0]["node"]["id"]
    await teller.ask("sca-1", "ReadNode", "A case that they decide.", id=case)
    await teller.ask("exh-1", "ReadNode", "The same case, for somebody it is not for.", id=case)
    found = await teller.ask("sca-3", "ListDutyToNotifyRecords", "The newest.", scope="AGENCY", first=1)
    await teller.ask("sca-3", "ReadNode", "A notification.", id=found["edges"][0]["node"]["id"])


async def _open_to_everybody(teller: Storyteller) -> None:
    search = "SearchReferenceList"
    await teller.ask("eps-1", search, "A local authority by name.", name="local_authorities", search="leeds")
    await teller.ask("eps-1", search, "First responders on a day.", name="organisations", at="2026-05-26", first=3)
    await teller.ask("eps-1", search, "A list that there is not.", name="planets")
    await teller.ask("eps-1", "SignOutEverywhere", "The last act: this session ends as well.")
