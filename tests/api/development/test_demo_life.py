"""The demo belongs to whoever started it: it ends as a whole, on every way out, and says why when it must."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from services.clocks.rules import london_date
from tests.world.deciding import mutation
from tests.world.demo import Demo, running_demo
from tests.world.forms import adult_referral
from tests.world.processes import alive, eventually
from tests.world.stories import SUBMIT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
PATIENCE = 60  # seconds; how long a busy machine may take to end what it started


@pytest.fixture
def demo(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Demo]:
    """A demo in a path with a space; behind a shell, as make stands before it, where asked."""
    behind = ["sh", "-c", '"$@"; true', "make"] if "make" in request.node.name else []
    with running_demo(tmp_path / "a demo", behind=behind) as started:
        yield started


def files_of(demo: Demo, part: str) -> dict[bytes, bytes]:
    """What a child needs to open the files of cases."""
    lines = Path(f"/proc/{demo.part(part)}/environ").read_bytes().split(b"\0")
    named = dict(line.split(b"=", 1) for line in lines if b"=" in line)
    return {name: named[name] for name in (b"ATTACHMENTS_FOLDER", b"PROVIDER_SECRET_KEYS") if name in named}


def test_secrets_stay_in_private_files_and_ctrl_c_ends_everything(demo: Demo, tmp_path: Path) -> None:
    lines = demo.said.read_text().splitlines()
    assert [line.split(" ")[0] for line in lines] == ["Starting", "Preparing", "Starting", "Ready:"]
    private = [file for file in (tmp_path / "a demo").iterdir() if file.suffix in (".secret", ".password", ".json")]
    secrets = ("database.password", "worker.secret", "importer.secret", "provider-secrets.secret")
    notes = ("importer.json", "supplier.json")
    assert {file.name: file.stat().st_mode & 0o777 for file in private} == dict.fromkeys(secrets + notes, 0o600)
    arguments = b"".join(Path(f"/proc/{pid}/cmdline").read_bytes() for pid in demo.processes if alive(pid))
    assert [file.name for file in private if file.read_bytes() in arguments] == []
    administrators = (tmp_path / "a demo" / "database.password").read_bytes()
    for part in ("serve", "issuers", "worker"):
        assert administrators not in Path(f"/proc/{demo.part(part)}/environ").read_bytes()
    kept = {part: files_of(demo, part) for part in ("serve", "worker")}
    assert kept["worker"] == kept["serve"]
    assert len(kept["worker"]) == 2
    demo.parent.send_signal(signal.SIGINT)
    assert demo.parent.wait(PATIENCE) == 0
    assert demo.gone()
    assert demo.said.read_text().endswith("Ended.\n")


def browser(demo: Demo, agency: str, subject: str) -> httpx2.Client:
    """Somebody signed in over real sockets, through their agency's issuer."""
    at = httpx2.Client(base_url=f"http://127.0.0.1:{demo.port}")
    issuer = httpx2.URL(at.get(f"/sign-in/{agency}").headers["location"])
    picked = httpx2.post(issuer.copy_with(query=None), data=dict(issuer.params) | {"subject": subject})
    assert at.get(picked.headers["location"]).status_code == 303
    return at


def does(who: httpx2.Client, query: str, **content: Any) -> dict[str, Any]:
    """The case after an act that has to work."""
    sent = {"query": query, "variables": {"input": {"idempotencyKey": str(uuid4())} | content}}
    (payload,) = who.post("/graphql", json=sent).json()["data"].values()
    assert payload["problem"] is None, payload
    found: dict[str, Any] = payload["case"]
    return found


def a_letter_stands_on_its_page(demo: Demo) -> None:
    """One that the running worker gave to the demo's post, for an act of the authority."""
    said_on = london_date(datetime.now(UTC)).isoformat()
    safe = {"channels": ["EMAIL"], "sender": "AUTHORITY", "words": "WHOLE", "language": "ENGLISH"}
    with (
        closing(browser(demo, "west-yorkshire-police", "wyp-1")) as officer,
        closing(browser(demo, "sca", "sca-1")) as maker,
    ):
        assert "No letter has left yet" in officer.get("/outbox").text
        case = does(officer, SUBMIT, referral=adult_referral())
        about = {"caseId": case["id"], "words": "An invented reason."}
        told = {"wants": [], "saidOn": said_on, "contact": safe}
        wished = does(officer, mutation("recordWish"), **about, **told, expectedVersion=case["version"])
        assert "No letter has left yet" in officer.get("/outbox").text, "nothing was done yet"
        does(maker, mutation("suspendCase"), **about, expectedVersion=wished["version"], reason="CONTACT_LOST")
        assert eventually(lambda: "Your referral waits" in officer.get("/outbox").text, PATIENCE)
        page = officer.get("/outbox")
    assert page.headers["cache-control"] == "no-store"
    assert page.text.count("<article") == 1, "notices for people of agencies are no letters"
    for part in ("Single Competent Authority", "testo@invented.example", case["reference"], '<div lang="en">'):
        assert part in page.text


def test_a_letter_that_left_is_shown_and_killing_the_parent_ends_everything(demo: Demo) -> None:
    a_letter_stands_on_its_page(demo)
    demo.parent.kill()
    assert demo.gone()


def test_killing_make_ends_everything(demo: Demo) -> None:
    assert demo.part("serve") != demo.parent.pid
    demo.parent.kill()
    assert demo.gone()
    assert demo.said.read_text().endswith("Ended.\n")


def test_a_part_that_dies_ends_the_demo_and_is_named(demo: Demo) -> None:
    os.kill(demo.part("worker"), signal.SIGKILL)
    assert demo.parent.wait(PATIENCE) == 1
    assert "The worker ended unexpectedly" in demo.said.read_text()
    assert demo.gone()


def test_the_database_that_dies_ends_the_demo_and_is_named(demo: Demo) -> None:
    os.kill(demo.part("-D"), signal.SIGKILL)
    assert demo.parent.wait(PATIENCE) == 1
    assert "PostgreSQL ended unexpectedly" in demo.said.read_text()
    assert demo.gone()
