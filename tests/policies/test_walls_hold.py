"""A wall stands before everybody: whatever is allowed beside it is refused by name, at every access level."""

from pathlib import Path

import pytest

from policies.rule_files import FOLDER, Rule, RuleError, read_rules, read_text
from policies.table import Table
from policies.vocabulary import AccessLevel

WALLS = [rule for rule in read_rules() if rule.holds_always]


def beside(wall: Rule, level: AccessLevel, function: str) -> Rule:
    """A rule that lets somebody do one of the things that the wall forbids."""
    words = (min(wall.relations), "always", level, min(wall.groups), min(wall.actions))
    (rule,) = read_text(f"p, {function}, {', '.join(words)}, allow, somebody asked for it, R999", "beside.csv")
    return rule


@pytest.mark.parametrize("level", AccessLevel)
@pytest.mark.parametrize("wall", WALLS, ids=lambda wall: wall.number)
def test_a_rule_that_allows_what_a_wall_forbids_is_refused_at_every_level(wall: Rule, level: AccessLevel) -> None:
    for function in wall.functions:
        with pytest.raises(RuleError, match=f"R999 allows {function}/.*, which {wall.number} (always denies|forbids)"):
            Table([wall, beside(wall, level, function)])


def test_every_deny_that_is_a_wall_was_asked_about() -> None:
    text = (FOLDER / "walls.csv").read_text(encoding="utf-8")
    assert [wall.number for wall in WALLS] == [line.split()[-1] for line in text.splitlines() if line.startswith("p,")]


@pytest.mark.parametrize(
    "row",
    [
        "home_office_operations, own_case, always, service, account, see",
        "home_office_operations, own_case, always, administrator, support_plan, summary",
        "investigating_police, investigating_police, always, service, contact|identity, see",
        "duty_to_notify_recording, recorder, child, service, identity, see",
    ],
)
def test_no_rule_beside_those_of_the_platform_gets_through(row: str) -> None:
    Table(read_rules())
    with pytest.raises(RuleError, match="R999 allows"):
        Table([*read_rules(), *read_text(f"p, {row}, allow, somebody asked for it, R999", "beside.csv")])


@pytest.mark.parametrize("levels", ["practitioner|approver|service", "practitioner"])
@pytest.mark.parametrize("number", ["R801", "R802"])
def test_a_wall_that_names_only_some_levels_stops_the_start(tmp_path: Path, number: str, levels: str) -> None:
    lines = (FOLDER / "walls.csv").read_text(encoding="utf-8").splitlines()
    (wall,) = (line.split(", ") for line in lines if line.endswith(number))
    read_rules(written(tmp_path, wall))
    with pytest.raises(RuleError, match=f"{number} is a wall and must stand before everybody: write `any`"):
        read_rules(written(tmp_path, [*wall[:4], levels, *wall[5:]]))


def written(folder: Path, fields: list[str]) -> Path:
    """A folder with one rule."""
    (folder / "walls.csv").write_text(", ".join(fields), encoding="utf-8")
    return folder
