"""Letters as tagged PDFs: a copy for the agencies that read the decision, and the sheet that somebody posts."""

import io
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from services.letters.templates import wording
from services.letters.words import LetterLanguage, Matter
from tests.journeys.test_attachments import NEVER
from tests.journeys.test_letters import CONTACT, letters, marked, work
from tests.world import stories
from tests.world.answers import inbox
from tests.world.deciding import decide, referred
from tests.world.forms import child_referral
from tests.world.mail import mail_server
from tests.world.platform import Person, Platform
from tests.world.stories import counted, told

pytestmark = pytest.mark.anyio

POSTED = {
    "contactMethods": ["POST"], "decisionMethods": ["POST"], "street": "1 Invented Row", "town": "Leeds",
    "postcode": "LS1 1AA", "safeToPost": True,
}  # fmt: skip
BY_POST = {name: said for name, said in (CONTACT | POSTED).items() if name not in ("email", "safeToEmail")}


async def listed(who: Person, case: str, to: str = "PERSON") -> list[dict[str, Any]]:
    answer = await who.get(f"/cases/{case}/letters")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["letters"]
    return [one for one in found if one["addressee"] == to]


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def marks(pdf: bytes) -> tuple[str, str]:
    """Whether it is tagged, and its language."""
    root = PdfReader(io.BytesIO(pdf)).root_object
    marked_as = root["/MarkInfo"]
    assert isinstance(marked_as, DictionaryObject)
    return str(marked_as["/Marked"]), str(root["/Lang"])


async def test_a_copy_says_what_the_page_says_and_is_tagged(platform: Platform) -> None:
    case = await referred(platform)
    await marked(platform, case)
    await decide(platform, case)
    async with mail_server() as mail:
        (sent,) = await work(platform, mail)
    officer = await platform.sign_in("wyp-1")
    (letter,) = await listed(officer, case["id"])
    assert (letter["matter"], letter["day"]) == ("REASONABLE_GROUNDS_POSITIVE", "2026-05-20")
    before = len(await platform.ledger())

    answer = await officer.get(f"/letters/{letter['id']}.pdf")

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="letter.pdf"'
    plain = " ".join(sent.get_body(("plain",)).get_content().split())
    assert plain in text_of(answer.content)
    assert marks(answer.content) == ("True", "en")
    (line,) = (await platform.ledger())[before:]
    assert (line["act"], line["verdict"]) == ("see", "viewed")
    assert "decisions" in line["groups"]
    assert (await officer.get(f"/letters/{letter['id']}/to-post.pdf")).status_code == 404, "it went by e-mail"


async def test_what_may_come_by_post_is_printed_and_posted_by_somebody_who_says_so(platform: Platform) -> None:
    case = await referred(platform, contact=BY_POST)
    await marked(platform, case, channels=["POST"], language="ALBANIAN")
    await decide(platform, case)
    async with mail_server() as mail:
        assert await work(platform, mail) == []
        assert "testo@invented.example" not in mail.recipients()
    assert [why for _, _, why, _ in await letters(platform)] == ["to_print"]
    officer = await platform.sign_in("wyp-1")
    (task,) = [one for one in await inbox(officer) if one["kind"] == "LETTER_TO_PRINT"]
    assert task["isTask"]
    (letter,) = await listed(officer, case["id"])
    sheet = await officer.get(f"/letters/{letter['id']}/to-post.pdf")
    assert marks(sheet.content) == ("True", "sq")
    assert "Translation unverified" in text_of(sheet.content)
    assert "reasonable grounds" in text_of((await officer.get(f"/letters/{letter['id']}.pdf")).content)

    await platform.set_clock("2026-05-20T10:10+01:00")
    await marked(platform, case, channels=["POST"], words="NEUTRAL")
    sheet = await officer.get(f"/letters/{letter['id']}/to-post.pdf")
    waiting = wording(Matter.WAITING, LetterLanguage.ENGLISH, date(2026, 5, 20), until=None)
    assert waiting.heading in text_of(sheet.content)
    assert case["reference"] not in text_of(sheet.content)
    await platform.set_clock("2026-05-20T10:20+01:00")
    await marked(platform, case, channels=[])
    assert (await officer.get(f"/letters/{letter['id']}/to-post.pdf")).status_code == 404, "taken back"


async def test_without_a_safe_address_nothing_is_printed(platform: Platform) -> None:
    case = await referred(platform, contact=CONTACT)
    await marked(platform, case, channels=["POST"])
    await decide(platform, case)
    async with mail_server() as mail:
        assert await work(platform, mail) == []
    assert [why for _, _, why, _ in await letters(platform)] == ["by_post_only"]
    officer = await platform.sign_in("wyp-1")
    (letter,) = await listed(officer, case["id"])
    assert (await officer.get(f"/letters/{letter['id']}/to-post.pdf")).status_code == 404
    assert "LETTER_NOT_SENT" in await stories.kinds(officer)


async def test_for_whoever_does_not_read_the_decision_there_is_no_letter(platform: Platform) -> None:
    case = await referred(platform, contact=BY_POST)
    await marked(platform, case, channels=["POST"])
    await decide(platform, case)
    async with mail_server() as mail:
        await work(platform, mail)
    (letter,) = await listed(await platform.sign_in("wyp-1"), case["id"])
    before = await counted(platform)
    for who in ("exh-1", "gmp-2", "wyp-2", "wyp-3"):
        stranger = await platform.sign_in(who)
        assert await listed(stranger, case["id"]) == [], who
        for ending in (".pdf", "/to-post.pdf"):
            answers = [await stranger.get(f"/letters/{one}{ending}") for one in (letter["id"], NEVER)]
            assert told(answers[0]) == told(answers[1]), (who, ending)
            assert answers[0].status_code == 404
    assert await counted(platform) == before
    assert (await Person(platform.browser()).get(f"/letters/{letter['id']}.pdf")).status_code == 401


async def test_there_is_no_letter_to_a_child(platform: Platform) -> None:
    await platform.set_clock("2026-05-20T10:00+01:00")
    council = await platform.sign_in("lcc-1")
    case = await stories.refer(council, child_referral())
    await decide(platform, case, childsViews="Wants to stay.", bestInterests="To be safe.")
    assert await listed(council, str(case["id"])) == []
