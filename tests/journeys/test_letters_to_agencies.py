"""Who gets which letter: an adult theirs, for a child whoever stands for them, the first responder one of its own.

Nothing is ever written to a child.
"""

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
from tests.journeys.test_protection import PARTS
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
NO_COUNCIL = "UPDATE involvement SET until_at = moment() WHERE relation = 'safeguarding_lead'"
WEAR = """INSERT INTO agency_function (agency_id, function, valid_from)
    SELECT m.agency_id, 'guardian', DATE '2009-04-01' FROM member m
    WHERE m.subject = 'exh-1'"""
STAND = """INSERT INTO involvement
        (record_id, record_kind, agency_id, function, relation, purpose, lawful_basis, source, given_by, from_at)
    SELECT r.id, r.kind, m.agency_id, 'guardian', 'guardian', 'p', 'b', 's', m.id, moment()
    FROM record r, member m WHERE m.subject = 'exh-1'"""  # no door gives this relation yet
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


@pytest.mark.parametrize("outcome", ["POSITIVE", "NEGATIVE"])
async def test_a_childs_decisions_go_to_the_council_and_to_the_first_responder(
    platform: Platform, outcome: str
) -> None:
    case = await a_child(platform)
    await decide(platform, case, **HEARD)
    await platform.set_clock(LATER)
    await decide(platform, case, outcome, **SECOND, **HEARD)

    assert await worked(platform) == [], "nothing leaves for a child, nor by e-mail for anybody"

    ends = f"conclusive_grounds_{outcome.lower()}"
    assert await given(platform) == [
        ("first_responder", "reasonable_grounds_positive", "west-yorkshire-police", "first_responder"),
        ("for_the_child", "reasonable_grounds_positive", "leeds-city-council", "childrens_services"),
        ("first_responder", ends, "west-yorkshire-police", "first_responder"),
        ("for_the_child", ends, "leeds-city-council", "childrens_services"),
    ]
    council, officer = await platform.sign_in("lcc-1"), await platform.sign_in("wyp-1")
    assert await listed(council, case["id"], "FIRST_RESPONDER") == []
    assert await listed(officer, case["id"], "FOR_THE_CHILD") == []
    (first, second) = await listed(council, case["id"], "FOR_THE_CHILD")
    for letter in (first, second):
        assert "it is not given to the child" in text_of((await council.get(f"/letters/{letter['id']}.pdf")).content)
        assert (await council.get(f"/letters/{letter['id']}/to-post.pdf")).status_code == 404
        hidden = [await officer.get(f"/letters/{one}.pdf") for one in (letter["id"], NEVER)]
        assert told(hidden[0]) == told(hidden[1]), "a letter for another is like one that is nowhere"
    assert (await stories.kinds(council)).count("LETTER_RECEIVED") == 2


async def test_a_negative_first_decision_about_a_child_is_told_to_the_same(platform: Platform) -> None:
    case = await a_child(platform)
    await decide(platform, case, "NEGATIVE", **HEARD)
    assert await worked(platform) == []
    assert [row[:3] for row in await given(platform)] == [
        ("first_responder", "reasonable_grounds_negative", "west-yorkshire-police"),
        ("for_the_child", "reasonable_grounds_negative", "leeds-city-council"),
    ]


async def test_a_council_that_referred_its_child_is_written_to_once(platform: Platform) -> None:
    case = await a_child(platform, "lcc-1")
    await decide(platform, case, **HEARD)
    assert await worked(platform) == []
    assert [row[:3] for row in await given(platform)] == [
        ("for_the_child", "reasonable_grounds_positive", "leeds-city-council")
    ]


async def test_a_child_for_whom_nobody_here_stands_is_a_task_of_the_authority(platform: Platform) -> None:
    case = await a_child(
        platform,
        childProtection=child_referral()["childProtection"]
        | {"localAuthority": "Wakefield Metropolitan District Council"},
    )
    await decide(platform, case, **HEARD)
    assert await worked(platform) == []
    rows = [tuple(row)[:5] for row in await platform.admin.fetch(ALL)]
    assert rows[1] == ("for_the_child", "reasonable_grounds_positive", None, None, "no_account")
    maker = await platform.sign_in("sca-1")
    (task,) = [one for one in await inbox(maker) if one["kind"] == "LETTER_WITHOUT_ADDRESSEE"]
    assert (task["isTask"], task["about"]["name"]) == (True, "Wakefield Metropolitan District Council")
    (letter,) = await listed(maker, case["id"], "FOR_THE_CHILD")
    assert "it is not given to the child" in text_of((await maker.get(f"/letters/{letter['id']}.pdf")).content)


async def test_a_child_whom_nobody_stands_for_is_a_task_too(platform: Platform) -> None:
    case = await a_child(platform)
    await platform.admin.execute(NO_COUNCIL)
    await decide(platform, case, **HEARD)
    assert await worked(platform) == []
    rows = [tuple(row)[:5] for row in await platform.admin.fetch(ALL)]
    assert rows[1] == ("for_the_child", "reasonable_grounds_positive", None, None, "nobody_is_known")
    assert "LETTER_WITHOUT_ADDRESSEE" in await stories.kinds(await platform.sign_in("sca-1"))


async def test_where_the_council_cannot_take_it_a_guardian_does(platform: Platform) -> None:
    case = await a_child(platform)
    for change in (NO_COUNCIL, WEAR, STAND):
        await platform.admin.execute(change)
    await decide(platform, case, **HEARD)
    assert await worked(platform) == []
    assert (await given(platform))[1][2:] == ("example-haven", "guardian")


async def test_a_letter_tells_nobody_what_they_may_not_know(platform: Platform) -> None:
    case = await a_child(platform)
    await decide(platform, case, **HEARD)
    maker, other = await platform.sign_in("sca-1"), await platform.sign_in("sca-2")
    await worked(platform)
    await done(maker, "weighDisqualification", case, ground="PUBLIC_ORDER")
    await done(other, "decideDisqualification", case, isDisqualified=True, **PARTS)
    assert await worked(platform) == []
    rows = sorted(tuple(row)[:5] for row in await platform.admin.fetch(ALL) if row["matter"] == "disqualified")
    assert rows == [
        ("first_responder", "disqualified", "west-yorkshire-police", "first_responder", None),
        ("for_the_child", "disqualified", None, None, "nobody_is_known"),
    ], "a council does not read disqualifications, and the first responder that there is one"
    assert len(await listed(await platform.sign_in("lcc-1"), case["id"], "FOR_THE_CHILD")) == 1


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


async def test_whoever_is_settled_as_an_adult_before_it_leaves_is_written_to_themselves(platform: Platform) -> None:
    case = await a_child(platform)
    await decide(platform, case, **HEARD)
    await platform.admin.execute(OF_AGE)
    for _ in range(2):  # it changes hands in one round of the worker, and leaves in the next
        assert await worked(platform) == []
    rows = [tuple(row)[:5] for row in await platform.admin.fetch(ALL)]
    assert ("person", "reasonable_grounds_positive", None, None, "nothing_is_marked_safe") in rows
    assert "LETTER_RECEIVED" not in await stories.kinds(await platform.sign_in("lcc-1"))


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
            assert "human trafficking" in wording(matter, english, date(2014, 5, 1), to).paragraphs[0]
            assert "modern slavery" in wording(matter, english, date(2026, 5, 20), to).paragraphs[0]
        assert len({wording(matter, english, date(2026, 5, 20), to).paragraphs for to in Addressee}) == 3
    for one in templates():
        said = " ".join((one.heading, *one.paragraphs))
        if one.addressee is Addressee.FOR_THE_CHILD:
            assert "it is not given to the child" in said, one.row
            assert "whom you referred" not in said
        elif one.addressee is Addressee.FIRST_RESPONDER:
            assert "whom you referred" in said, one.row
