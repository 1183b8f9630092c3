"""Everything is killed in the middle of writing and started again: what was acknowledged is there (T55, T57)."""

import itertools
import os
import signal
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.world.demo import Demo, running_demo
from tests.world.drafts import operation
from tests.world.forms import adult_referral

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
WRITERS = 4
SUBMIT = """mutation ($input: SubmitReferralInput!) {
  submitReferral(input: $input) { case { reference } problem { __typename } }
}"""
READ = """query ($reference: String) {
  case(reference: $reference) {
    stage
    identity { ... on Identity { firstName } }
    clocks { ... on Clocks { next { dueOn } } }
  }
}"""


def _officer(demo: Demo) -> httpx2.Client:
    """PC Asha, signed in over real sockets through her force's issuer."""
    browser = httpx2.Client(base_url=f"http://127.0.0.1:{demo.port}")
    leaving = browser.get("/sign-in/west-yorkshire-police")
    issuer = httpx2.URL(leaving.headers["location"])
    picked = httpx2.post(issuer.copy_with(query=None), data=dict(issuer.params) | {"subject": "wyp-1"})
    assert browser.get(picked.headers["location"]).status_code == 303
    return browser


def _ask(officer: httpx2.Client, query: str, **variables: Any) -> Any:
    return officer.post("/graphql", json={"query": query, "variables": variables}).json()["data"]


def _save_until_the_end(officer: httpx2.Client, steps: dict[str, list[str]], stopped: threading.Event) -> None:
    """One draft, saved step after step; of each the server acknowledged the name that was typed."""
    with closing(officer):
        draft: dict[str, Any] = {}
        for count in itertools.count():
            of = {"draftId": draft["id"], "expectedVersion": draft["version"]} if draft else {}
            name = f"Drafterx{count}"
            answers = [{"key": "identity.firstName", "values": [name]}]
            try:
                sent = {"idempotencyKey": str(uuid4()), "answers": answers} | of
                draft = _ask(officer, operation("SaveDraft"), input=sent)["saveDraft"]["draft"]
            except (httpx2.HTTPError, OSError, KeyError):
                return
            steps.setdefault(draft["id"], []).append(name)
            if stopped.is_set():
                return


def _write_until_the_end(
    officer: httpx2.Client, number: int, acknowledged: dict[str, str], stopped: threading.Event
) -> None:
    """One referral after another; what the server acknowledged is noted with the name it was sent with."""
    with closing(officer):
        for count in itertools.count():
            name = f"Writer{number}x{count}"
            form = adult_referral()
            form["identity"] = form["identity"] | {"firstName": name}
            sent = {"idempotencyKey": str(uuid4()), "referral": form}
            try:
                payload = _ask(officer, SUBMIT, input=sent)["submitReferral"]
            except (httpx2.HTTPError, OSError, KeyError):  # an answer without data acknowledges nothing
                return
            acknowledged[payload["case"]["reference"]] = name
            if stopped.is_set():
                return


def _the_draft_is_where_it_was(officer: httpx2.Client, one: tuple[str, list[str]]) -> None:
    """At the last step that was acknowledged, or at one after it whose answer was cut off."""
    draft, saves = one
    kept = _ask(officer, operation("ReadDraft"), id=draft)["draft"]
    (name,) = next(one["values"] for one in kept["answers"] if one["key"] == "identity.firstName")
    assert len(saves) >= 5
    assert int(name.rpartition("x")[2]) - len(saves) + 1 in (0, 1)


def _kill(demo: Demo) -> None:
    for process in demo.processes:
        with suppress(ProcessLookupError):  # it ended with the one that was killed before it
            os.kill(process, signal.SIGKILL)


def test_t55_what_was_acknowledged_before_everything_was_killed_is_there(tmp_path: Path) -> None:
    acknowledged: dict[str, str] = {}
    steps: dict[str, list[str]] = {}
    stopped = threading.Event()
    with running_demo(tmp_path / "a demo") as demo:
        writers = [
            threading.Thread(target=_write_until_the_end, args=(_officer(demo), number, acknowledged, stopped))
            for number in range(WRITERS)
        ]
        writers += [threading.Thread(target=_save_until_the_end, args=(_officer(demo), steps, stopped))]
        for writer in writers:
            writer.start()
        deadline = time.monotonic() + 30
        while len(acknowledged) < 40 and time.monotonic() < deadline:
            time.sleep(0.05)
        _kill(demo)
        stopped.set()
        for writer in writers:
            writer.join()
        assert demo.gone()
    assert len(acknowledged) >= 40

    with running_demo(tmp_path / "a demo", port=demo.port) as again, closing(_officer(again)) as officer:
        for reference, name in acknowledged.items():
            case = _ask(officer, READ, reference=reference)["case"]
            assert case["identity"]["firstName"] == name
            assert case["stage"] == "AWAITING_REASONABLE_GROUNDS"
            assert case["clocks"]["next"]["dueOn"] is not None
        _the_draft_is_where_it_was(officer, *steps.items())
