"""Where e-mails reach somebody is set by an administrator of their agency, and stands in the ledger."""

import pytest

from tests.world.answers import work
from tests.world.mail import mail_server
from tests.world.platform import Platform
from tests.world.stories import PROBLEM, id_of, open_concern

pytestmark = pytest.mark.anyio

SET = f"mutation ($input: AdministerInput!) {{ administer(input: $input) {{ {PROBLEM} }} }}"
NEW = "duty@leeds-city-council.example"


async def set_email(platform: Platform, who: str, member: str, email: str | None) -> str | None:
    """The problem by name, if there is one."""
    administrator = await platform.sign_in(who)
    act = {"setEmail": {"memberId": member, "email": email}}
    payload = await administrator.do(SET, act=act, reason="Works at another desk.")
    return payload["problem"]["__typename"] if payload["problem"] else None


async def test_an_administrator_sets_it_and_emails_follow(platform: Platform) -> None:
    ella = await id_of(await platform.sign_in("lcc-1"))

    assert await set_email(platform, "lcc-4", ella, NEW) is None

    await open_concern(await platform.sign_in("eps-1"))
    async with mail_server() as mail:
        await work(platform, mail.room)
    assert mail.recipients() == [NEW]
    line = await platform.admin.fetchrow("SELECT * FROM administrative_record ORDER BY sequence DESC LIMIT 1")
    assert (line["act"], line["verdict"]) == ("email.set", "done")
    assert "lcc-1@leeds-city-council.example" in line["before"]
    assert NEW in line["after"]


async def test_without_an_address_nothing_is_sent(platform: Platform) -> None:
    assert await set_email(platform, "lcc-4", await id_of(await platform.sign_in("lcc-1")), None) is None

    await open_concern(await platform.sign_in("eps-1"))
    async with mail_server() as mail:
        await work(platform, mail.room)
    assert mail.recipients() == []


@pytest.mark.parametrize(
    ("who", "whose", "email", "problem"),
    [
        ("lcc-1", "lcc-3", NEW, "Refused"),
        ("lcc-4", "lcc-4", NEW, "Refused"),
        ("wyp-5", "lcc-1", NEW, "NotFound"),
        ("lcc-4", "lcc-1", "nobody", "Invalid"),
        ("lcc-4", "lcc-1", "a@b.example\r\nBcc: c@d.example", "Invalid"),
        ("lcc-4", "lcc-1", "a@b.example, c@d.example", "Invalid"),
    ],
)
async def test_nobody_else_sets_it_and_nothing_but_one_address(
    platform: Platform, who: str, whose: str, email: str, problem: str
) -> None:
    before = await platform.admin.fetch("SELECT id, email FROM member ORDER BY id")

    assert await set_email(platform, who, await id_of(await platform.sign_in(whose)), email) == problem
    assert await platform.admin.fetch("SELECT id, email FROM member ORDER BY id") == before
