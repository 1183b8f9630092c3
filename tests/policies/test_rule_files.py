"""T73: a doubtful line of a rule file stops the start, and the message says where and what to do."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from policies.rule_files import RuleError, read_folder, read_text
from policies.table import Decision, Table
from policies.vocabulary import AccessLevel, CaseClass, Effect, Function, Relation

GOOD = "p, decision_maker, decision_maker, always, practitioner, account, see, allow, it decides, R101"


def table_of(*lines: str) -> Table:
    return Table(read_text("\n".join(lines), "test.csv"))


def ask(table: Table, classes: frozenset[CaseClass]) -> Decision:
    """What the table says of its first cell."""
    function, relation, level, group, action = table.rows[0].cell
    return table.decide(function, relation, classes, level, group, action)


def test_a_good_line_is_read_with_its_lists() -> None:
    (rule,) = read_text(GOOD.replace("practitioner", "practitioner|approver"), "test.csv")
    assert rule.levels == {AccessLevel.PRACTITIONER, AccessLevel.APPROVER}
    assert (rule.number, rule.because, rule.is_wall) == ("R101", "it decides", False)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("allow", "Allow", "'Allow' is no Effect"),
        ("allow", "alow", "'alow' is no Effect"),
        ("p, decision_maker,", "p, decision_makers,", "'decision_makers' is no Function"),
        ("p, decision_maker,", "p, .*,", r"'\.\*' is no Function"),
        (" decision_maker, always", " owner, always", "'owner' is no Relation"),
        ("always", "sometimes", "'sometimes' is no CaseClass"),
        ("always", "any except decided", "only a deny may say"),
        ("always", "always|child", "stands alone"),
        ("practitioner", "any", "'any' is no AccessLevel"),
        ("account", "*", r"'\*' is no DataGroup"),
        ("account", "account|account", "names a word twice"),
        ("account", "account|", "'' is no DataGroup"),
        ("see", "read", "'read' is no Action"),
        ("see", "case.open", "concerns the whole record"),
        ("see", "see|case.open", "concerns the whole record"),
        ("decision_maker, always", "unrelated, always", "reaches no content"),
        ("always", "", "a field is empty"),
        ("it decides", " ", "a field is empty"),
        ("it decides", "it decides, and alone", "found 11"),
        ("R101", "101", "looks like R101"),
        ("it decides, R101", "R101, it decides", "looks like R101"),
        ("p, ", "g, ", "a rule is `p` and 9 fields"),
    ],
)
def test_t73_a_doubtful_line_is_refused_with_its_place(old: str, new: str, complaint: str) -> None:
    assert old in GOOD
    with pytest.raises(RuleError, match=f"test.csv line 2: .*{complaint}"):
        list(read_text("# a note\n" + GOOD.replace(old, new, 1), "test.csv"))


def test_t73_no_rule_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no rule was found"):
        read_folder(tmp_path)
    (tmp_path / "empty.csv").write_text("# nothing but a note\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"empty\.csv holds no rule"):
        read_folder(tmp_path)


def test_a_number_is_used_once_across_all_files(tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(RuleError, match=r"two\.csv: R101 is used twice"):
        read_folder(tmp_path)


def test_any_and_any_except_become_plain_words() -> None:
    (rule,) = read_text(GOOD.replace("decision_maker, decision_maker", "any except health|education, any"), "test.csv")
    assert rule.functions == set(Function) - {Function.HEALTH, Function.EDUCATION}
    assert rule.relations == set(Relation) - {Relation.UNRELATED}


def test_two_rules_may_not_say_the_same() -> None:
    again = GOOD.replace("R101", "R102")
    with pytest.raises(RuleError, match="R101 and R102 say the same"):
        table_of(GOOD, again)
    with pytest.raises(RuleError, match="R101 and R102 say the same"):
        table_of(GOOD, again.replace("always", "child"))
    with pytest.raises(RuleError, match="R101 and R102 say the same"):
        table_of(GOOD.replace("always", "child"), again.replace("always", "child"))
    assert len(table_of(GOOD.replace("always", "adult"), again.replace("always", "child")).rows) == 2


def test_a_deny_beats_an_allow_of_the_same_cell() -> None:
    table = table_of(GOOD, GOOD.replace("always", "child").replace("allow", "deny").replace("R101", "R102"))
    adult, child = ({CaseClass.ALWAYS, CaseClass.ADULT}, {CaseClass.ALWAYS, CaseClass.CHILD})
    assert ask(table, frozenset(adult)) == Decision(True, "R101", "it decides")
    assert ask(table, frozenset(child)) == Decision(False, "R102", "it decides")


WALL = GOOD.replace("always", "any except decided").replace("allow", "deny").replace("R101", "R801")


def test_a_wall_refuses_every_rule_that_reaches_through_it() -> None:
    with pytest.raises(RuleError, match=r"R101 allows .* when always, which R801 forbids except when decided"):
        table_of(GOOD, WALL)


def test_a_wall_lets_its_exception_pass_and_explains_the_rest() -> None:
    table = table_of(GOOD.replace("always", "decided"), WALL)
    before = frozenset({CaseClass.ALWAYS, CaseClass.REFERRED})
    assert ask(table, before) == Decision(False, "R801", "it decides")
    assert ask(table, before | {CaseClass.DECIDED}) == Decision(True, "R101", "it decides")
    assert [row.rule for row in table.rows] == ["R101"]  # a wall is proven when the rules load and needs no row


def test_an_allow_that_is_always_denied_is_refused() -> None:
    with pytest.raises(RuleError, match=r"R101 allows .*, which R102 always denies"):
        table_of(GOOD, GOOD.replace("allow", "deny").replace("R101", "R102"))


def test_two_walls_may_not_stand_on_the_same_place() -> None:
    with pytest.raises(RuleError, match="R801 and R802 both wall"):
        table_of(GOOD.replace("always", "decided"), WALL, WALL.replace("R801", "R802").replace("decided", "child"))


def test_a_wall_and_a_deny_may_not_forbid_the_same() -> None:
    deny = GOOD.replace("allow", "deny").replace("R101", "R102")
    with pytest.raises(RuleError, match=r"R102 and R801 both forbid decision_maker/decision_maker/.*leave it to one"):
        table_of(GOOD.replace("account", "core"), deny, WALL)
    assert len(table_of(GOOD.replace("account", "core"), deny.replace("always", "child"), WALL).rows) > 1


def test_two_tables_say_the_same_of_a_cell_whose_rows_and_whose_wall_are_the_same() -> None:
    core, child = GOOD.replace("account", "core").replace("R101", "R103"), GOOD.replace("always", "child")
    deny = child.replace("allow", "deny").replace("R101", "R102")
    open_, shut, walled = table_of(core, GOOD), table_of(core, GOOD, deny), table_of(core, WALL)
    cell = open_.rows[0].cell
    assert [table.says_the_same(table, cell) for table in (open_, shut, walled)] == [True, True, True]
    assert open_.says_the_same(shut, cell) is False
    assert table_of(core).says_the_same(walled, cell) is False


def test_a_wall_stands_only_before_those_who_can_stand_in_a_record() -> None:
    everywhere = WALL.replace("decision_maker, decision_maker", "any, any")
    table = table_of(GOOD.replace("account", "core"), everywhere)
    assert table.walled == {table_of(GOOD).rows[0].cell}
    assert table_of(GOOD).walled == frozenset()


EXCEPT = "p, any, any except opener, always, practitioner, account, see, deny, a reason, R801"


def test_any_except_becomes_a_plain_deny_for_everybody_else_who_can_stand_in_a_record() -> None:
    others = (GOOD.replace("account", "core"), GOOD.replace("decision_maker, decision_maker", "health, opener"))
    assert [(row.function, row.relation, row.effect) for row in table_of(*_numbered(others), EXCEPT).rows] == [
        (Function.DECISION_MAKER, Relation.DECISION_MAKER, Effect.DENY),
        (Function.DECISION_MAKER, Relation.DECISION_MAKER, Effect.ALLOW),
        (Function.HEALTH, Relation.OPENER, Effect.ALLOW),
    ]


def test_whoever_is_let_in_later_meets_the_deny_that_stood_before() -> None:
    with pytest.raises(RuleError, match=r"R102 allows education/school/.*, which R801 always denies"):
        table_of(
            *_numbered(
                (GOOD.replace("account", "core"), GOOD.replace("decision_maker, decision_maker", "education, school"))
            ),
            EXCEPT,
        )


def _numbered(lines: Iterable[str]) -> list[str]:
    return [line.replace("R101", f"R{number}") for number, line in enumerate(lines, start=101)]
