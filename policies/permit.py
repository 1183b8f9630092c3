"""The proof, needed by every store, that the rules were asked and what they allow."""

from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field
from types import MappingProxyType
from typing import Final
from uuid import UUID

from policies.actor import Actor
from policies.vocabulary import Action, CaseClass, DataGroup, Relation

_MINT: Final = object()  # imported by policies/engine.py alone; a test reads every file for it


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """One way in which an actor stands to a record today, as the database found it."""

    record_id: UUID
    involvement_id: UUID | None
    relation: Relation
    classes: frozenset[CaseClass]
    scope: frozenset[DataGroup] | None = None  # None reads the whole matrix, a share only these groups (and core)
    pins: Mapping[DataGroup, int] = field(default_factory=dict)  # one version of a group that the scope leaves out
    items: Mapping[DataGroup, frozenset[UUID]] = field(default_factory=dict)  # single entries of such a group


@dataclass(frozen=True, slots=True)
class Permit:
    """One act of one actor on one record, with the groups it may see whole, in summary, and write."""

    actor: Actor
    record_id: UUID
    involvement_ids: frozenset[UUID]
    relations: frozenset[Relation]
    classes: frozenset[CaseClass]
    action: Action
    see: frozenset[DataGroup]
    summary: frozenset[DataGroup]  # never overlaps `see`
    record: frozenset[DataGroup]
    silent: frozenset[DataGroup]  # groups that look alike hidden and open but empty: else they would tell a hidden fact
    pins: Mapping[DataGroup, int]  # the groups of `see` that are open at this one version only
    items: Mapping[DataGroup, frozenset[UUID]]  # single entries, of groups that need not be open beyond them
    rules: tuple[str, ...]  # the numbers of the rules that allowed it, sorted
    minted_by: InitVar[object] = None

    def __post_init__(self, minted_by: object) -> None:
        """Refuse every maker except the engine, `dataclasses.replace` included."""
        if minted_by is not _MINT:
            raise TypeError("only policies.engine issues permits")
        object.__setattr__(self, "pins", MappingProxyType(dict(self.pins)))
        object.__setattr__(self, "items", MappingProxyType(dict(self.items)))
