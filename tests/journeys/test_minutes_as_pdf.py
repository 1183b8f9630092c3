"""Minutes as a tagged PDF: read back by another program, it says what the page says, to each reader their own."""

import io
import re
from collections import Counter
from typing import Any

import httpx2
import pytest
from pypdf import PdfReader

from tests.journeys.test_printed_minutes import MISCHIEF, Page
from tests.world.meetings import HEALTH, own_body, written
from tests.world.minutes import (
    SEND_OUT,
    SIGN,
    a_closed_meeting,
    agreed_by_all,
    an_open_meeting,
    closed_part,
    done,
    is_recorded,
    said_in,
)
from tests.world.platform import Person, Platform
from tests.world.stories import told

pytestmark = pytest.mark.anyio

ABROAD = "Zoë Łukasz Nguyễn Ђорђе Αθηνά محمد 李明 🙂"


async def fetched(who: Person, public: str) -> httpx2.Response:
    """What this person's browser is given."""
    return await who.get(f"/minutes/{public}.pdf")


async def opened(who: Person, public: str) -> PdfReader:
    """The document, which has to be one."""
    response = await fetched(who, public)
    assert (response.status_code, response.headers["content-type"]) == (200, "application/pdf")
    return PdfReader(io.BytesIO(response.content), strict=True)


def letters(text: str) -> Counter[str]:
    """Every mark that is no space: lines are broken elsewhere on paper."""
    return Counter(re.sub(r"\s", "", text))


def text_of(document: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in document.pages)


def roles(document: PdfReader) -> Counter[str]:
    """How often each kind of structure stands in the tree, mapped to the standard's own kinds."""
    catalogue: Any = document.trailer["/Root"]
    root = catalogue["/StructTreeRoot"]
    found: Counter[str] = Counter()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if "/S" in node:
            found[node["/S"]] += 1
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            inside = kid.get_object() if hasattr(kid, "get_object") else kid
            if isinstance(inside, dict) and ("/S" in inside or "/K" in inside):
                waiting.append(inside)
    return found


async def test_each_reader_s_document_says_what_their_page_says(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    decision = await is_recorded(worker, meeting)
    nurse, police = await platform.sign_in("ess-1"), await platform.sign_in("wyp-3")
    body = await own_body(nurse, HEALTH, "HEALTH")
    await written(nurse, meeting, "position", onEntryId=decision["id"], body=body, agrees=False, reason="Too early.")
    part = await closed_part(police, meeting)
    assert (await said_in(police, meeting, part, "Under cover."))["problem"] is None
    await done(worker, SEND_OUT, meeting)
    await done(nurse, SIGN, meeting, answer="DISPUTED", entryId=decision["id"], words="I had left.")

    documents = {who: text_of(await opened(who, meeting["id"])) for who in (worker, nurse, police)}

    for who, said in documents.items():
        html = (await who.get(f"/minutes/{meeting['id']}")).text
        page = Page(html[html.index("<h1>") :]).text
        more = letters(said) - letters(page)
        assert not letters(page) - letters(said)
        assert set(more) <= set("0123456789./:")  # numbers of passages and pages, and the marks after a name
        assert "Too early." in said
    assert documents[worker] == documents[nurse]
    assert [who for who, said in documents.items() if "Under cover." in said] == [police]


async def test_its_structure_is_there_for_whoever_has_it_read_aloud(platform: Platform) -> None:
    chair, meeting = await a_closed_meeting(platform)

    document = await opened(chair, meeting["id"])

    root: Any = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert (root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("en-GB", True)
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert document.metadata is not None
    assert meeting["caseReference"] in str(document.metadata.title)
    found = roles(document)
    assert (found["/H1"], found["/H2"], found["/Table"]) == (1, 1, 3)
    assert found["/H3"] >= 2
    assert min(found["/TH"], found["/TD"], found["/LI"], found["/P"]) > 4


async def test_nothing_that_anybody_wrote_is_markup_and_names_of_every_script_are_kept(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    for words in ("#panic() *bold* $x^2$ @ref <label> = Heading", MISCHIEF, ABROAD):
        await written(worker, meeting, "note", words=words)
    await written(worker, meeting, "risk", words="line\n" * 300)

    document = await opened(worker, meeting["id"])

    said = text_of(document)
    assert len(document.pages) > 4
    for words in ("#panic()*bold*$x^2$@ref<label>=Heading", "<script>alert(1)</script>", "ZoëŁukaszNguyễnЂорђеΑθηνά"):
        assert words in re.sub(r"\s", "", said), words
    assert "\u202e" not in said
    for mark in "李明🙂":  # drawn where the machine has a font for it, and nowhere lost
        assert mark in said or f"[U+{ord(mark):04X}]" in said


async def test_it_is_hidden_and_recorded_like_the_page(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    await is_recorded(worker, meeting)
    await done(worker, SEND_OUT, meeting)
    await agreed_by_all(platform, meeting)
    nurse, stranger = await platform.sign_in("ess-1"), await platform.sign_in("gmp-1")
    hidden, nowhere = await fetched(stranger, meeting["id"]), await fetched(stranger, meeting["id"][:-4] + "AAA=")
    assert (hidden.status_code, told(hidden)) == (404, told(nowhere))
    assert (await platform.browser().get(f"/minutes/{meeting['id']}.pdf")).status_code == 401
    before = len(await platform.ledger())

    response = await fetched(nurse, meeting["id"])

    (line,) = (await platform.ledger())[before:]
    assert (line["verdict"], line["function"], len(line["items"])) == ("disclosed", "health", 2)
    assert response.headers["cache-control"] == "no-store"
