"""No mistake in the Python of the rules goes unnoticed: each file with one thing wrong at a time, by its own tests.

A mutant that says the same in other words stands in `same_in_effect.csv`, with the reason why nothing could notice it.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
KEPT: Final = "test_engine.py::test_nothing_that_the_rules_hand_out_can_be_changed_afterwards"
JUDGED: Final = {  # by the tests that are about it, the quick ones first
    "actor": ("test_engine.py",),
    "engine": ("test_engine.py", "test_permit.py", "test_past.py", "test_table.py", "test_explanation.py"),
    "explanation": ("test_explanation.py", "test_past.py", "test_engine.py"),
    "past": ("test_past.py", "test_engine.py"),
    "permit": ("test_permit.py", "test_engine.py"),
    "review/conditions": ("review",),
    "review/differences": (KEPT, "review"),
    "review/population": (KEPT, "review/test_whole_change.py", "review/test_wording.py"),
    "review/rule_sets": (KEPT, "review"),
    "review/wording": (KEPT, "review/test_whole_change.py", "review/test_wording.py"),
    "rule_files": ("test_rule_files.py", "test_command.py", "test_engine.py"),
    "sight": ("test_permit.py", "test_explanation.py"),
    "table": ("test_rule_files.py", "test_engine.py", "test_permit.py", "test_explanation.py", "test_table.py"),
}
WORDS_AND_DOORS: Final = {"__init__", "__main__", "meanings", "vocabulary", "review/__init__"}  # they decide nothing
Survivor = tuple[str, str]  # the line, and what is wrong with it


@cache
def same_in_effect() -> dict[tuple[str, str, str], str]:
    """What was read by somebody, with their reason, by file, line and mistake."""
    with Path(__file__).with_name("same_in_effect.csv").open(encoding="utf-8", newline="") as file:
        return {(row["file"], row["line"], row["mistake"]): row["because"] for row in csv.DictReader(file)}


def survivors(name: str, tests: Sequence[str]) -> tuple[list[Survivor], int]:
    """The mutants that all these tests pass with, and how many there are at all."""
    named = [f"tests/policies/{test}" for test in tests]
    command = [sys.executable, "-m", "tests.soak.mutation_runs", f"policies/{name}.py", *named]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    *found, count = map(json.loads, done.stdout.splitlines())
    return [(line, mistake) for line, mistake in found], count


@pytest.mark.soak
@pytest.mark.parametrize("name", JUDGED)
def test_t73_no_mistake_in_a_file_goes_unnoticed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    found, count = survivors(name, JUDGED[name])
    with capsys.disabled():
        print(f"\npolicies/{name}.py: {count} mistakes, {len(found)} of them the same in effect.")
    assert set(found) == {(line, mistake) for file, line, mistake in same_in_effect() if file == name}


def test_every_file_of_the_rules_is_judged_or_decides_nothing() -> None:
    policies = ROOT / "policies"
    files = {path.relative_to(policies).with_suffix("").as_posix() for path in policies.rglob("*.py")}
    assert files == {*JUDGED, *WORDS_AND_DOORS}
    assert not set(JUDGED) & WORDS_AND_DOORS


def test_what_is_the_same_in_effect_stands_in_the_file_and_has_a_reason() -> None:
    for (name, line, _), because in same_in_effect().items():
        text = (ROOT / "policies" / f"{name}.py").read_text(encoding="utf-8")
        assert line in map(str.strip, text.splitlines()), (name, line)
        assert len(because) > 20
