"""A comparison as lines to read: who gains, who loses, what is only said differently."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from policies.past import shown
from policies.review.conditions import in_words
from policies.review.differences import Comparison, Difference, Telling, Verdict
from policies.review.population import Effect
from policies.review.rule_sets import RuleSet
from policies.vocabulary import Action

NOTHING_CHANGES = "Nobody gains or loses anything."
TOLD, UNTOLD = "called withheld, where it looked empty", "looks empty, where it was called withheld"
HEADINGS = {
    "+": "Gained",
    "-": "Lost",
    "!": "Refused before and after, but not in the same way",
}
DEEDS = {Action.SEE: "sees the whole of {}", Action.SUMMARY: "sees a summary of {}", Action.RECORD: "writes {}"}
NOES = {Verdict.NO: "is allowed by no rule", Verdict.FORBIDDEN: "is refused by a rule"}


@dataclass(frozen=True, slots=True)
class _Told:
    """Tellings that can be said in one breath."""

    becomes: str
    functions: frozenset[str]
    relations: frozenset[str]
    levels: frozenset[str]
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Line:
    """Differences that can be said in one breath."""

    sign: str
    turn: tuple[Verdict, Verdict]
    functions: frozenset[str]
    relations: frozenset[str]
    levels: frozenset[str]
    groups: frozenset[str]
    action: Action
    when: str
    rules: tuple[str, ...]  # each with its reason, where there is one


Reasons = Mapping[str, str]
Breath = TypeVar("Breath", _Told, _Line)


def lines(comparison: Comparison, old: RuleSet, new: RuleSet) -> Iterator[str]:
    """The whole comparison."""
    if comparison.is_empty:
        yield NOTHING_CHANGES
    said = _merged(_line(difference, old.reasons, new.reasons) for difference in comparison.differences)
    for sign, heading in HEADINGS.items():
        chosen = [line for line in said if line.sign == sign]
        yield from [heading] if chosen else []
        for line in chosen:
            yield from _said(line)
    yield from _tellings(comparison.tellings)
    yield from _notes(comparison, old, new)


def population(effect: Effect) -> Iterator[str]:
    """What becomes of the invented population."""
    yield (
        f"Among {effect.people} invented people and {effect.records} records, "
        f"{effect.changed:,} of {effect.cells:,} answers change."
    )
    for change in effect.changes:
        yield f"  {change.before} → {change.after}: {change.count:,}, for instance"
        yield from (f"      {example}" for example in change.examples)


def _line(difference: Difference, old: Reasons, new: Reasons) -> _Line:
    function, relation, level, group, action = difference.cell
    sign = "+" if difference.after is Verdict.YES else "-" if difference.before is Verdict.YES else "!"
    gone = {_rule(rule, old) for rule in difference.rules_before}  # each in the words of its own day
    come = {_rule(rule, new) for rule in difference.rules_after}
    return _Line(
        sign,
        (difference.before, difference.after),
        frozenset({function}),
        frozenset({relation}),
        frozenset({level}),
        frozenset({group}),
        action,
        in_words(difference.when),
        tuple(sorted(gone | come if sign == "-" else come or gone)),
    )


def _rule(rule: str, reasons: Reasons) -> str:
    number = shown(rule)
    return f"{number}: {reasons[number]}" if number in reasons else number


def _merged(found: Iterable[Breath]) -> list[Breath]:
    """Levels first, then groups, then who: each joined where everything else is the same."""
    merged = list(found)
    for name in ("levels", "groups", "functions", "relations"):
        alike: dict[Breath, set[str]] = defaultdict(set)
        for line in merged:
            alike[_with(line, name, frozenset())] |= getattr(line, name)
        merged = [_with(line, name, frozenset(words)) for line, words in alike.items()]
    return merged


def _with(line: Breath, name: str, words: frozenset[str]) -> Breath:
    changes: dict[str, Any] = {name: words}
    return replace(line, **changes)


def _said(line: _Line) -> Iterator[str]:
    who = f"{_list(line.functions)} as {_list(line.relations)} ({_list(line.levels)})"
    deed = DEEDS.get(line.action, f"may {line.action}").format(_list(line.groups, "and"))
    turn = f": this {NOES[line.turn[1]]}; before, it {NOES[line.turn[0]]}" if line.sign == "!" else ""
    yield f"  {line.sign} {who} {deed}, when {line.when}{turn}"
    yield from (f"      {rule}" for rule in line.rules)


def _tellings(found: Iterable[Telling]) -> Iterator[str]:
    told = _merged(_told(item) for item in found)
    yield from ["Told differently, where a group is hidden"] if told else []
    for line in told:
        who = f"{_list(line.functions)} as {_list(line.relations)} ({_list(line.levels)})"
        yield f"  ~ {who}, {_list(line.groups, 'and')}: {line.becomes}"


def _told(item: Telling) -> _Told:
    return _Told(
        TOLD if item.told_after else UNTOLD,
        frozenset({item.function}),
        frozenset({item.relation}),
        frozenset({item.access_level}),
        frozenset({item.group}),
    )


def _notes(comparison: Comparison, old: RuleSet, new: RuleSet) -> Iterator[str]:
    for before, after in sorted({(shown(one), shown(other)) for one, other in comparison.renumbered}):
        if before != after:
            yield f"Note: {after} says in places what {before} said; nobody's access changes by that."
    for rule in sorted(old.reasons.keys() & new.reasons.keys()):
        if old.reasons[rule] != new.reasons[rule]:
            yield f"Note: the reason of {rule} was “{old.reasons[rule]}” and is “{new.reasons[rule]}”."


def _list(words: Iterable[str], last: str = "or") -> str:
    *others, end = sorted(map(_plain, words))
    return f"{', '.join(others)} {last} {end}" if others else end


def _plain(word: str) -> str:
    return word.replace("_", " ")
