"""Letters to the person: by a way, under a name and with words that are marked safe then, or else a task."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from services.letters.templates import templates, wording
from services.letters.words import LetterLanguage, Matter, Translation
from services.letters.writing import UNVERIFIED, write
from services.notices import worker
from tests.world import stories
from tests.world.deciding import decide, done, look, mutation, referred
from tests.world.forms import adult_referral, child_referral
from tests.world.mail import MailServer, mail_server
from tests.world.platform import Platform
from tests.world.template import WORKER_SECRET

pytestmark = pytest.mark.anyio

SAFE = {"channels": ["EMAIL"], "sender": "AUTHORITY", "words": "WHOLE", "language": "ENGLISH"}
CONTACT = adult_referral()["contact"]
PERSON = "testo@invented.example"
STANDS = """SELECT matter, sent_at IS NOT NULL AS sent, not_sent_because, template_row FROM letter
    WHERE addressee = 'person' ORDER BY written_at, id"""


async def marked(platform: Platform, case: Mapping[str, Any], who: str = "wyp-1", **contact: Any) -> None:
    """The person says how letters may come."""
    officer = await platform.sign_in(who)
    seen = await look(officer, case)
    about = {"caseId": seen["id"], "expectedVersion": seen["version"], "words": "Asked at the station."}
    said = {"wants": [], "saidOn": (await platform.admin.fetchval("SELECT london_today()")).isoformat()}
    payload = await officer.do(mutation("recordWish"), **about, **said, contact=SAFE | contact)
    assert payload["problem"] is None, payload["problem"]


async def work(platform: Platform, mail: MailServer) -> list[Any]:
    """What the worker sends to persons."""
    mail.raw.clear()
    await platform.deliver()
    await worker.run_errands(platform.tools, WORKER_SECRET, mail.room)
    await platform.deliver()
    return [one for one in mail.messages if str(one["To"]) == PERSON or "recipient" in str(one["To"])]


async def letters(platform: Platform) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await platform.admin.fetch(STANDS)]


async def test_a_decision_reaches_the_person_once_and_the_same_page_in_two_forms(platform: Platform) -> None:
    case = await referred(platform)
    await marked(platform, case)
    await decide(platform, case)
    async with mail_server() as mail:
        (letter,) = await work(platform, mail)
        assert await work(platform, mail) == []  # once
    assert str(letter["From"]).startswith("Single Competent Authority <")
    page, text = letter.get_body(("html",)), letter.get_body(("plain",))
    assert page
    assert text
    assert '<html lang="en">' in page.get_content()
    for words in (case["reference"], "20 May 2026", "at least until 18 June 2026"):
        assert words in page.get_content()
        assert words in text.get_content()
    assert await letters(platform) == [
        ("reasonable_grounds_positive", True, None, "letter-english-reasonable-grounds-positive-2015-07-31")
    ]


async def test_neutral_words_under_a_neutral_name_tell_nothing(platform: Platform) -> None:
    case = await referred(platform)
    await marked(platform, case, sender="NEUTRAL", words="NEUTRAL", language="ALBANIAN")
    await decide(platform, case)
    async with mail_server() as mail:
        (letter,) = await work(platform, mail)
    assert str(letter["From"]).startswith("Letters <")
    assert letter["Content-Language"] == "sq"
    for part in (str(letter["Subject"]), str(letter["From"]), letter.as_string()):
        assert not any(
            word in part for word in (case["reference"], "Competent", "slavery", "skllav", "referral", "2026-05-20")
        )
    page = letter.get_body(("html",))
    assert page
    assert '<html lang="sq">' in page.get_content()
    assert UNVERIFIED in page.get_content()


@pytest.mark.parametrize(
    ("contact", "marks", "because"),
    [
        (CONTACT, None, "nothing_is_marked_safe"),
        (CONTACT, {"channels": []}, "no_channel_is_safe"),
        (CONTACT, {"channels": ["POST"]}, "by_post_only"),
        (
            CONTACT
            | {
                "contactMethods": ["POST"],
                "decisionMethods": ["POST"],
                "street": "1 Invented Row",
                "town": "Leeds",
                "postcode": "LS1 1AA",
                "safeToPost": True,
                "email": None,
                "safeToEmail": None,
            },
            {},
            "email_is_not_safe",
        ),
    ],
)
async def test_what_is_not_marked_safe_does_not_leave_and_is_somebodys_task(
    platform: Platform, contact: dict[str, Any], marks: dict[str, Any] | None, because: str
) -> None:
    case = await referred(platform, contact={name: said for name, said in contact.items() if said is not None})
    if marks is not None:
        await marked(platform, case, **marks)
    await decide(platform, case)
    async with mail_server() as mail:
        assert await work(platform, mail) == []
        assert PERSON not in mail.recipients()
    assert [(sent, why) for _, sent, why, _ in await letters(platform)] == [(False, because)]
    officer = await platform.sign_in("wyp-1")
    page = (await officer.ask(stories.NOTICES))["notices"]["edges"]
    (task,) = [one["node"] for one in page if one["node"]["kind"] == "LETTER_NOT_SENT"]
    assert task["isTask"]
    assert task["about"]["name"] == "Single Competent Authority"


async def test_what_is_taken_back_before_it_leaves_counts(platform: Platform) -> None:
    case = await referred(platform)
    await marked(platform, case)
    await decide(platform, case)
    await platform.set_clock("2026-05-20T10:05+01:00")
    await marked(platform, case, channels=[])
    async with mail_server() as mail:
        assert await work(platform, mail) == []
    assert [why for _, _, why, _ in await letters(platform)] == ["no_channel_is_safe"]


async def test_a_child_is_never_written_to(platform: Platform) -> None:
    await platform.set_clock("2026-05-20T10:00+01:00")
    form = child_referral(
        contact=CONTACT | {"decisionRecipient": None, "contactMethods": None, "decisionMethods": None}
    )
    form["contact"] = {name: said for name, said in form["contact"].items() if said is not None}
    form["contact"] = {"interpreterNeeded": False, "communicationHelpNeeded": False}
    case = await stories.refer(await platform.sign_in("lcc-1"), form)
    await marked(platform, case, "lcc-1")
    await decide(platform, case, childsViews="Wants to stay.", bestInterests="To be safe.")
    async with mail_server() as mail:
        assert await work(platform, mail) == []
    assert await letters(platform) == []
    assert "DECISION_ISSUED" in await stories.kinds(await platform.sign_in("lcc-1"))


async def test_a_person_whose_age_is_doubted_meanwhile_is_not_written_to_either(platform: Platform) -> None:
    case = await referred(platform)
    await marked(platform, case)
    await decide(platform, case)
    await done(await platform.sign_in("sca-1"), "doubtAge", case, localAuthority="Leeds City Council")
    async with mail_server() as mail:
        assert await work(platform, mail) == []
    assert await letters(platform) == [], "it is not theirs any more"
    council = await stories.kinds(await platform.sign_in("lcc-1"))
    assert "LETTER_RECEIVED" in council
    assert "LETTER_NOT_SENT" not in council, "nobody is asked to tell them themselves"


async def test_a_server_that_is_away_delays_and_one_that_refuses_makes_a_task(platform: Platform) -> None:
    case = await referred(platform)
    await marked(platform, case)
    await decide(platform, case)
    async with mail_server() as mail:
        mail.answer = "451 Later"
        assert await work(platform, mail) == []
        assert [(sent, why) for _, sent, why, _ in await letters(platform)] == [(False, None)]
        await platform.set_clock("2026-05-20T11:10+01:00")
        mail.answer = "250 OK"
        assert len(await work(platform, mail)) == 1
    await done(await platform.sign_in("sca-1"), "suspendCase", case, reason="CONTACT_LOST")
    async with mail_server() as mail:
        mail.answer = "550 Unknown"
        assert await work(platform, mail) == []
    assert [why for matter, _, why, _ in await letters(platform) if matter == "suspended"] == ["refused"]


def test_a_wording_is_of_its_day_and_its_language_or_english() -> None:
    positive = Matter.REASONABLE_GROUNDS_POSITIVE
    assert "human trafficking" in wording(positive, LetterLanguage.ENGLISH, date(2015, 7, 30), until=None).paragraphs[0]
    assert "modern slavery" in wording(positive, LetterLanguage.ENGLISH, date(2015, 7, 31), until=None).paragraphs[0]
    assert wording(positive, LetterLanguage.WELSH, date(2026, 5, 20), until=None).translation is Translation.UNVERIFIED
    assert (
        wording(Matter.REVOKED, LetterLanguage.WELSH, date(2026, 5, 20), until=None).language is LetterLanguage.ENGLISH
    )
    for one in templates():
        facts = {"authority": "A & <B>", "reference": "C-1", "day": "1 May", "until": "2 May"}
        assert "<B>" not in write(one, facts).html
