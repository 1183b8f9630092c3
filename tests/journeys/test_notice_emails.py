"""E-mails say that a notice waits and nothing else (T20); none reaches those who left or may not know."""

import json
from email.message import EmailMessage

import pytest

from services.notices import worker
from services.notices.post import FolderPost, Letterhead, MailRoom, SmtpPost
from tests.world.answers import PREFER, acknowledge, of_kind, work
from tests.world.forms import child_referral
from tests.world.mail import LETTERHEAD, MailServer, mail_server
from tests.world.platform import Platform
from tests.world.stories import open_concern, refer
from tests.world.template import PUBLIC_URL, WORKER_SECRET

pytestmark = pytest.mark.anyio

SATURDAY_NIGHT = "2026-05-30T23:40+01:00"
AN_HOUR_LATER = "2026-05-31T00:41+01:00"
A_DAY_LATER = "2026-05-31T23:41+01:00"
WAITING = "SELECT count(*) FROM notice_email WHERE sent_at IS NULL AND given_up_at IS NULL"
GIVEN_UP = "SELECT count(*) FROM notice_email WHERE given_up_at IS NOT NULL"
CANARIES = ("Zebedee", "Zanzibarian", "zinfandel", "zippers", "ziggurat")


def text_of(message: EmailMessage) -> str:
    return json.dumps(message.items(), default=str) + str(message.get_content())


async def a_concern(platform: Platform, moment: str = SATURDAY_NIGHT) -> None:
    """Of a child in Leeds: one notice, whose inbox is the duty worker's."""
    await platform.set_clock(moment)
    await open_concern(await platform.sign_in("eps-1"))


async def test_t20_no_email_holds_anything_of_a_case(platform: Platform) -> None:
    await platform.set_clock(SATURDAY_NIGHT)
    form = child_referral(organisation="West Yorkshire Police")
    form["identity"] |= {"firstName": CANARIES[0], "lastName": CANARIES[1]}
    form["account"] |= {"howStarted": CANARIES[2], "requiredToDo": CANARIES[3]}
    form["exploiters"] |= {"who": CANARIES[4]}
    case = await refer(await platform.sign_in("wyp-1"), form)
    async with mail_server() as mail:
        await work(platform, mail.room)
        for moment in (AN_HOUR_LATER, "2026-05-31T03:41+01:00"):
            await platform.set_clock(moment)
            await work(platform, mail.room)

    stored, references = await platform.everything(), await platform.admin.fetch("SELECT reference FROM notice")
    assert all(canary in stored for canary in CANARIES)
    assert len(mail.messages) > 5
    for message in mail.messages:
        said = text_of(message)
        assert not [canary for canary in (*CANARIES, case["reference"]) if canary in said]
        assert not [word for word in ("child", "Leeds", "police") if word in message["Subject"] + message.get_content()]
        links = {f"{PUBLIC_URL}/#notice={row['reference']}" for row in references}
        assert len(links & set(message.get_content().split())) == 1


async def test_it_reaches_those_who_work_in_the_inbox_and_the_escalation_their_manager(platform: Platform) -> None:
    await a_concern(platform)
    async with mail_server() as mail:
        await work(platform, mail.room)
        assert mail.recipients() == ["lcc-1@leeds-city-council.example"]
        mail.raw.clear()
        await platform.set_clock(AN_HOUR_LATER)
        await work(platform, mail.room)
        assert mail.recipients() == ["lcc-1@leeds-city-council.example"]
        mail.raw.clear()
        await platform.set_clock("2026-05-31T03:41+01:00")
        await work(platform, mail.room)
        assert mail.recipients() == ["lcc-2@leeds-city-council.example"]


async def test_a_kind_can_be_switched_off_for_oneself_but_never_a_childs(platform: Platform) -> None:
    await platform.set_clock("2026-05-26T09:00+01:00")
    decider, council = await platform.sign_in("sca-1"), await platform.sign_in("lcc-1")

    off = await decider.do(PREFER, kind="REFERRAL_RECEIVED", byEmail=False)
    refused = await council.do(PREFER, kind="CHILD_CONCERN", byEmail=False)

    assert off["problem"] is None
    assert {"kind": "REFERRAL_RECEIVED", "byEmail": False, "hasSwitch": True} in off["preferences"]
    assert (refused["preferences"], refused["problem"]["__typename"]) == (None, "Refused")
    await refer(await platform.sign_in("wyp-1"))
    await open_concern(await platform.sign_in("eps-1"))
    async with mail_server() as mail:
        await work(platform, mail.room)
    assert mail.recipients() == ["lcc-1@leeds-city-council.example"]
    assert (await of_kind(await platform.sign_in("sca-1"), "REFERRAL_RECEIVED"))["isTask"] is False
    await decider.do(PREFER, kind="REFERRAL_RECEIVED", byEmail=True)
    assert await platform.admin.fetchval("SELECT is_on FROM notice_preference") is True


class _DeadServer:
    """Takes the e-mail, and then the worker is gone before it can commit."""

    def __init__(self, mail: MailServer) -> None:
        self._post = mail.room.post

    async def send(self, message: EmailMessage) -> None:
        await self._post.send(message)
        raise _KilledError


class _KilledError(BaseException):  # nobody who is killed catches it
    """The worker is gone, between the mail server's yes and its own commit."""


async def test_a_worker_killed_after_the_servers_yes_sends_the_same_email_again(platform: Platform) -> None:
    await a_concern(platform)
    async with mail_server() as mail:
        for _ in range(3):
            with pytest.raises(_KilledError):
                await work(platform, MailRoom(_DeadServer(mail), LETTERHEAD))
        await work(platform, mail.room)
        await work(platform, mail.room)

    assert len(mail.raw) == 4
    assert len(set(mail.raw)) == 1, "mail programs show e-mails with one Message-ID once"
    assert len({message["Message-ID"] for message in mail.messages}) == 1
    assert await platform.admin.fetchval("SELECT count(*) FROM notice_email WHERE sent_at IS NOT NULL") == 1


async def test_a_mail_server_that_is_busy_or_away_is_tried_again_later(platform: Platform) -> None:
    await a_concern(platform)
    async with mail_server() as mail:
        mail.answer = "451 Try again later"
        await work(platform, mail.room)
        await work(platform, MailRoom(SmtpPost("smtp://127.0.0.1:1"), LETTERHEAD))
        assert await platform.admin.fetchval(WAITING) == 1
        mail.answer = "250 OK"
        await work(platform, mail.room)
        assert mail.raw == []
        await platform.set_clock("2026-05-30T23:43+01:00")
        await work(platform, mail.room)
        assert len(mail.raw) == 1


async def test_what_a_mail_server_refuses_for_good_is_not_sent_again(platform: Platform) -> None:
    await a_concern(platform)
    async with mail_server() as mail:
        mail.answer = "550 No such person"
        await work(platform, mail.room)

    assert await platform.admin.fetchval(GIVEN_UP) == 1
    assert (await of_kind(await platform.sign_in("lcc-1"), "CHILD_CONCERN"))["acknowledgement"] is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE member_function SET valid_until = london_today()"
        " WHERE function = 'childrens_services' AND valid_from < london_today()",
        "UPDATE team_membership SET until_at = moment()",
        "UPDATE member SET email = NULL",
        "UPDATE record SET restricted = true",
        "INSERT INTO access_bar (record_id, agency_id, reason, from_at)"
        " SELECT r.id, a.id, 'Invented', moment() FROM record r, agency a WHERE a.code = 'leeds-city-council'",
    ],
)
async def test_who_left_or_may_not_know_meanwhile_gets_none(platform: Platform, change: str) -> None:
    await a_concern(platform)
    await work(platform)
    assert await platform.admin.fetchval(WAITING) == 1
    await platform.admin.execute(change)

    async with mail_server() as mail:
        await work(platform, mail.room)

    assert mail.raw == []
    assert await platform.admin.fetchval(GIVEN_UP) == 1


async def test_without_a_mail_server_emails_wait_and_old_news_is_never_sent(platform: Platform) -> None:
    await a_concern(platform)
    await work(platform)
    answered = await of_kind(await platform.sign_in("lcc-1"), "CHILD_CONCERN")
    await acknowledge(await platform.sign_in("lcc-1"), answered)
    await a_concern(platform, "2026-05-30T23:41+01:00")
    await work(platform)
    assert await platform.admin.fetchval(WAITING) == 2

    async with mail_server() as mail:
        await worker.run_errands(platform.tools, WORKER_SECRET, mail.room)
        assert len(mail.raw) == 1, "the one that is answered tells no news"
        await a_concern(platform, "2026-05-30T23:42+01:00")
        await work(platform)
        await platform.admin.execute(
            "UPDATE notice_step SET ended_at = moment(), outcome = 'sent' WHERE ended_at IS NULL"
        )
        await platform.set_clock("2026-05-31T23:43+01:00")
        await work(platform, mail.room)
        assert len(mail.raw) == 1, "after a day it is old news"


async def test_the_demo_writes_its_emails_into_a_folder(
    platform: Platform, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("demo") / "mail"
    await a_concern(platform)

    await work(platform, MailRoom(FolderPost(folder), Letterhead(PUBLIC_URL, LETTERHEAD.sender)))

    (file,) = folder.iterdir()
    assert file.suffix == ".eml"
    assert "lcc-1@leeds-city-council.example" in file.read_text()
    assert folder.stat().st_mode & 0o77 == 0


def test_a_mail_servers_password_is_not_printed() -> None:
    assert "hunter2" not in repr(MailRoom(SmtpPost("smtp://u:hunter2@mail.example"), LETTERHEAD))
