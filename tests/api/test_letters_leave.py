"""Letters over GOV.UK Notify, asked of a server on this machine that speaks its language; and the demo's page."""

import json
from collections.abc import Iterator
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from api.development.letters import NONE, render
from api.mail import notify
from api.notify import NotifyPost
from api.settings import SettingsError
from services.notices.post import FolderPost, NeverError, NotNowError

pytestmark = pytest.mark.anyio

SERVICE, SECRET = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
KEY = f"invented-{SERVICE}-{SECRET}"


class Notify:
    """What was taken, by reference; `answer` other than 201 refuses."""

    def __init__(self) -> None:
        self.taken: dict[str, Any] = {}
        self.asked = 0
        self.answer = 201
        self.url = ""


class Handler(BaseHTTPRequestHandler):
    """Answers as GOV.UK Notify does; a request that is not signed ends the connection."""

    state: Notify

    def do_GET(self) -> None:
        """What is known under a reference."""
        self._signed()
        (reference,) = parse_qs(urlsplit(self.path).query)["reference"]
        self._say(200, {"notifications": [{}] if reference in self.state.taken else []})

    def do_POST(self) -> None:
        """Take an e-mail."""
        self._signed()
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.state.asked += 1
        if self.state.answer == 201:
            self.state.taken[sent["reference"]] = sent
        self._say(self.state.answer, {})

    def _signed(self) -> None:
        token = self.headers["Authorization"].removeprefix("Bearer ")
        claims = jwt.decode(token, OctKey.import_key(SECRET), algorithms=["HS256"]).claims
        assert claims["iss"] == SERVICE
        assert isinstance(claims["iat"], int)

    def _say(self, status: int, said: Any) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *_: Any) -> None:
        """Quietly."""


@pytest.fixture
def server() -> Iterator[Notify]:
    """Listening on a free port in a thread of its own."""
    state = Notify()
    served = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"state": state}))
    state.url = f"http://127.0.0.1:{served.server_port}"
    thread = Thread(target=served.serve_forever, daemon=True)
    thread.start()
    yield state
    served.shutdown()
    served.server_close()
    thread.join()


def letter(number: str = "a-letter", language: str = "en", words: str = "Tom & <Jerry>") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Single Competent Authority <no-reply@concordat.example>"
    message["To"] = "testo@invented.example"
    message["Subject"] = "A decision about your referral"
    message["Date"] = "Wed, 20 May 2026 10:00:00 +0100"
    message["Message-ID"] = f"<{number}@concordat.example>"
    message.set_content(f"A decision about your referral\n\n{words}\n")
    message.add_alternative("<p>page</p>", subtype="html")
    message["Content-Language"] = language
    return message


def post_to(server: Notify) -> NotifyPost:
    found = notify({"NOTIFY_API_KEY": KEY, "NOTIFY_TEMPLATE_ID": "a-template", "NOTIFY_URL": server.url})
    assert found is not None
    return found


async def test_a_letter_is_handed_over_once_however_often_it_is_sent(server: Notify) -> None:
    post = post_to(server)
    await post.send(letter())
    await post.send(letter())  # killed between its yes and ours
    assert server.asked == 1
    sent = server.taken["a-letter"]
    assert (sent["email_address"], sent["template_id"]) == ("testo@invented.example", "a-template")
    assert sent["personalisation"]["subject"] == "A decision about your referral"
    assert "Tom & <Jerry>" in sent["personalisation"]["body"]


@pytest.mark.parametrize(
    ("answer", "problem"), [(400, NeverError), (403, NotNowError), (429, NotNowError), (500, NotNowError)]
)
async def test_a_refusal_is_for_good_only_where_the_letter_is_at_fault(
    server: Notify, answer: int, problem: type[Exception]
) -> None:
    server.answer = answer
    with pytest.raises(problem):
        await post_to(server).send(letter())
    assert server.taken == {}


async def test_a_service_that_is_away_is_tried_again() -> None:
    post = NotifyPost("http://127.0.0.1:9", SERVICE, SECRET, "a-template")
    with pytest.raises(NotNowError):
        await post.send(letter())
    assert SECRET not in repr(post)


def test_half_a_setting_is_refused() -> None:
    assert notify({}) is None
    for said in (
        {"NOTIFY_API_KEY": KEY},
        {"NOTIFY_TEMPLATE_ID": "x"},
        {"NOTIFY_API_KEY": "x", "NOTIFY_TEMPLATE_ID": "x"},
    ):
        with pytest.raises(SettingsError, match="NOTIFY"):
            notify(said)


async def test_the_demos_page_shows_letters_in_their_language_and_no_other_mail(tmp_path: Path) -> None:
    assert NONE in render(tmp_path)
    assert NONE in render(None)
    folder = FolderPost(tmp_path)
    await folder.send(letter("one", "sq", "Tom & <Jerry>"))
    notice = letter("two", words="A notice waits")
    del notice["Content-Language"]
    await folder.send(notice)
    page = render(tmp_path)
    assert page.count("<article") == 1
    assert '<h2 id="letter-0" lang="sq">' in page
    assert "Tom &amp; &lt;Jerry&gt;" in page
    assert "A notice waits" not in page
    assert "<script" not in page
