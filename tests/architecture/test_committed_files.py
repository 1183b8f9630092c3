"""What is committed works on any machine: no path of one, no host that packages came from."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

HOSTS = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "deb.debian" + ".org", "archive.ubuntu" + ".com")
MACHINE = re.compile(r"(?<![\w.:/])/(?:work|home|root|Users)/\w")  # in a container and in prose there are other paths


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this copy of the files is not under version control")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in committed():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in pattern.finditer(text)]
    return found


def test_no_committed_file_names_a_package_registry() -> None:
    assert lines_with(re.compile("|".join(map(re.escape, HOSTS)))) == []


def test_no_committed_file_names_a_path_of_one_machine() -> None:
    assert lines_with(MACHINE) == []
