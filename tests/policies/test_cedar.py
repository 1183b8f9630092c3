"""Cedar, an engine that nobody here wrote, reads the rule files by itself and gives the same answers."""

from itertools import product
from pathlib import Path
from random import Random

import pytest

from policies import engine
from policies.review.differences import class_sets
from policies.rule_files import FOLDER
from policies.vocabulary import (
    ACT_GROUP,
    CONTENT_ACTIONS,
    AccessLevel,
    Action,
    DataGroup,
    Function,
    Relation,
)
from tests.policies.cedar import Question, answers

SAMPLE = 600  # questions for each function; the whole grid is asked in the long tests


def cells() -> list[tuple[DataGroup, Action]]:
    """Content on every group, acts on the record as a whole."""
    return [
        *product(DataGroup, sorted(CONTENT_ACTIONS)),
        *((ACT_GROUP, action) for action in Action if action not in CONTENT_ACTIONS),
    ]


def differences(questions: list[Question], folder: Path = FOLDER) -> list[Question]:
    """Where Cedar and the engine disagree."""
    decided = (engine.table().decide(*question).allowed for question in questions)
    pairs = zip(questions, answers(folder, questions), decided, strict=True)
    return [question for question, cedar, ours in pairs if cedar is not ours]


def sample(function: Function) -> list[Question]:
    """Some questions about one function, half of them where a rule speaks; the same every time."""
    dice = Random(function)  # noqa: S311 - a choice of questions, no secret
    spoken = [row for row in engine.rows() if row.function is function]
    found = [
        Question(function, row.relation, dice.choice(class_sets()), row.access_level, row.data_group, row.action)
        for row in (dice.choices(spoken, k=SAMPLE // 2) if spoken else ())
    ]
    for _ in range(SAMPLE - len(found)):
        group, action = dice.choice(cells())
        relation, level = dice.choice([*Relation]), dice.choice([*AccessLevel])
        found.append(Question(function, relation, dice.choice(class_sets()), level, group, action))
    return found


@pytest.mark.parametrize("function", Function)
def test_cedar_agrees_about_a_sample(function: Function) -> None:
    assert differences(sample(function)) == []


def test_cedar_gives_both_answers() -> None:
    questions = sample(Function.INVESTIGATING_POLICE)
    assert {*answers(FOLDER, questions)} == {True, False}


@pytest.mark.parametrize(
    ("old", "new"),
    [("practitioner|approver", "practitioner"), (", deny, ", ", allow, "), (", child, ", ", adult, ")],
)
def test_rules_that_cedar_reads_otherwise_are_noticed(tmp_path: Path, old: str, new: str) -> None:
    changed = 0
    for path in FOLDER.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        changed += text.count(old)
        (tmp_path / path.name).write_text(text.replace(old, new), encoding="utf-8")
    assert changed
    asked = sorted({row.function for row in engine.rows()})
    assert any(differences(sample(function), tmp_path) for function in asked)
