"""The rules say what people typed by hand: every cell, every act, every worked example."""

import pytest

from policies import engine, rule_files
from policies.meanings import MATRIX_COLUMNS, MEANINGS
from policies.vocabulary import CONTENT_ACTIONS, AccessLevel, Action, CaseClass, DataGroup, Effect, Function, Relation
from tests.policies.expectations import every_cell, example_surprises, examples, spoken_of, surprises, walls
from tests.policies.letters import BY_APPROVERS, ELSEWHERE, LETTERS, MACHINES, cells, parts_of, read, texts, typed

RULES = rule_files.read_folder()


@pytest.mark.parametrize("function", Function)
def test_every_cell_is_what_the_matrix_says(function: Function) -> None:
    assert list(surprises(engine.table(), every_cell(function, spoken_of(function, engine.table())))) == []


def test_every_worked_example_holds_by_the_rule_it_names() -> None:
    assert list(example_surprises(engine.table())) == []


@pytest.mark.parametrize("topic", sorted(path.stem for path in rule_files.FOLDER.glob("*.csv")))
def test_every_topic_has_a_worked_yes_and_a_worked_no(topic: str) -> None:
    verdicts = {row["expect"] for name, row in examples() if name == topic and row["because"]}
    assert verdicts == {"ALLOW", "DENY"}


def test_every_deny_has_a_worked_example() -> None:
    denies = {rule.number for rule in RULES if rule.effect is Effect.DENY}
    assert denies == {row["rule"] for _, row in examples() if row["expect"] == "DENY"} - {"none"}


def test_beside_every_deny_stands_somebody_who_may() -> None:
    """The same group and action, by another function, relation or class: what the deny leaves open."""
    open_cells = {(row["group"], row["action"]) for _, row in examples() if row["expect"] == "ALLOW"}
    for rule in (rule for rule in RULES if rule.effect is Effect.DENY):
        shown = {(row["group"], row["action"]) for _, row in examples() if row["rule"] == rule.number}
        assert shown & open_cells, f"{rule.number} has no worked yes beside its no"


@pytest.mark.parametrize("case_class", CaseClass)
def test_every_case_class_has_a_worked_yes_and_a_worked_no(case_class: CaseClass) -> None:
    verdicts = {row["expect"] for _, row in examples() if case_class in row["classes"].split("|")}
    assert verdicts == {"ALLOW", "DENY"}


@pytest.mark.parametrize("case_class", sorted({word for rule in RULES for word in rule.when} - {CaseClass.ALWAYS}))
def test_every_case_class_that_opens_something_has_a_worked_no_without_it(case_class: CaseClass) -> None:
    """An ALLOW by a rule that tests the class, and a DENY of the same cell on a record that does not have it."""
    tested = {rule.number for rule in RULES if case_class in rule.when}
    with_it, without = set(), set()
    for _, row in examples():
        cell = (row["function"], row["relation"], row["group"], row["action"])
        if row["expect"] == "ALLOW" and row["rule"] in tested:
            with_it.add(cell)
        elif row["expect"] == "DENY" and case_class not in row["classes"].split("|"):
            without.add(cell)
    assert with_it & without


def test_a_letter_that_another_relation_keeps_is_kept_there() -> None:
    """`R if attended` says nothing about the relation it stands beside, and everything about the one it names."""
    proposed = dict(typed())
    for function, relation, group, text in texts():
        for letter, qualifier in parts_of(text):
            if qualifier in ELSEWHERE:
                place = (function, ELSEWHERE[qualifier], group)
                assert LETTERS[letter] <= proposed[place].grants.keys(), f"{relation}/{group}: {text} is kept by nobody"
                assert cells()[place].grants, f"{relation}/{group}: a departure takes {text} away altogether"


def test_every_wall_of_the_matrix_is_a_typed_wall() -> None:
    whole = {(*place, action) for place, letter in cells().items() if letter.is_wall for action in CONTENT_ACTIONS}
    assert whole <= set(walls())


def test_the_matrix_has_a_column_for_every_group() -> None:
    columns = list(next(iter(read("matrix.csv"))))
    assert columns[3:] == [*DataGroup] == [*MATRIX_COLUMNS]


def test_the_matrix_leaves_nobody_out_whom_the_rules_let_in() -> None:
    typed = {(function, relation) for function, relation, _ in cells()}
    seen = {(row.function, row.relation) for row in engine.rows() if row.action is Action.SEE}
    assert seen <= typed


def test_no_share_gives_a_function_what_the_matrix_never_gives_it() -> None:
    """Whole or in summary, for a record of one's own; what somebody wrote in a first concern is no measure."""
    others = {Relation.RECIPIENT, Relation.REQUESTED, Relation.OPENER, Relation.COLLEAGUE}
    given = {(place[0], place[2]) for place, letter in cells().items() if letter.grants and place[1] not in others}
    shared = {
        (place[0], place[2]) for place, letter in cells().items() if letter.grants and place[1] is Relation.RECIPIENT
    }
    assert shared - given == set()
    assert len(shared) > 100


def test_an_emergency_opens_a_place_and_never_minutes_or_why_somebody_was_believed() -> None:
    opened = {row.data_group for row in engine.rows() if row.relation == "emergency" and row.effect is Effect.ALLOW}
    assert opened == {DataGroup.CORE, DataGroup.ACCOMMODATION, DataGroup.SAFE_ADDRESS}


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
