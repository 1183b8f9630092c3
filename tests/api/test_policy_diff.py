"""`python -m api policy diff`: folders, tables and revisions are compared, and a build can use the exit code."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from api import policy_diff
from policies.review.wording import NOTHING_CHANGES
from policies.rule_files import FOLDER
from policies.table import FILE

ROOT = Path(__file__).parents[2]
GIT = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """The rules without the one that lets the support prime read health needs."""
    copy = tmp_path / "edited"
    shutil.copytree(FOLDER, copy)
    support = copy / "support.csv"
    lines = support.read_text(encoding="utf-8").splitlines(keepends=True)
    support.write_text("".join(line for line in lines if not line.endswith(", R504\n")), encoding="utf-8")
    return copy


def test_the_command_says_who_loses_what_and_ends_with_one(edited: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "api", "policy", "diff", str(FOLDER), str(edited)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "Lost\n  - support prime as support intake" in done.stdout
    assert "R504: safe support needs" in done.stdout
    assert "answers change" in done.stdout


def test_rules_that_say_the_same_end_with_nought(capsys: pytest.CaptureFixture[str]) -> None:
    for same in (str(FOLDER), str(FILE)):
        assert policy_diff.run(same, None) == 0
        assert capsys.readouterr().out == f"{NOTHING_CHANGES}\n"


def test_the_other_way_round_what_was_lost_is_gained(edited: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert policy_diff.run(str(edited), None) == 1
    said = capsys.readouterr().out
    assert said.startswith("Gained\n  + support prime as support intake")
    assert "Lost" not in said


@pytest.mark.parametrize("name", ["nowhere", "--output=x", "HEAD:README.md", ""])
def test_what_cannot_be_read_ends_with_two_and_a_sentence(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert policy_diff.run(name, None) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("The rules cannot be compared. ")
    assert "Traceback" not in said.err


def test_a_revision_is_read_from_git_whatever_stands_in_the_folder_now(
    tmp_path: Path, edited: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if shutil.which("git") is None:
        pytest.skip("there is no git here, so there are no revisions")
    repository = tmp_path / "repository"
    shutil.copytree(FOLDER, repository / policy_diff.RULES)
    for step in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "one"], ["tag", "before"]):
        subprocess.run([*GIT, *step], cwd=repository, check=True)
    shutil.rmtree(repository / policy_diff.RULES)
    monkeypatch.setattr(policy_diff, "ROOT", repository)

    assert policy_diff.run("before", str(FOLDER)) == 0
    assert policy_diff.run("before", str(edited)) == 1
    assert "R504" in capsys.readouterr().out
    assert policy_diff.run("no-such-tag", None) == 2
