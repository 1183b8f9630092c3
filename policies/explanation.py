"""Why each group is open to somebody or not, from the same cells as their permit, and never more than they may know.

Where a no may hang on a fact that this reader can't always read, the reasons are the same whatever the fact is: all the
rules that could open the group for this function, relation and level, and not the one that did.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from policies.actor import Actor
from policies.past import shown
from policies.permit import RecordFacts
from policies.sight import READING, Sight, opens_part, reaches
from policies.table import Decision, GrantRow, Table
from policies.vocabulary import Action, CaseClass, DataGroup, Effect, Relation

AGES = dict.fromkeys((CaseClass.ADULT, CaseClass.CHILD), frozenset({CaseClass.ADULT, CaseClass.CHILD}))


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that says something about a group, and when it speaks."""

    relation: Relation
    action: Action
    rule: str
    because: str
    when: frozenset[CaseClass]


@dataclass(frozen=True, slots=True)
class GroupSight:
    """One group for one reader: what is open (None: nothing), by which rules, and which other rules would open more."""

    group: DataGroup
    action: Action | None
    pin: int | None
    is_telling: bool
    is_narrowed: bool  # a rule would open it, but what was given leaves it out
    reasons: tuple[Reason, ...]
    openings: tuple[Reason, ...]


def explain(
    table: Table,
    actor: Actor,
    standings: Sequence[RecordFacts],
    also_telling: frozenset[DataGroup] = frozenset(),
) -> tuple[GroupSight, ...]:
    """Every group, as a permit for all of them would open it."""
    sight, everything = Sight(table, actor, standings), frozenset(DataGroup)
    whole = sight.groups(everything, Action.SEE)
    pins = sight.pins(everything - whole)
    opened = whole | pins.keys() | sight.items(everything).keys()
    summary = sight.groups(everything, Action.SUMMARY)
    telling = sight.silent(everything) | also_telling
    found = []
    for group in DataGroup:
        action = Action.SEE if group in opened else Action.SUMMARY if group in summary else None
        asking = _Asking(table, actor, standings, group)
        found.append(
            asking.telling(action, pins.get(group)) if group in telling else asking.plain(action, pins.get(group))
        )
    return tuple(found)


class _Asking:
    """One reader's questions to one table about one group."""

    def __init__(self, table: Table, actor: Actor, standings: Sequence[RecordFacts], group: DataGroup) -> None:
        self._table = table
        self._actor = actor
        self._standings = standings
        self._group = group

    def telling(self, action: Action | None, pin: int | None) -> GroupSight:
        """The same reasons whether it is open or not."""
        reasons = tuple(self._allowing(*READING))
        return GroupSight(self._group, action, pin, is_telling=True, is_narrowed=False, reasons=reasons, openings=())

    def plain(self, action: Action | None, pin: int | None) -> GroupSight:
        """By which rule it is open or refused, and what would open more."""
        said = self._opening(action) if action else self._refusing()
        more = () if action is Action.SEE else (Action.SEE,) if action else READING
        return GroupSight(
            self._group,
            action,
            pin,
            is_telling=False,
            is_narrowed=action is None and any(self._is_allowed(standing, READING) for standing in self._standings),
            reasons=tuple({(reason.relation, reason.rule): reason for reason in said}.values()),
            openings=tuple(reason for reason in self._allowing(*more) if self._is_missing(reason)),
        )

    def _opening(self, action: Action) -> Iterator[Reason]:
        """What opens it: no refusal that another relation meets, and no rule that what was given leaves out."""
        for standing in self._standings:
            answer = self._decide(standing, action)
            opens = reaches(standing, self._group, action) or opens_part(standing, self._group, action)
            if opens and answer.allowed and answer.rule:
                yield Reason(standing.relation, action, answer.rule, answer.because, frozenset())

    def _refusing(self) -> Iterator[Reason]:
        """The rules that say no, where nothing opens it."""
        for action, standing in product(READING, self._standings):
            answer = self._decide(standing, action)
            if answer.rule and not answer.allowed:
                yield Reason(standing.relation, action, answer.rule, answer.because, frozenset())

    def _allowing(self, *actions: Action) -> Iterator[Reason]:
        """Every rule that could open it for these relations, whatever is true of the record."""
        for action in actions:
            for relation in sorted({standing.relation for standing in self._standings}):
                by_rule: dict[str, set[CaseClass]] = {}
                for row in self._rows(relation, action):
                    by_rule.setdefault(row.rule, set()).add(row.case_class)
                for rule, when in by_rule.items():
                    yield Reason(relation, action, rule, self._table.because(rule), frozenset(when))

    def _rows(self, relation: Relation, action: Action) -> Iterable[GrantRow]:
        cell = (self._actor.function, relation, self._actor.access_level, self._group, action)
        return (row for row in self._table.rows_of(cell) if row.effect is Effect.ALLOW)

    def _is_missing(self, reason: Reason) -> bool:
        """Whether it would be open if only what the rule asks for were true as well, and that is not true yet."""
        standings = [standing for standing in self._standings if standing.relation is reason.relation]
        supposed = [
            replace(standing, classes=standing.classes - AGES.get(word, frozenset()) | {word})
            for standing in standings
            for word in reason.when
        ]
        is_true = any(reason.when & standing.classes for standing in standings)
        return not is_true and all(self._is_allowed(standing, (reason.action,)) for standing in supposed)

    def _is_allowed(self, standing: RecordFacts, actions: Iterable[Action]) -> bool:
        return any(self._decide(standing, action).allowed for action in actions)

    def _decide(self, standing: RecordFacts, action: Action) -> Decision:
        actor = self._actor
        return self._table.decide(
            actor.function, standing.relation, standing.classes, actor.access_level, self._group, action
        )


def of_another_day(past: Table, today: Table, actor: Actor, standings: Sequence[RecordFacts]) -> tuple[GroupSight, ...]:
    """The same by a table that was kept: with the numbers that people know, and the reasons that still stand.

    What is telling today was so then: a kept table has lost its walls, and with them what they test.
    """
    telling = Sight(today, actor, standings).silent(frozenset(DataGroup))
    return tuple(
        replace(
            sight,
            reasons=tuple(_known(reason, today) for reason in sight.reasons),
            openings=tuple(_known(reason, today) for reason in sight.openings),
        )
        for sight in explain(past, actor, standings, telling)
    )


def _known(reason: Reason, today: Table) -> Reason:
    number = shown(reason.rule)
    return replace(reason, rule=number, because=today.reasons.get(number, reason.because))
