"""T11: a provider vouches for people whom the platform does not know. Whether somebody stands in the directory and what
they once did there shows neither in the answer nor in what it costs."""

import re

import anyio
import httpx2
import pytest

from tests.api.identity.platform import Platform
from tests.services.database.test_statement_count import counting

pytestmark = pytest.mark.anyio

NUMBER = re.compile(r"[0-9a-f-]{36}")
UNKNOWN, KNOWN = "officer-8", "officer-7"
WITHOUT_A_FUNCTION = {
    "never had one": "DELETE FROM member_function",
    "their function ended": "UPDATE member_function SET valid_until = london_today(), ended_at = moment()",
    "it begins tomorrow": "UPDATE member_function SET valid_from = london_today() + 1",
    "their agency has it no more": "UPDATE agency_function SET valid_until = london_today()",
}
ROW = "SELECT xmin::text, m.* FROM member m WHERE m.subject = $1"


def told(response: httpx2.Response) -> tuple[int, str, list[tuple[str, str]]]:
    """All of an answer but its number and its moment."""
    headers = [(name, value) for name, value in response.headers.items() if name not in ("date", "x-request-id")]
    return response.status_code, NUMBER.sub("<number>", response.text), headers


async def comes(platform: Platform, subject: str) -> tuple[httpx2.Response, list[str]]:
    """The answer to somebody who comes back from their provider, and every statement on the way to it."""
    async with platform.browser() as browser:
        address = await platform.picked(await platform.leave(browser), subject)
        with counting() as sent:
            response = await browser.get(address)
    return response, sent


@pytest.mark.parametrize("why", WITHOUT_A_FUNCTION)
async def test_t11_who_is_unknown_and_who_has_no_function_are_answered_alike(platform: Platform, why: str) -> None:
    welcome, for_known = await comes(platform, KNOWN)
    await platform.admin.execute("SET session_replication_role = replica")
    await platform.admin.execute(WITHOUT_A_FUNCTION[why])
    row = await platform.admin.fetchrow(ROW, KNOWN)
    sessions = await platform.sessions()

    unknown, for_unknown = await comes(platform, UNKNOWN)
    without, for_without = await comes(platform, KNOWN)

    assert (welcome.status_code, unknown.status_code) == (303, 403)
    assert told(without) == told(unknown)
    assert for_without == for_unknown == for_known
    assert await platform.admin.fetchrow(ROW, KNOWN) == row, "nothing is written for somebody who is not let in"
    assert await platform.sessions() == sessions


async def test_t11_nobody_without_a_function_waits_for_who_is_being_administered(platform: Platform) -> None:
    """An unknown person has no row to wait for."""
    await platform.admin.execute("DELETE FROM member_function")
    async with platform.admin.transaction():
        await platform.admin.execute("SELECT FROM member WHERE subject = $1 FOR UPDATE", KNOWN)
        with anyio.fail_after(20):
            answers = [told((await comes(platform, subject))[0]) for subject in (UNKNOWN, KNOWN)]
    assert answers[0] == answers[1]
