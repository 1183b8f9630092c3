"""What can go wrong in the work; returned by commands, never raised across a door.

* NotFound   no such thing, or none for you: the two are the same answer
* Refused    you may know the record, but not do this; carries the rule and its reason
* Invalid    the input breaks rules; every problem names its field and the remedy
* Conflict   someone was faster, the state moved on, or an idempotency key was used for something else
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input: where, which rule, in words, and what to do about it."""

    path: str
    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class NotFound:
    """No such thing, or none for you."""


@dataclass(frozen=True, slots=True)
class Refused:
    """No, with the rule that said so (None: no rule allows it) and words fit to show."""

    rule: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Invalid:
    """The input breaks rules; nothing was stored."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """True yesterday: what the writer knew is no longer so. Nothing was stored."""

    code: str
    message: str
    remedy: str


WorkProblem = NotFound | Refused | Invalid | Conflict
