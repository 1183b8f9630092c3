"""The rule files as checked rules: a file with a doubtful line is refused whole, with the place and the remedy."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from policies.vocabulary import (
    ACT_GROUP,
    CONTENT_ACTIONS,
    AccessLevel,
    Action,
    CaseClass,
    DataGroup,
    Effect,
    Function,
    Relation,
)

FOLDER: Final = Path(__file__).parent / "rules"
COLUMNS: Final = ("function", "relation", "when", "access_level", "groups", "actions", "effect", "because", "rule")
NUMBER: Final = re.compile(r"R\d{3}")

Word = TypeVar("Word", bound=StrEnum)


class RuleError(ValueError):
    """A rule that can't be trusted; the message says where it stands and what to do."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a rule file, its words checked and its lists expanded."""

    number: str
    functions: frozenset[Function]
    relations: frozenset[Relation]
    when: frozenset[CaseClass]
    levels: frozenset[AccessLevel]
    groups: frozenset[DataGroup]
    actions: frozenset[Action]
    effect: Effect
    because: str
    is_wall: bool  # `any except x`: `when` then holds the only classes in which another rule may allow this

    @property
    def holds_always(self) -> bool:
        """Whether it is a wall: a deny that no class of a record takes away, save those it names itself."""
        return self.effect is Effect.DENY and (self.is_wall or CaseClass.ALWAYS in self.when)


def read_rules(folder: Path = FOLDER) -> tuple[Rule, ...]:
    """The platform's own rules: as `read_folder`, and every wall stands before every access level."""
    rules = read_folder(folder)
    for rule in rules:
        if rule.holds_always and rule.levels != frozenset(AccessLevel):
            raise RuleError(f"{rule.number} is a wall and must stand before everybody: write `any` under access_level")
    return rules


def read_folder(folder: Path = FOLDER) -> tuple[Rule, ...]:
    """Every rule of every file, each number used once."""
    rules: dict[str, Rule] = {}
    for path in sorted(folder.glob("*.csv")):
        found = list(read_text(path.read_text(encoding="utf-8"), path.name))
        if not found:
            raise RuleError(f"{path.name} holds no rule: write one or remove the file")
        for rule in found:
            if rule.number in rules:
                raise RuleError(f"{path.name}: {rule.number} is used twice: give one of them a new number")
            rules[rule.number] = rule
    if not rules:
        raise RuleError(f"no rule was found in {folder}: a platform without rules must not start")
    return tuple(rules.values())


def read_text(text: str, name: str) -> Iterator[Rule]:
    """The rules of one file; a line that starts with # is a note."""
    for line, content in enumerate(text.splitlines(), start=1):
        if content.strip() and not content.startswith("#"):
            yield _rule([field.strip() for field in content.split(",")], f"{name} line {line}")


def _rule(fields: list[str], place: str) -> Rule:
    if len(fields) != len(COLUMNS) + 1 or fields[0] != "p":
        raise RuleError(f"{place}: a rule is `p` and {len(COLUMNS)} fields ({', '.join(COLUMNS)}): found {len(fields)}")
    if not all(fields):
        raise RuleError(f"{place}: a field is empty: an empty field would match everything, so write the word")
    cells = dict(zip(COLUMNS, fields[1:], strict=True))
    if not NUMBER.fullmatch(cells["rule"]):
        raise RuleError(f"{place}: the rule number stands last and looks like R101: found {cells['rule']!r}")
    effect = _word(cells["effect"], Effect, place)
    is_wall = cells["when"].startswith("any except ")
    if is_wall and effect is not Effect.DENY:
        raise RuleError(f"{place}: only a deny may say `any except` in `when`: name the classes of an allow")
    rule = Rule(
        number=cells["rule"],
        functions=_words(cells["function"], Function, place, whole=frozenset(Function)),
        relations=_words(cells["relation"], Relation, place, whole=frozenset(Relation) - {Relation.UNRELATED}),
        when=_words(cells["when"].removeprefix("any except "), CaseClass, place),
        levels=_words(cells["access_level"], AccessLevel, place, whole=_levels_of(effect)),
        groups=_words(cells["groups"], DataGroup, place),
        actions=_words(cells["actions"], Action, place),
        effect=effect,
        because=cells["because"],
        is_wall=is_wall,
    )
    _refuse_nonsense(rule, place)
    return rule


def _levels_of(effect: Effect) -> frozenset[AccessLevel]:
    """What `any` means as a level: a deny may say it, an allow names whom it lets in."""
    return frozenset(AccessLevel) if effect is Effect.DENY else frozenset()


def _words(cell: str, kind: type[Word], place: str, whole: frozenset[Word] = frozenset()) -> frozenset[Word]:
    """`a|b`, or where a whole is given `any` and `any except a|b`."""
    if whole and cell == "any":
        return whole
    if whole and cell.startswith("any except "):
        return whole - _words(cell.removeprefix("any except "), kind, place)
    words = [_word(word, kind, place) for word in cell.split("|")]
    if len(set(words)) != len(words):
        raise RuleError(f"{place}: {cell!r} names a word twice: write it once")
    return frozenset(words)


def _word(text: str, kind: type[Word], place: str) -> Word:
    try:
        return kind(text)
    except ValueError:
        raise RuleError(f"{place}: {text!r} is no {kind.__name__}: use one of {', '.join(kind)}") from None


def _refuse_nonsense(rule: Rule, place: str) -> None:
    acts = rule.actions - CONTENT_ACTIONS
    if acts and (rule.groups != {ACT_GROUP} or acts != rule.actions):
        raise RuleError(f"{place}: {min(acts)} concerns the whole record: write group {ACT_GROUP}, apart from content")
    if not acts and Relation.UNRELATED in rule.relations:
        raise RuleError(f"{place}: {Relation.UNRELATED} reaches no content: name the relation that does")
    if CaseClass.ALWAYS in rule.when and (rule.is_wall or len(rule.when) > 1):
        raise RuleError(f"{place}: {CaseClass.ALWAYS} stands alone in `when`: it already covers every other class")
