"""T73: a rule that is flipped, dropped, widened or narrowed does not go unnoticed by what people typed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from policies import engine
from policies.rule_files import Rule, RuleError, read_folder
from policies.table import Table
from policies.vocabulary import AccessLevel, Action, CaseClass, DataGroup, Effect, Function, Relation
from tests.policies.expectations import example_surprises, surprises
from tests.policies.letters import class_sets

RULES = {rule.number: rule for rule in read_folder()}
PLACES = ("functions", "relations", "levels")
WORDS = (*PLACES, "groups", "actions")
WORKING = frozenset({AccessLevel.PRACTITIONER, AccessLevel.APPROVER})


def mutants_of(rule: Rule) -> Iterator[tuple[str, Rule | None]]:
    """The same rule with one thing wrong; None is the rule dropped."""
    yield "dropped", None
    opposite = Effect.ALLOW if rule.effect is Effect.DENY else Effect.DENY
    yield "flipped", replace(rule, effect=opposite, is_wall=False)
    if not rule.is_wall:
        yield from ((f"when {word}", replace(rule, when=frozenset({word}))) for word in set(CaseClass) - rule.when)
        yield from (
            (f"for {word}", replace(rule, functions=rule.functions | {word})) for word in set(Function) - rule.functions
        )
    for name, words in (("relations", Relation), ("functions", Function), ("actions", Action), ("groups", DataGroup)):
        held = getattr(rule, name)
        if len(held) > 1:
            yield from ((f"without {word}", replace(rule, **{name: held - {word}})) for word in words if word in held)
    if rule.levels >= WORKING:
        yield "practitioners only", replace(rule, levels=frozenset({AccessLevel.PRACTITIONER}))


def more_mutants_of(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """Every word that there is put into every list of the rule, and every other set of levels."""
    for name, words in (("relations", Relation), ("actions", Action), ("groups", DataGroup)):
        held = getattr(rule, name)
        yield from (
            (f"{name} and {word}", replace(rule, **{name: held | {word}})) for word in words if word not in held
        )
    for size in range(1, len(AccessLevel) + 1):
        for levels in map(frozenset, combinations(AccessLevel, size)):
            if levels != rule.levels:
                yield f"levels {sorted(levels)}", replace(rule, levels=levels)
    for word in CaseClass:
        when = rule.when ^ {word}
        if any(
            bool(when & classes) is not bool(rule.when & classes) for classes in class_sets()
        ):  # who is decided on was referred
            yield f"when changed by {word}", replace(rule, when=when)


def is_noticed(mutant: Rule | None, number: str) -> bool:
    """Whether loading fails, or a cell or an example that the change touches is no longer what people typed.

    A deny that is changed only where nobody can stand compiles to the same table: that is no wrong rule.
    """
    touched = [rule for rule in (RULES[number], mutant) if rule]
    others = [part for rule in RULES.values() if rule.number != number and (part := part_of(rule, touched))]
    before = Table([*others, RULES[number]])
    try:
        table = Table([*others, mutant] if mutant else others)
    except RuleError:
        return True
    changed = {row.cell for row in set(table.rows) ^ set(before.rows)} | before.walled ^ table.walled
    return not changed or any(surprises(table, changed)) or any(example_surprises(table, changed))


def part_of(rule: Rule, touched: Sequence[Rule]) -> Rule | None:
    """What a rule says of the cells that others touch, and that somebody stands there at all. None: nothing."""
    words = {name: _either(name, touched) & getattr(rule, name) for name in WORDS}
    if not all(words[name] for name in PLACES):
        return None
    if not words["groups"] or not words["actions"]:
        if rule.effect is Effect.DENY:
            return None
        words |= {"groups": frozenset({min(rule.groups)}), "actions": frozenset({min(rule.actions)})}
    return replace(rule, **words)


def _either(name: str, rules: Sequence[Rule]) -> frozenset[Any]:
    return frozenset().union(*(getattr(rule, name) for rule in rules))


def test_a_rule_that_says_the_same_in_other_words_is_no_mutant() -> None:
    assert is_noticed(replace(RULES["R201"], because="other words"), "R201")
    assert list(example_surprises(engine.table())) == []


@pytest.mark.parametrize("number", RULES)
def test_t73_every_wrong_rule_is_noticed(number: str) -> None:
    survivors = [what for what, mutant in mutants_of(RULES[number]) if not is_noticed(mutant, number)]
    assert survivors == []


@pytest.mark.soak
@pytest.mark.parametrize("number", RULES)
def test_t73_every_cell_of_a_rule_that_is_changed_is_noticed(number: str) -> None:
    survivors = [what for what, mutant in more_mutants_of(RULES[number]) if not is_noticed(mutant, number)]
    assert survivors == []
