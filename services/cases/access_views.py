"""Why a group is open to a reader or not: what they get, by which rules, and what would change it."""

from dataclasses import dataclass
from enum import StrEnum

from policies.vocabulary import CaseClass, DataGroup


class Verdict(StrEnum):
    """What stands in a group's place when it is asked for."""

    WHOLE = "whole"
    SUMMARY = "summary"
    WITHHELD = "withheld"
    NOTHING_TO_SEE = "nothing_to_see"


class WithheldReason(StrEnum):
    """Why a group is withheld, in terms of function and relation only."""

    NOT_FOR_YOUR_FUNCTION = "not_for_your_function"
    NOT_ASSIGNED_TO_YOU = "not_assigned_to_you"


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule: its number, its author's reason, what it opens (None: it refuses), and when; empty: it speaks today."""

    number: str
    because: str
    opens: Verdict | None
    when: tuple[CaseClass, ...]


@dataclass(frozen=True, slots=True)
class GroupAccessView:
    """One group for one reader."""

    group: DataGroup
    verdict: Verdict
    version: int | None
    says: str
    rules: tuple[RuleView, ...]
    would_change: tuple[str, ...]
    withheld: WithheldReason | None


@dataclass(frozen=True, slots=True)
class AccessView:
    """How somebody stands to a record, in words, and what follows for each group."""

    standing: str
    groups: tuple[GroupAccessView, ...]
