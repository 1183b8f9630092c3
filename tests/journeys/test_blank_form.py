"""The blank form is printed from the same rows that check the form that is sent."""

import re
from html import escape

import pytest

from services.referrals.form import queries
from tests.world.platform import Platform

pytestmark = pytest.mark.anyio

EDITIONS = [edition.code for edition in queries.form().editions]


@pytest.mark.parametrize("edition", EDITIONS)
async def test_every_question_of_an_edition_is_printed_once_in_its_order(platform: Platform, edition: str) -> None:
    officer = await platform.sign_in("wyp-1")

    answer = await officer.get(f"/referral-form/{edition}/wales")

    assert answer.status_code == 200
    found = queries.edition(edition)
    assert found is not None
    printed = re.findall("<h3>(.*?)</h3>", answer.text)
    assert printed == [escape(question.row.label) for question in found.questions]
    assert "Must be answered." in answer.text
    assert "its time runs from then" in answer.text


async def test_where_nobody_owes_a_notification_its_questions_say_when_they_are_asked(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    answer = await officer.get("/referral-form/2025-04/scotland")
    assert "Only if “What are you sending?” is duty to notify" in answer.text


@pytest.mark.parametrize("address", ["/referral-form/1066/wales", "/referral-form/2025-04/narnia"])
async def test_a_form_that_never_was_is_nowhere(platform: Platform, address: str) -> None:
    officer = await platform.sign_in("wyp-1")
    assert (await officer.get(address)).status_code == 404


async def test_nobody_is_shown_it_without_a_session(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    await officer.sign_out()
    assert (await officer.get("/referral-form/2025-04/wales")).status_code == 401
