"""T73: a rule that is flipped, dropped, widened or narrowed does not go unnoticed by what people typed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from policies import engine
from policies.rule_files import Rule, RuleError, read_folder
from policies.table import Table
from policies.vocabulary import AccessLevel, Action, CaseClass, DataGroup, Effect, Function, Relation
from tests.policies.expectations import example_surprises, surprises

RULES = {rule.number: rule for rule in read_folder()}
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
    if rule.levels == WORKING:
        yield "practitioners only", replace(rule, levels=frozenset({AccessLevel.PRACTITIONER}))


def is_noticed(mutant: Rule | None, number: str) -> bool:
    """Whether loading fails, or a cell or an example that the change touches is no longer what people typed."""
    rules = [mutant if rule.number == number else rule for rule in RULES.values()]
    try:
        table = Table(rule for rule in rules if rule is not None)
    except RuleError:
        return True
    changed = {row.cell for row in set(table.rows) ^ set(engine.rows())} | engine.table().walled ^ table.walled
    return any(surprises(table, changed)) or any(example_surprises(table))


def test_without_a_mutation_nothing_is_noticed() -> None:
    assert not is_noticed(RULES["R201"], "R201")


@pytest.mark.parametrize("number", RULES)
def test_t73_every_wrong_rule_is_noticed(number: str) -> None:
    survivors = [what for what, mutant in mutants_of(RULES[number]) if not is_noticed(mutant, number)]
    assert survivors == []
