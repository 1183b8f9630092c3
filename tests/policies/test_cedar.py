"""Cedar, an engine that nobody here wrote, reads the rule files by itself and gives the same answers."""

from collections.abc import Iterator
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
    CaseClass,
    DataGroup,
    Function,
    Relation,
)
from tests.policies.cedar import Question, answers

AT_ONCE = 50_000
SAMPLE = 600  # questions for each function; the whole grid is asked in the long tests


def cells() -> list[tuple[DataGroup, Action]]:
    """Content on every group, acts on the record as a whole."""
    return [
        *product(DataGroup, sorted(CONTENT_ACTIONS)),
        *((ACT_GROUP, action) for action in Action if action not in CONTENT_ACTIONS),
    ]


def grid(function: Function) -> Iterator[Question]:
    """Every question about one function; where no rule stands, of a record of which everything or nothing is true."""
    stands = {(row.relation, row.access_level) for row in engine.rows() if row.function is function}
    extremes = (frozenset(CaseClass), frozenset({CaseClass.ALWAYS}))
    for place in product(Relation, AccessLevel):
        for classes, (group, action) in product(class_sets() if place in stands else extremes, cells()):
            yield Question(function, place[0], classes, place[1], group, action)


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


@pytest.mark.soak
def test_cedar_agrees_about_the_whole_grid(capsys: pytest.CaptureFixture[str]) -> None:
    asked = 0
    for function in Function:
        batch: list[Question] = []
        for question in grid(function):
            batch.append(question)
            if len(batch) == AT_ONCE:
                assert differences(batch) == []
                asked, batch = asked + len(batch), []
        assert not batch or differences(batch) == []
        asked += len(batch)
    with capsys.disabled():
        print(f"\nCedar and the engine agree about {asked:,} questions.")
    assert asked > 500_000
