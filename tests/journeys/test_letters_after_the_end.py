"""Nobody writes to the dead; somebody who has left is written to by the ways that still reach only them."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.journeys.test_letters import letters, marked, work
from tests.journeys.test_letters_as_documents import BY_POST, listed
from tests.journeys.test_letters_to_agencies import HEARD, a_child
from tests.world import stories
from tests.world.deciding import decide, done, referred
from tests.world.mail import mail_server
from tests.world.platform import Platform

pytestmark = pytest.mark.anyio
TO_AGENCIES = """SELECT l.addressee, l.matter, a.code FROM letter l JOIN agency a ON a.id = l.to_agency_id
    WHERE l.matter = 'ended' ORDER BY l.written_at, l.addressee"""
ENDED_ONE = [("first_responder", "ended", "west-yorkshire-police")]
GONE = ("LEFT_THE_UK", "REMOVED_FROM_THE_UK")


async def end(platform: Platform, case: Mapping[str, Any], reason: str) -> list[str]:
    """End a case on the next day; what arrives at the person because of it."""
    await platform.set_clock("2026-05-21T10:00+01:00")
    await done(await platform.sign_in("sca-1"), "endCase", case, reason=reason)
    async with mail_server() as mail:
        return [str(one["Subject"]) for one in await work(platform, mail)]


async def tasks(platform: Platform) -> list[str]:
    """What the first responder was asked to do about letters."""
    officer = await platform.sign_in("wyp-1")
    return [kind for kind in await stories.kinds(officer) if kind in ("LETTER_NOT_SENT", "LETTER_TO_PRINT")]


async def test_after_a_death_the_first_responder_alone_is_written_to(platform: Platform) -> None:
    case = await referred(platform)
    await marked(platform, case)
    assert await end(platform, case, "DIED") == []
    assert await letters(platform) == [], "there is none to them"
    assert [tuple(row) for row in await platform.admin.fetch(TO_AGENCIES)] == ENDED_ONE
    assert await tasks(platform) == [], "nor is anybody asked to tell them"


async def test_nor_does_a_letter_leave_that_was_written_before(platform: Platform) -> None:
    case = await referred(platform)
    await marked(platform, case)
    await decide(platform, case)
    async with mail_server() as mail:
        mail.answer = "451 Later"
        assert await work(platform, mail) == []
    assert await end(platform, case, "DIED") == []
    assert [(matter, sent, why) for matter, sent, why, _ in await letters(platform)] == [
        ("reasonable_grounds_positive", False, "has_died")
    ]
    assert await tasks(platform) == []


async def test_after_a_childs_death_nobody_stands_for_them(platform: Platform) -> None:
    case = await a_child(platform)
    await decide(platform, case, **HEARD)
    assert await end(platform, case, "DIED") == []
    assert [tuple(row) for row in await platform.admin.fetch(TO_AGENCIES)] == ENDED_ONE


@pytest.mark.parametrize("reason", GONE)
async def test_whoever_left_is_written_to_where_they_still_read(platform: Platform, reason: str) -> None:
    case = await referred(platform)
    await marked(platform, case)
    assert await end(platform, case, reason) == ["Your referral has ended"]


@pytest.mark.parametrize("reason", [*GONE, "DUPLICATE"])
async def test_and_not_where_they_lived(platform: Platform, reason: str) -> None:
    case = await referred(platform, contact=BY_POST)
    await marked(platform, case, channels=["POST"])
    await decide(platform, case)
    async with mail_server() as mail:
        assert await work(platform, mail) == []
    officer = await platform.sign_in("wyp-1")
    (decision,) = await listed(officer, case["id"])
    sheet = f"/letters/{decision['id']}/to-post.pdf"
    assert (await officer.get(sheet)).status_code == 200

    assert await end(platform, case, reason) == []

    has_left = reason in GONE
    assert [why for _, _, why, _ in await letters(platform)] == ["to_print", "by_post_only" if has_left else "to_print"]
    assert sorted(await tasks(platform)) == sorted(
        ["LETTER_TO_PRINT", "LETTER_NOT_SENT" if has_left else "LETTER_TO_PRINT"]
    )
    officer = await platform.sign_in("wyp-1")
    assert (await officer.get(sheet)).status_code == (404 if has_left else 200)
