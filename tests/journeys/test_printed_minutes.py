"""Minutes as a page to print: the same as their reader sees elsewhere, and nothing that anybody wrote is markup."""

from html.parser import HTMLParser

import httpx2
import pytest

from tests.world.meetings import HEALTH, own_body, written
from tests.world.minutes import (
    SEND_OUT,
    SIGN,
    a_closed_meeting,
    an_open_meeting,
    closed_part,
    done,
    is_recorded,
    said_in,
)
from tests.world.platform import Person, Platform
from tests.world.stories import told

pytestmark = pytest.mark.anyio

MISCHIEF = '</dd><script>alert(1)</script><img src=x onerror=alert(1)> & "quoted" \u202e'
ALLOWED = {
    "html", "head", "meta", "title", "link", "body", "main", "h1", "h2", "h3", "article", "section", "p", "dl", "dt",
    "dd",
    "ol", "li", "aside", "table", "caption", "thead", "tbody", "tr", "th", "td", "del",
}  # fmt: skip


class Page(HTMLParser):
    """The elements of a page in order, its text, and every attribute."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


async def printed(who: Person, public: str) -> httpx2.Response:
    """The page that this person's browser is shown."""
    return await who.get(f"/minutes/{public}")


async def test_what_is_printed_is_what_the_reader_sees(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    decision = await is_recorded(worker, meeting)
    nurse, police = await platform.sign_in("ess-1"), await platform.sign_in("wyp-3")
    body = await own_body(nurse, HEALTH, "HEALTH")
    await written(nurse, meeting, "position", onEntryId=decision["id"], body=body, agrees=False, reason="Too early.")
    part = await closed_part(police, meeting)
    assert (await said_in(police, meeting, part, "Under cover."))["problem"] is None
    await done(worker, SEND_OUT, meeting)
    await done(nurse, SIGN, meeting, answer="DISPUTED", entryId=decision["id"], words="I had left.")

    pages = {who: Page((await printed(who, meeting["id"])).text) for who in (worker, nurse, police)}

    for page in pages.values():
        for words in (
            "Together.",
            "There was a quorum.",
            f"{HEALTH} dissents: Too early.",
            "I had left.",
            "21 April 2026",
        ):
            assert words in page.text
    assert pages[worker].text == pages[nurse].text
    assert [who for who, page in pages.items() if "Under cover." in page.text] == [police]
    assert pages[worker].tags.count("section") == 1


async def test_nothing_that_anybody_wrote_is_markup(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    for kind in ("note", "risk", "wishes", "safety"):
        await written(worker, meeting, kind, words=MISCHIEF)
    await closed_part(worker, meeting)

    page = Page((await printed(worker, meeting["id"])).text)

    assert set(page.tags) <= ALLOWED
    assert page.attributes <= {"lang", "charset", "name", "content", "rel", "href", "class", "scope"}
    assert page.text.count("<script>alert(1)</script>") == 4
    assert "\u202e" not in page.text


async def test_a_page_has_its_headings_and_its_tables_their_heads(platform: Platform) -> None:
    chair, meeting = await a_closed_meeting(platform)

    response = await printed(chair, meeting["id"])

    page = Page(response.text)
    assert (page.tags.count("h1"), page.tags.count("main"), page.tags.count("html")) == (1, 1, 1)
    assert page.tags.count("caption") == page.tags.count("table") == page.tags.count("thead") == 3
    assert 'lang="en-GB"' in response.text
    assert 'scope="col"' in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "Seal of this part: " in page.text


async def test_each_print_leaves_its_access_record(platform: Platform) -> None:
    _, meeting = await a_closed_meeting(platform)
    nurse = await platform.sign_in("ess-1")
    before = len(await platform.ledger())

    assert (await printed(nurse, meeting["id"])).status_code == 200

    (line,) = (await platform.ledger())[before:]
    assert (line["verdict"], line["function"], len(line["items"])) == ("disclosed", "health", 2)


async def test_minutes_that_are_hidden_and_minutes_that_are_nowhere_are_the_same_page(platform: Platform) -> None:
    _, meeting = await an_open_meeting(platform)
    stranger = await platform.sign_in("gmp-1")

    hidden = await printed(stranger, meeting["id"])
    nowhere = [
        await printed(stranger, public) for public in (meeting["case"]["id"], "nothing", meeting["id"][:-4] + "AAA=")
    ]

    assert hidden.status_code == 404
    assert {str(told(one)) for one in nowhere} == {str(told(hidden))}


async def test_nobody_prints_without_a_session(platform: Platform) -> None:
    _, meeting = await an_open_meeting(platform)

    assert (await platform.browser().get(f"/minutes/{meeting['id']}")).status_code == 401
