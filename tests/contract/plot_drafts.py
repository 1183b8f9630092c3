"""The part of the story in which a form is read as data, begun as a draft, continued, thrown away or sent."""

from tests.contract.storyteller import Storyteller, started
from tests.world.form_filler import Filler, Form, published


async def a_form_is_begun_and_sent(teller: Storyteller) -> None:
    """An officer follows the published form; a stranger finds nothing."""
    await teller.at("2026-05-28T10:00+01:00")
    await teller.ask("wyp-1", "ReadReferralForm", "The paper form, in Wales.", nation="WALES", version="2009-04")
    await teller.ask("wyp-1", "ReadReferralForm", "An edition that never was.", nation="WALES", version="1066")
    form = await published(await teller.platform.sign_in("wyp-1"))
    filler = Filler(form, {"kind": "NRM", "age": "ADULT"})
    filler.filled()
    begun = (await teller.do("wyp-1", "SaveDraft", "The first step.", **started("SaveDraft")))["draft"]
    teller.placeholders.name(begun["reference"], "a draft")
    await teller.do("wyp-1", "SaveDraft", "A key that the form does not have.", answers=_said({"colour": ["red"]}))
    await teller.do("wyp-1", "SubmitDraft", "Most of it is missing.", **_of(begun))
    await teller.ask("wyp-2", "ReadDraft", "A colleague.", id=begun["id"])
    await teller.ask("gmp-1", "ReadDraft", "Another force.", id=begun["id"])
    complete = await teller.do("wyp-2", "SaveDraft", "The rest.", **_of(begun), answers=_said(filler.said))
    await teller.do("wyp-1", "SubmitDraft", "Whoever does not know the newest version.", **_of(begun))
    sent = await teller.do("wyp-1", "SubmitDraft", "Complete.", **_of(complete["draft"]))
    teller.placeholders.name(sent["case"]["reference"], "the case of a draft")
    other = (await teller.do("wyp-1", "SaveDraft", "Another one.", **started("SaveDraft")))["draft"]
    teller.placeholders.name(other["reference"], "another draft")
    await teller.ask("wyp-2", "ListDrafts", "What there is.")
    await teller.do("gmp-1", "DeleteDraft", "Another force.", **_of(other))
    await teller.do("wyp-2", "DeleteDraft", "A colleague.", **_of(other))


def _of(draft: Form) -> Form:
    return {"draftId": draft["id"], "expectedVersion": draft["version"]}


def _said(answers: dict[str, list[str]]) -> list[Form]:
    return [{"key": key, "values": words} for key, words in answers.items()]
