"""The proof, needed by every store, that the rules were asked and what they allow."""

from dataclasses import InitVar, dataclass
from typing import Final
from uuid import UUID

from policies.actor import Actor
from policies.vocabulary import Action, CaseClass, DataGroup, Relation

_MINT: Final = object()  # imported by policies/engine.py alone; a test reads every file for it


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """How one record stands to one actor today, as the database found it from the actor's own involvements."""

    record_id: UUID
    involvement_id: UUID | None
    relation: Relation
    classes: frozenset[CaseClass]
    scope: frozenset[DataGroup] | None = None  # None reaches the whole matrix, a share only these groups (and core)


@dataclass(frozen=True, slots=True)
class Permit:
    """One act of one actor on one record, with the groups it may see whole, in summary, and write."""

    actor: Actor
    record_id: UUID
    involvement_id: UUID | None
    relation: Relation
    classes: frozenset[CaseClass]
    action: Action
    see: frozenset[DataGroup]
    summary: frozenset[DataGroup]  # never overlaps `see`
    record: frozenset[DataGroup]
    rules: tuple[str, ...]  # the numbers of the rules that allowed it, sorted
    minted_by: InitVar[object] = None

    def __post_init__(self, minted_by: object) -> None:
        """Refuse every maker except the engine, `dataclasses.replace` included."""
        if minted_by is not _MINT:
            raise TypeError("only policies.engine issues permits")
