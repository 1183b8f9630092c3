"""The rules say what people typed by hand: every cell, every act, every worked example."""

import pytest

from policies import engine, rule_files
from policies.meanings import MATRIX_COLUMNS, MEANINGS
from policies.vocabulary import AccessLevel, Action, DataGroup, Effect, Function, Relation
from tests.policies.expectations import every_cell, example_surprises, examples, surprises, walls
from tests.policies.letters import BY_APPROVERS, MACHINES, cells, read


@pytest.mark.parametrize("function", Function)
def test_every_cell_is_what_the_matrix_says(function: Function) -> None:
    assert list(surprises(engine.table(), every_cell(function))) == []


def test_every_worked_example_holds_by_the_rule_it_names() -> None:
    assert list(example_surprises(engine.table())) == []


@pytest.mark.parametrize("topic", sorted(path.stem for path in rule_files.FOLDER.glob("*.csv")))
def test_every_topic_has_a_worked_yes_and_a_worked_no(topic: str) -> None:
    verdicts = {row["expect"] for name, row in examples() if name == topic and row["because"]}
    assert verdicts == {"ALLOW", "DENY"}


def test_every_deny_has_a_worked_example() -> None:
    denies = {rule.number for rule in rule_files.read_folder() if rule.effect is Effect.DENY}
    assert denies == {row["rule"] for _, row in examples() if row["expect"] == "DENY"} - {"none"}


def test_every_wall_of_the_matrix_is_a_typed_wall() -> None:
    assert {place for place, letter in cells().items() if letter.is_wall} <= set(walls())


def test_the_matrix_has_a_column_for_every_group() -> None:
    columns = list(next(iter(read("matrix.csv"))))
    assert columns[3:] == [*DataGroup] == [*MATRIX_COLUMNS]


def test_the_matrix_leaves_nobody_out_whom_the_rules_let_in() -> None:
    typed = {(function, relation) for function, relation, _ in cells()}
    seen = {(row.function, row.relation) for row in engine.rows() if row.action is Action.SEE}
    assert seen <= typed


def test_an_administrator_has_no_row_at_all() -> None:
    assert [row for row in engine.rows() if row.access_level is AccessLevel.ADMINISTRATOR] == []


def test_an_approver_has_a_practitioners_rows_and_beyond_them_who_may_know_of_a_record() -> None:
    practitioner, approver = (
        {row[:3] + row[4:] for row in engine.rows() if row.access_level is level}
        for level in (AccessLevel.PRACTITIONER, AccessLevel.APPROVER)
    )
    assert practitioner < approver
    assert {row[4] for row in approver - practitioner} == BY_APPROVERS


def test_only_machines_have_service_rows_and_they_have_no_other() -> None:
    levels = {(row.function in MACHINES, row.access_level is AccessLevel.SERVICE) for row in engine.rows()}
    assert levels == {(True, True), (False, False)}


def test_functions_that_work_on_no_record_have_no_row() -> None:
    without = set(Function) - {row.function for row in engine.rows() if row.relation is not Relation.UNRELATED}
    assert without == {
        Function.OVERSIGHT,
        Function.INFORMATION_GOVERNANCE,
        Function.PLATFORM_OPERATION,
        Function.PLATFORM_WORKER,
    }


def test_every_word_has_a_meaning() -> None:
    for kind, meanings in MEANINGS.items():
        assert list(meanings) == list(kind)
        assert all(text.endswith(".") for text in meanings.values())


def test_own_entry_groups_are_written_by_the_referring_side_alone() -> None:
    """The matrix lets it read its `own entry`; as long as nobody else writes there, that is the whole group."""
    own_entry = {"immigration", "criminal_justice", "health"}
    recording = [row for row in engine.rows() if row.action is Action.RECORD and row.effect is Effect.ALLOW]
    writers = {row.relation for row in recording if row.data_group in own_entry}
    assert writers == {"referrer", "opener", "submitter", "importer"}
