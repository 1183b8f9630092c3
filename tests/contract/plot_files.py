"""The part of the story in which files of a case are listed."""

from uuid import uuid4

from tests.contract.storyteller import Storyteller, started


async def files_are_listed(teller: Storyteller) -> None:
    """An officer attaches a letter; the authority reads of it, and nobody who does not read the group."""
    form = started("SubmitReferral")["referral"]
    case = (await teller.do("wyp-1", "SubmitReferral", "An adult who brings a letter.", referral=form))["case"]
    teller.placeholders.name(case["reference"], "the case with a letter")
    officer = await teller.platform.sign_in("wyp-1")
    attached = await officer.browser.post(
        f"/cases/{case['id']}/attachments/evidence",
        content=b"A letter.",
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert attached.status_code == 201, attached.text
    it = {"caseId": case["id"]}
    await teller.ask("wyp-1", "ListCaseFiles", "The files of the evidence.", **it, groups=["EVIDENCE"])
    await teller.ask("sca-1", "ListCaseFiles", "Of every group that the authority reads.", **it)
    await teller.ask("exh-1", "ListCaseFiles", "Somebody who stands in no case.", **it)
