"""A comparison is empty exactly where everybody gets the same answers, and reads backwards as its own inverse."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policies.review.differences import Comparison, changed_cells, class_sets, compare
from policies.rule_files import FOLDER, Rule, RuleError, read_folder, read_text
from policies.table import Table
from policies.vocabulary import AccessLevel, Action, CaseClass, DataGroup, Effect, Function, Relation

RULES = read_folder()
TODAY = Table(RULES)
FUNCTIONS = (Function.HEALTH, Function.EDUCATION)
RELATIONS = (Relation.OPENER, Relation.COLLEAGUE)
GROUPS = (DataGroup.CORE, DataGroup.IDENTITY)
ACTIONS = (Action.SEE, Action.SUMMARY)
CLASSES = (CaseClass.ALWAYS, CaseClass.CHILD, CaseClass.REFERRED)
LEVEL = AccessLevel.PRACTITIONER

some = st.builds(
    lambda functions, relations, when, groups, actions, effect, wall: {
        "functions": functions,
        "relations": relations,
        "when": frozenset({when}),
        "groups": groups,
        "actions": actions,
        "effect": Effect.DENY if wall else effect,
        "is_wall": wall and when is not CaseClass.ALWAYS,
    },
    *(st.frozensets(st.sampled_from(words), min_size=1) for words in (FUNCTIONS, RELATIONS)),
    st.sampled_from(CLASSES),
    *(st.frozensets(st.sampled_from(words), min_size=1) for words in (GROUPS, ACTIONS)),
    st.sampled_from(Effect),
    st.booleans(),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    parts = draw(st.lists(some, min_size=1, max_size=4))
    rules = [
        Rule(number=f"R{number}", levels=frozenset({LEVEL}), because="a reason", **part)
        for number, part in enumerate(parts, start=101)
    ]
    try:
        return Table(rules)
    except RuleError:
        assume(False)
        raise


def answers(table: Table) -> list[object]:
    """Everything that can be asked of a table, asked one by one."""
    found: list[object] = []
    for function, relation, group in product(FUNCTIONS, RELATIONS, GROUPS):
        found.append(table.tests_hidden_facts(function, relation, LEVEL, group))
        for classes, action in product(class_sets(), ACTIONS):
            answer = table.decide(function, relation, classes, LEVEL, group, action)
            found.append((answer.allowed, answer.rule is not None))
    return found


def inverted(comparison: Comparison) -> Comparison:
    return Comparison(
        tuple(difference.inverse for difference in comparison.differences),
        tuple(replace(telling, told_after=not telling.told_after) for telling in comparison.tellings),
        frozenset((after, before) for before, after in comparison.renumbered),
    )


def in_order(comparison: Comparison) -> Comparison:
    by_cell = sorted(comparison.differences, key=lambda d: (d.cell, d.before, d.after))
    return replace(comparison, differences=tuple(by_cell), tellings=tuple(sorted(comparison.tellings)))


FOR_A_CHILD = "p, health, opener, child, practitioner, core|account, see, allow, a child, R101"
OR_REFERRED = FOR_A_CHILD.replace("child", "referred").replace("core|", "").replace("R101", "R102")


def test_only_the_cells_that_a_change_touches_are_compared() -> None:
    one, other = (Table(read_text(text, "rules.csv")) for text in (FOR_A_CHILD, f"{FOR_A_CHILD}\n{OR_REFERRED}"))
    assert changed_cells(one, other) == {
        (Function.HEALTH, Relation.OPENER, LEVEL, DataGroup.ACCOUNT, Action.SEE),
    }
    assert changed_cells(TODAY, Table(RULES)) == set()


def test_a_rule_that_still_says_what_it_said_was_not_renumbered() -> None:
    """Beside the new rule the old one answers in its own cell as before."""
    one, other = (Table(read_text(text, "rules.csv")) for text in (FOR_A_CHILD, f"{FOR_A_CHILD}\n{OR_REFERRED}"))
    assert [difference.rules_after for difference in compare(one, other).differences] == [frozenset({"R102"})]
    assert compare(one, other).renumbered == frozenset()


@settings(max_examples=60, deadline=None)
@given(tables(), tables())
def test_a_comparison_is_empty_exactly_where_every_answer_is_the_same(one: Table, other: Table) -> None:
    assert compare(one, other).is_empty is (answers(one) == answers(other))


@settings(max_examples=60, deadline=None)
@given(tables(), tables())
def test_a_comparison_read_backwards_is_its_own_inverse(one: Table, other: Table) -> None:
    assert in_order(compare(other, one)) == in_order(inverted(compare(one, other)))


@settings(max_examples=60, deadline=None)
@given(tables(), tables())
def test_what_differs_is_said_for_exactly_the_sets_in_which_it_does(one: Table, other: Table) -> None:
    said = {(difference.cell, classes) for difference in compare(one, other).differences for classes in difference.when}
    cells = product(FUNCTIONS, RELATIONS, (LEVEL,), GROUPS, ACTIONS)
    for (function, relation, level, group, action), classes in product(cells, class_sets()):
        before, after = (table.decide(function, relation, classes, level, group, action) for table in (one, other))
        differs = (before.allowed, before.rule is None) != (after.allowed, after.rule is None)
        assert (((function, relation, level, group, action), classes) in said) is differs


def split(text: str) -> str:
    """R504 as two rules that say the same together."""
    (line,) = (line for line in text.splitlines() if line.endswith(", R504"))
    groups = line.split(", ")[5]
    first, _, rest = groups.partition("|")
    halves = [line.replace(groups, first), line.replace(groups, rest).replace("R504", "R598")]
    return text.replace(line, "\n".join(halves))


NO_OPS: dict[str, Callable[[str], str]] = {
    "reordered": lambda text: "\n".join(reversed(text.splitlines())),
    "commented": lambda text: "# Another note.\n\n" + text.replace("\n", "\n# And one more.\n"),
    "words of a list the other way round": lambda text: text.replace("practitioner|approver", "approver|practitioner"),
    "split in two": split,
    "renumbered": lambda text: re.sub(r", R5(\d\d)$", r", R0\1", text, flags=re.MULTILINE),
}


@pytest.mark.parametrize("edit", NO_OPS)
def test_an_edit_that_changes_nothing_is_an_empty_comparison(edit: str) -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.csv")))
    edited = NO_OPS[edit](text)
    assert edited != text
    found = compare(TODAY, Table(read_text(edited, "edited.csv")))
    assert found.is_empty
    assert bool(found.renumbered) is (edit in {"split in two", "renumbered"})


def test_a_rule_that_is_dropped_is_missed() -> None:
    for rule in RULES[::7]:
        gone = compare(TODAY, Table(other for other in RULES if other is not rule))
        assert rule.number in {number for difference in gone.differences for number in difference.rules_before}


def test_every_record_has_one_age_and_every_set_stands_once() -> None:
    assert len(set(class_sets())) == len(class_sets()) == 2 ** (len(CaseClass) - 2)
    assert all(len(classes & {CaseClass.ADULT, CaseClass.CHILD}) == 1 for classes in class_sets())
