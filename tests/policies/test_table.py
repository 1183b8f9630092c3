"""The compiled table is the committed file, and it says what Casbin says, for every cell and every set of classes."""

import random
from itertools import product
from pathlib import Path

import pytest

from policies import engine
from policies.rule_files import RuleError, read_folder
from policies.table import FILE, HEADER, Table
from policies.vocabulary import CaseClass, Effect, Function
from tests.policies.expectations import every_cell
from tests.policies.letters import class_sets

EVERYWHERE = [cell for function in Function for cell in every_cell(function)]


def test_the_committed_table_is_what_the_rules_compile_to() -> None:
    assert FILE.read_text(encoding="utf-8") == Table(read_folder()).text


def test_the_committed_table_is_sorted_and_names_its_columns() -> None:
    header, *lines = FILE.read_text(encoding="utf-8").splitlines()
    assert header == ",".join(HEADER)
    assert [tuple(line.split(",")) for line in lines] == sorted(tuple(line.split(",")) for line in lines)
    assert len(lines) == len(list(engine.rows())) > 1000


@pytest.mark.timeout(600)  # every cell of a function, by two engines
@pytest.mark.parametrize("function", Function)
def test_t73_table_and_casbin_agree_on_every_cell_that_a_rule_names(function: Function) -> None:
    """Each relation's rows in an engine of their own: the model compares function and relation with `==`, and among all
    rows at once a quarter of a million questions take minutes."""
    table = engine.table()
    for relation in {row.relation for row in table.rows if row.function is function}:
        rows = [row for row in engine.rows() if (row.function, row.relation) == (function, relation)]
        casbin, spoken = engine.Casbin(rows), {row.cell for row in rows}
        for cell in every_cell(function, [relation]):
            for classes in class_sets() if cell in spoken else (frozenset(CaseClass),):
                answer = table.decide(function, relation, classes, *cell[2:])
                assert casbin.enforce(function, relation, classes, *cell[2:]) is answer.allowed, (cell, classes, answer)


@pytest.mark.parametrize("many", [3_000, pytest.param(1_000_000, marks=pytest.mark.soak)])
def test_t73_table_and_casbin_with_all_rows_agree(many: int) -> None:
    """Questions of every kind, most of which no rule answers, to Casbin as a start asks it."""
    dice = random.Random(many)  # noqa: S311 - the same questions at every run
    table, casbin = engine.table(), engine.Casbin(engine.rows())
    for cell in dice.sample(EVERYWHERE, min(many, len(EVERYWHERE))):
        function, relation, classes = cell[0], cell[1], dice.choice(class_sets())
        allowed = table.decide(function, relation, classes, *cell[2:]).allowed
        assert casbin.enforce(function, relation, classes, *cell[2:]) is allowed, (cell, classes)


def test_the_rows_alone_give_the_same_answers_when_postgresql_asks_them() -> None:
    """`bool_or(allow) and not bool_or(deny)` over the rows of the cell whose class the record has."""
    table = engine.table()
    for row, classes in product(table.rows, class_sets()):
        hits = [other.effect for other in table.rows_of(row.cell) if other.case_class in classes]
        verdict = Effect.ALLOW in hits and Effect.DENY not in hits
        assert table.decide(row.function, row.relation, classes, *row.cell[2:]).allowed is verdict


def test_a_set_of_classes_without_always_is_no_record_and_gets_nothing() -> None:
    table = engine.table()
    for row in table.rows:
        for classes in (frozenset[CaseClass](), frozenset(CaseClass) - {CaseClass.ALWAYS}):
            assert not table.decide(row.function, row.relation, classes, *row.cell[2:]).allowed


def test_the_version_changes_with_the_rows_and_only_with_them() -> None:
    rules = read_folder()
    assert Table(rules).version == engine.version() == Table(reversed(rules)).version
    assert Table(rules[1:]).version != engine.version()
    assert len(engine.version()) == 16


def test_the_server_refuses_a_table_that_nobody_reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stale = tmp_path / "table.csv"
    stale.write_text(FILE.read_text(encoding="utf-8").replace("allow", "deny", 1), encoding="utf-8")
    monkeypatch.setattr(engine, "FILE", stale)
    with pytest.raises(RuleError, match="python -m policies"):
        engine.table.__wrapped__()
