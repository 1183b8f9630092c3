"""What the page for agencies' systems tells newcomers to run works as it stands there, against a running demo."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.world.demo import ROOT, Demo, running_demo

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

PAGE = (ROOT / "docs" / "machine-clients.md").read_text(encoding="utf-8")
(COMMAND,) = re.findall(r"```sh\n(.+)\n```", PAGE)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Demo, Path]]:
    """A running demo, and its folder."""
    folder = tmp_path_factory.mktemp("a demo") / "demo"
    with running_demo(folder) as started:
        yield started, folder


def run(folder: Path, command: str = COMMAND) -> tuple[int, list[dict[str, Any]], str]:
    """What the command of the page says; only the place of the demo is not the one of `make demo`."""
    done = subprocess.run(
        ["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "CONCORDAT_DEMO": str(folder)},
    )  # fmt: skip
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_the_pages_command_sends_messages_as_the_page_says(demo: tuple[Demo, Path]) -> None:
    _, folder = demo
    code, (good, bad, end), _ = run(folder)
    assert (code, good["outcome"], bad["outcome"]) == (1, "imported", "refused")
    assert [problem["path"] for problem in bad["problems"]] == ["Customer.DOB"]
    assert end == {"end": "complete", "counts": {"imported": 1, "already_imported": 0, "refused": 1}}

    _, (again, *_), _ = run(folder)
    assert (again["outcome"], again["reference"]) == ("already_imported", good["reference"])


def test_another_agencys_message_is_refused_to_this_agencys_system(demo: tuple[Demo, Path]) -> None:
    _, folder = demo
    _, (refused, _), _ = run(folder, COMMAND.replace("supplier/*.json", "messages/child.json"))

    assert refused["outcome"] == "refused"


def test_without_a_demo_it_says_what_to_do(tmp_path: Path) -> None:
    code, lines, said = run(tmp_path)

    assert (code, lines) == (1, [])
    assert "start it with `make demo`" in said
