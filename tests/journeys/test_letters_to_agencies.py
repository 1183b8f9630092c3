"""Who gets which letter: an adult theirs, and the first responder one of its own; what both have in common."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from services.letters.templates import templates, wording
from services.letters.words import Addressee, LetterLanguage, Matter
from services.notices import worker
from tests.journeys.test_attachments import NEVER
from tests.journeys.test_letters import PERSON, marked
from tests.journeys.test_letters_as_documents import BY_POST, listed, text_of
from tests.world import stories
from tests.world.deciding import decide, done, propose, referred, step
from tests.world.forms import child_referral
from tests.world.mail import mail_server
from tests.world.platform import Platform
from tests.world.stories import inbox, told
from tests.world.template import WORKER_SECRET

pytestmark = pytest.mark.anyio
ALL = """SELECT l.addressee, l.matter, a.code, l.to_function, l.not_sent_because, l.template_row
    FROM letter l LEFT JOIN agency a ON a.id = l.to_agency_id ORDER BY l.written_at, l.addressee"""
OF_AGE = """INSERT INTO case_fact
        (record_id, data_group, kind, value, note, effective_from, recorded_at, recorded_by)
    SELECT record_id, data_group, kind, 'adult', note, london_today(), moment(), recorded_by
    FROM case_fact WHERE kind = 'age' LIMIT 1"""
HEARD = {"childsViews": "Wants to stay.", "bestInterests": "To be safe."}
SECOND = {"kind": "CONCLUSIVE_GROUNDS"}
LATER = "2026-07-01T10:00+01:00"


async def worked(platform: Platform) -> list[str]:
    """Let the worker give out everything; to whom it sent e-mail that is no notice for somebody of an agency."""
    await platform.deliver()
    async with mail_server() as mail:
        await worker.run_errands(platform.tools, WORKER_SECRET, mail.room)
        await platform.deliver()
        return [str(one["To"]) for one in mail.messages if "notice waits" not in str(one["Subject"])]


async def given(platform: Platform) -> list[tuple[Any, ...]]:
    return [tuple(row)[:4] for row in await platform.admin.fetch(ALL)]


async def kinds_sent(platform: Platform) -> Counter[str]:
    return Counter(row["kind"] for row in await platform.admin.fetch("SELECT kind FROM outbox"))


async def a_child(platform: Platform, who: str = "wyp-1", **form: Any) -> Mapping[str, Any]:
    await platform.set_clock("2026-05-20T10:00+01:00")
    organisation = {"wyp-1": "West Yorkshire Police", "lcc-1": "Leeds City Council"}[who]
    return await stories.refer(await platform.sign_in(who), child_referral(organisation=organisation, **form))


@pytest.mark.parametrize("outcome", ["POSITIVE", "NEGATIVE"])
async def test_an_adults_decisions_go_to_them_and_to_the_first_responder(platform: Platform, outcome: str) -> None:
    case = await referred(platform)
    await marked(platform, case)
    await decide(platform, case)
    await platform.set_clock(LATER)
    await decide(platform, case, outcome, **SECOND)

    assert await worked(platform) == [PERSON, PERSON]

    ends = f"conclusive_grounds_{outcome.lower()}"
    assert await given(platform) == [
        ("first_responder", "reasonable_grounds_positive", "west-yorkshire-police", "first_responder"),
        ("person", "reasonable_grounds_positive", None, None),
        ("first_responder", ends, "west-yorkshire-police", "first_responder"),
        ("person", ends, None, None),
    ]
    officer = await platform.sign_in("wyp-1")
    letters = await listed(officer, case["id"], "FIRST_RESPONDER")
    assert [one["matter"] for one in letters] == ["REASONABLE_GROUNDS_POSITIVE", ends.upper()]
    said = [text_of((await officer.get(f"/letters/{one['id']}.pdf")).content) for one in letters]
    assert "will not be removed from the United Kingdom during it, at least until 18 June 2026" in said[0]
    assert ("is a victim of modern slavery" in said[1]) == (outcome == "POSITIVE")
    for words in said:
        assert case["reference"] in words
        assert "Inventedman" not in words
        assert "Weighed." not in words, "the reasons stand on the case and in no letter"
    assert (await stories.kinds(officer)).count("LETTER_RECEIVED") == 2


async def test_an_adults_negative_first_decision_is_told_to_both_and_its_reasons_in_neither(platform: Platform) -> None:
    case = await referred(platform)
    await marked(platform, case)
    await decide(platform, case, "NEGATIVE")

    assert await worked(platform) == [PERSON]

    assert await given(platform) == [
        ("first_responder", "reasonable_grounds_negative", "west-yorkshire-police", "first_responder"),
        ("person", "reasonable_grounds_negative", None, None),
    ]
    officer = await platform.sign_in("wyp-1")
    (letter,) = await listed(officer, case["id"], "FIRST_RESPONDER")
    said = text_of((await officer.get(f"/letters/{letter['id']}.pdf")).content)
    assert "whom you referred" in said
    assert case["reference"] in said
    assert "Weighed." not in said, "the reasons stand on the case and in no letter"
    assert "Inventedman" not in said
    support = await platform.sign_in("tsa-1")
    hidden = [await support.get(f"/letters/{one}.pdf") for one in (letter["id"], NEVER)]
    assert told(hidden[0]) == told(hidden[1])


async def test_a_refused_act_writes_nothing_and_tells_nobody(platform: Platform) -> None:
    case = await a_child(platform)
    await platform.deliver()
    before = await kinds_sent(platform)
    maker = await platform.sign_in("sca-1")
    assert (await propose(maker, case, "POSITIVE", childsViews=None, bestInterests=None))["problem"]
    assert (await step(await platform.sign_in("wyp-1"), "suspendCase", case, reason="CONTACT_LOST"))["problem"]
    assert await worked(platform) == []
    assert await platform.admin.fetch(ALL) == []
    assert set(await kinds_sent(platform) - before) <= {"refused_looks"}, "its own governance officer is told alone"


async def test_what_has_no_words_in_the_language_wanted_is_a_task_of_the_authority(platform: Platform) -> None:
    case = await referred(platform)
    await marked(platform, case, language="WELSH")
    await decide(platform, case)
    assert await worked(platform) == [PERSON]
    maker = await platform.sign_in("sca-1")
    assert "LETTER_NOT_TRANSLATED" not in await stories.kinds(maker), "this one is there in Welsh"
    await platform.set_clock("2026-05-20T10:10+01:00")
    await done(maker, "suspendCase", case, reason="CONTACT_LOST")
    assert await worked(platform) == [PERSON]
    (task,) = [one for one in await inbox(maker) if one["kind"] == "LETTER_NOT_TRANSLATED"]
    assert task["isTask"]
    assert "LETTER_NOT_TRANSLATED" not in await stories.kinds(await platform.sign_in("wyp-1")), (
        "who may not know wishes"
    )


async def test_a_sheet_that_is_printed_in_english_instead_is_said_too(platform: Platform) -> None:
    case = await referred(platform, contact=BY_POST)
    await marked(platform, case, channels=["POST"], language="ALBANIAN")
    maker = await platform.sign_in("sca-1")
    await done(maker, "suspendCase", case, reason="CONTACT_LOST")
    assert await worked(platform) == []
    assert "LETTER_TO_PRINT" in await stories.kinds(await platform.sign_in("wyp-1"))
    assert "LETTER_NOT_TRANSLATED" in await stories.kinds(maker)


def test_every_addressee_is_written_to_in_words_of_its_own_and_of_the_regime() -> None:
    english = LetterLanguage.ENGLISH
    for matter in (Matter.REASONABLE_GROUNDS_NEGATIVE, Matter.CONCLUSIVE_GROUNDS_POSITIVE, Matter.REVIEW_QUASHED):
        for to in Addressee:
            assert "human trafficking" in wording(matter, english, date(2014, 5, 1), to, until=None).paragraphs[0]
            assert "modern slavery" in wording(matter, english, date(2026, 5, 20), to, until=None).paragraphs[0]
        assert len({wording(matter, english, date(2026, 5, 20), to, until=None).paragraphs for to in Addressee}) == 3
    for one in templates():
        said = " ".join((one.heading, *one.paragraphs))
        if one.addressee is Addressee.FOR_THE_CHILD:
            assert "it is not given to the child" in said, one.row
            assert "whom you referred" not in said
        elif one.addressee is Addressee.FIRST_RESPONDER:
            assert "whom you referred" in said, one.row
