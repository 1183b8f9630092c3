"""All the ways in which an actor stands to one record, taken together: any of them may say yes for itself."""

from collections.abc import Iterator, Sequence, Set
from typing import Final
from uuid import UUID

from policies.actor import Actor
from policies.permit import RecordFacts
from policies.table import Table
from policies.vocabulary import ACT_GROUP, Action, DataGroup

READING: Final = (Action.SEE, Action.SUMMARY)  # the whole first


class Sight:
    """Answers for groups, and remembers by which rules."""

    def __init__(self, table: Table, actor: Actor, standings: Sequence[RecordFacts]) -> None:
        """Nothing is decided before it is asked."""
        self._table = table
        self._actor = actor
        self._standings = standings
        self.rules: set[str] = set()

    def groups(self, groups: Set[DataGroup], action: Action) -> frozenset[DataGroup]:
        """The groups on which the action is open now; a scope narrows what is read, never what is written."""
        found = set()
        for group in groups:
            rules = {rule for standing, rule in self._open(group, action) if reaches(standing, group, action)}
            if rules:
                found.add(group)
                self.rules |= rules
        return frozenset(found)

    def pins(self, groups: Set[DataGroup]) -> dict[DataGroup, int]:
        """The groups that are open at one version only, and the newest such version."""
        found: dict[DataGroup, int] = {}
        for group in groups:
            for standing, rule in self._open(group, Action.SEE):
                if group in standing.pins:
                    found[group] = max(standing.pins[group], found.get(group, 0))
                    self.rules.add(rule)
        return found

    def items(self, groups: Set[DataGroup]) -> dict[DataGroup, frozenset[UUID]]:
        """The single entries of each group that are open, beside whatever else of it is."""
        found: dict[DataGroup, frozenset[UUID]] = {}
        for group in groups:
            for standing, rule in self._open(group, Action.SEE):
                if named := standing.items.get(group):
                    found[group] = named | found.get(group, frozenset())
                    self.rules.add(rule)
        return found

    def silent(self, groups: Set[DataGroup]) -> frozenset[DataGroup]:
        """The groups that could tell a hidden fact by being hidden or not: where nothing is seen, nothing is said."""
        return frozenset(group for group in groups if any(self._is_telling(s, group) for s in self._standings))

    def _open(self, group: DataGroup, action: Action) -> Iterator[tuple[RecordFacts, str]]:
        function, level = self._actor.function, self._actor.access_level
        for standing in self._standings:
            answer = self._table.decide(function, standing.relation, standing.classes, level, group, action)
            if answer.allowed and answer.rule:
                yield standing, answer.rule

    def _is_telling(self, standing: RecordFacts, group: DataGroup) -> bool:
        function, level = self._actor.function, self._actor.access_level
        return self._table.tests_hidden_facts(function, standing.relation, level, group)


def reaches(standing: RecordFacts, group: DataGroup, action: Action) -> bool:
    """Whether what was given includes the group, as it stands today and for good."""
    return standing.scope is None or group is ACT_GROUP or action not in READING or group in standing.scope


def opens_part(standing: RecordFacts, group: DataGroup, action: Action) -> bool:
    """Whether it names one version or single entries of a group that it leaves out otherwise."""
    return action is Action.SEE and (group in standing.pins or bool(standing.items.get(group)))
