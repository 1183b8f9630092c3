"""What happens beside a decision is told to the person too: each outcome in words of its own, by regime."""

from datetime import date

import pytest

from services.letters.templates import templates, wording
from services.letters.words import LetterLanguage, Matter, Translation
from services.letters.writing import write
from tests.journeys.test_deciding_anew import asked, refused_once
from tests.journeys.test_letters import letters, marked, work
from tests.journeys.test_letters_as_documents import text_of
from tests.journeys.test_protection import PARTS
from tests.world import stories
from tests.world.deciding import TAKEN_BACK, clock, decide, done, due, referred, step
from tests.world.mail import mail_server
from tests.world.platform import Platform

pytestmark = pytest.mark.anyio
TODAY = date(2026, 5, 20)


async def headings(platform: Platform) -> list[str]:
    """What arrives at the person, in order."""
    async with mail_server() as mail:
        return [str(one["Subject"]) for one in await work(platform, mail)]


async def test_a_disqualification_and_that_there_is_none(platform: Platform) -> None:
    case = await referred(platform)
    await marked(platform, case)
    await decide(platform, case)
    maker, other = await platform.sign_in("sca-1"), await platform.sign_in("sca-2")
    assert await headings(platform) == ["A decision about your referral"]
    await done(maker, "weighDisqualification", case, ground="PUBLIC_ORDER")
    assert await headings(platform) == [], "that it is weighed takes nothing from anybody"
    await done(other, "decideDisqualification", case, isDisqualified=True, **PARTS)
    assert await headings(platform) == ["Your protection has ended"]
    await done(other, "weighDisqualification", case, ground="PUBLIC_ORDER")
    await done(maker, "decideDisqualification", case, isDisqualified=False)
    assert await headings(platform) == ["Your protection goes on"]


@pytest.mark.parametrize(
    ("is_accepted", "heading"), [(True, "Your decision is made anew"), (False, "The decision about you stands")]
)
async def test_the_answer_to_a_reconsideration(platform: Platform, is_accepted: bool, heading: str) -> None:
    case = await refused_once(platform)
    await marked(platform, case)
    assert len(await headings(platform)) == 1
    assert (await asked(await platform.sign_in("wyp-1"), case))["problem"] is None
    maker = await platform.sign_in("sca-1")
    assert (await step(maker, "answerReconsideration", case, isAccepted=is_accepted))["problem"], (
        "not the first decider"
    )
    assert await headings(platform) == [], "a refused act writes no letter"
    await done(await platform.sign_in("sca-4"), "answerReconsideration", case, isAccepted=is_accepted)
    assert await headings(platform) == [heading]


@pytest.mark.parametrize("outcome", ["DISMISSED", "WITHDRAWN", "QUASHED"])
async def test_the_end_of_a_judicial_review(platform: Platform, outcome: str) -> None:
    case = await refused_once(platform)
    await marked(platform, case)
    await platform.set_clock("2026-05-20T10:10+01:00")
    maker = await platform.sign_in("sca-1")
    await done(maker, "recordJudicialReview", case, courtReference="CO/1234/2026", broughtOn="2026-05-20")
    await done(maker, "recordReviewOutcome", case, outcome=outcome)
    await headings(platform)
    assert [row[0] for row in await letters(platform)][1:] == [f"review_{outcome.lower()}"]
    assert all(row[1] for row in await letters(platform)), "sent"


async def test_a_transfer_names_the_authority_that_gave_it_away(platform: Platform) -> None:
    case = await referred(platform)
    await marked(platform, case)
    maker = await platform.sign_in("sca-1")
    payload = await step(maker, "transferCase", case, authority="ieca")
    assert payload["problem"] is None, payload
    async with mail_server() as mail:
        (letter,) = await work(platform, mail)
    assert str(letter["From"]).startswith("Single Competent Authority <")
    assert "another authority on 20 May 2026" in letter.get_body(("plain",)).get_content()


def test_words_are_of_their_regime_and_what_nobody_checked_says_so() -> None:
    english = LetterLanguage.ENGLISH
    for matter in (Matter.RECONSIDERATION_REFUSED, Matter.REVIEW_DISMISSED, Matter.REVIEW_QUASHED):
        assert "human trafficking" in wording(matter, english, date(2014, 5, 1), until=None).paragraphs[0]
        assert "modern slavery" in wording(matter, english, TODAY, until=None).paragraphs[0]
    for one in templates():
        said = write(one, {"authority": "A", "reference": "C-1", "day": "1 May", "until": "2 May"})
        assert (one.translation is Translation.UNVERIFIED) == ("Translation unverified" in said.text), one.row
    assert {one.language for one in templates() if one.translation is Translation.UNVERIFIED} == {
        LetterLanguage.WELSH,
        LetterLanguage.ALBANIAN,
    }


@pytest.mark.parametrize(
    ("day", "may_ask", "until"),
    [
        ("2020-03-02T10:00+00:00", False, None),
        ("2021-03-02T10:00+00:00", True, None),
        ("2026-05-20T10:00+01:00", True, date(2026, 6, 19)),
    ],
)
async def test_a_negative_decision_says_what_the_person_may_do_on_its_day(
    platform: Platform, day: str, may_ask: bool, until: date | None
) -> None:
    case = await referred(platform, day)
    await marked(platform, case)
    decided = await decide(platform, case, "NEGATIVE")
    async with mail_server() as mail:
        (letter,) = await work(platform, mail)
    said = " ".join(letter.get_body(("plain",)).get_content().split())
    assert (clock(decided, "reconsideration") is not None) == (until is not None)
    assert ("You can ask until" in said) == (until is not None)
    assert ("You can ask for the decision" in said) == (may_ask and until is None)
    assert until is None or due(decided, "reconsideration") == until.isoformat()
    assert until is None or f"until {until:%-d %B %Y} for the decision" in said
    payload = await asked(await platform.sign_in("sca-1"), case, askedBy="PERSON")
    assert (payload["problem"] is None) == may_ask, payload["problem"]


async def test_a_decision_taken_back_says_until_when_one_may_ask(platform: Platform) -> None:
    case = await referred(platform)
    await marked(platform, case)
    await decide(platform, case)
    maker = await platform.sign_in("sca-1")
    await stories.assign(
        maker,
        await stories.seen(maker, case),
        teamId=await stories.id_of(maker, team="Reconsiderations"),
        reason="New.",
    )
    await platform.set_clock("2026-05-21T10:00+01:00")
    revoked = await done(await platform.sign_in("sca-5"), "revokeDecision", case, **TAKEN_BACK)
    async with mail_server() as mail:
        *_, letter = await work(platform, mail)
    said = " ".join(letter.get_body(("plain",)).get_content().split())
    assert due(revoked, "reconsideration") == "2026-06-20"
    assert "You can ask until 20 June 2026 for the decision to be looked at again" in said
    assert [one["until"] for one in revoked["decisions"]["steps"]] == [None], "that it is taken back lasts"
    officer = await platform.sign_in("wyp-1")
    await platform.deliver()
    theirs = (await officer.get(f"/cases/{case['id']}/letters")).json()["letters"]
    (copy,) = [one for one in theirs if (one["addressee"], one["matter"]) == ("FIRST_RESPONDER", "REVOKED")]
    assert "You can ask until 20 June 2026" in text_of((await officer.get(f"/letters/{copy['id']}.pdf")).content)
