"""Cedar gives the same answers about every question of the rules."""

from collections.abc import Iterator
from itertools import product

import pytest

from policies import engine
from policies.review.differences import class_sets
from policies.vocabulary import AccessLevel, CaseClass, Function, Relation
from tests.policies.cedar import Question
from tests.policies.test_cedar import cells, differences

AT_ONCE = 50_000


def grid(function: Function) -> Iterator[Question]:
    """Every question about one function; where no rule stands, of a record of which everything or nothing is true."""
    stands = {(row.relation, row.access_level) for row in engine.rows() if row.function is function}
    extremes = (frozenset(CaseClass), frozenset({CaseClass.ALWAYS}))
    for place in product(Relation, AccessLevel):
        for classes, (group, action) in product(class_sets() if place in stands else extremes, cells()):
            yield Question(function, place[0], classes, place[1], group, action)


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
