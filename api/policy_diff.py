"""`python -m api policy diff OLD NEW`: what a change of the rules changes, for a reviewer and for a build."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import typer

from policies.review import wording
from policies.review.differences import compare
from policies.review.population import effect
from policies.review.rule_sets import RuleSet, of_folder, of_table
from policies.rule_files import FOLDER, RuleError

SAME, DIFFERENT, UNREADABLE = 0, 1, 2
ROOT: Final = Path(__file__).parents[1]
RULES: Final = FOLDER.relative_to(ROOT).as_posix()


def run(old: str, new: str | None) -> int:
    """Print what differs between two sets of rules; the exit code says whether anything does."""
    try:
        before, after = read(old), read(new) if new else of_folder(FOLDER)
    except RuleError as problem:
        typer.echo(f"The rules cannot be compared. {problem}", err=True)
        return UNREADABLE
    with_walls = before.has_walls and after.has_walls
    comparison = compare(before.table, after.table, with_walls=with_walls)
    for line in wording.lines(comparison, before, after):
        typer.echo(line)
    if comparison.is_empty:
        return SAME
    for line in wording.population(effect(before.table, after.table, with_walls=with_walls)):
        typer.echo(line)
    return DIFFERENT


def read(name: str) -> RuleSet:
    """A folder of rule files, a compiled table, or a revision of this repository."""
    path = Path(name)
    if path.is_dir():
        return of_folder(path)
    if path.is_file():
        return of_table(path.read_text(encoding="utf-8"), path.name)
    return _of_revision(name)


def _of_revision(name: str) -> RuleSet:
    listed = _git("ls-tree", "--name-only", "--end-of-options", name, f"{RULES}/")
    files = (listed or "").splitlines()
    if not files:
        raise RuleError(f"{name!r} is no folder of rules, no compiled table, and no revision of this repository")
    with TemporaryDirectory() as folder:
        for file in files:
            text = _git("show", "--end-of-options", f"{name}:{file}") or ""
            (Path(folder) / Path(file).name).write_text(text, encoding="utf-8")
        try:
            return of_folder(Path(folder))
        except RuleError as problem:
            raise RuleError(f"at {name}: {problem} (read with the vocabulary of today)") from None


def _git(*arguments: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, and no shell
            ["git", *arguments],  # noqa: S607 - wherever the reviewer's git is
            cwd=ROOT,
            capture_output=True,
            check=False,
            text=True,
        )
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None
