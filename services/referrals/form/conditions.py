"""When a question is asked or must be answered: `age = child|not_sure and consent given or kind = nrm`.

A condition is a choice of branches, and a branch holds when each of its terms does. No branch: never; a branch without
terms: always. A word that stands alone is the name of another condition.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.referrals.form.words import AnswerTest

Said = Callable[[str], tuple[str, ...]]
"""What a form says at a path, as plain words; nothing where it says nothing."""


@dataclass(frozen=True, slots=True)
class Term:
    """One look at one answer; of several values any will do."""

    path: str
    test: AnswerTest
    values: tuple[str, ...] = ()

    def holds(self, said: Said) -> bool:
        """Whether the answers so far make this true."""
        found = said(self.path)
        if self.test is AnswerTest.IS:
            return not set(found).isdisjoint(self.values)
        return bool(found) is (self.test is AnswerTest.GIVEN)


Branch = tuple[Term, ...]
Condition = tuple[Branch, ...]
ALWAYS: Condition = ((),)
NEVER: Condition = ()


def parse(text: str | None, named: Mapping[str, Condition], *, empty: Condition) -> Condition:
    """Read a condition; raises ValueError for what is none. `empty` is what no text means."""
    if not text:
        return empty
    if text == "always":
        return ALWAYS
    return tuple(branch for part in text.split(" or ") for branch in _branches(part, named))


def holds(condition: Condition, said: Said) -> bool:
    """Whether any branch holds."""
    for branch in condition:
        for term in branch:
            if not term.holds(said):
                break
        else:
            return True
    return False


def knowing(condition: Condition, path: str, value: str) -> Condition:
    """What is left of a condition once one answer is settled."""

    def said(_: str) -> tuple[str, ...]:
        return (value,)

    open_branches = (b for b in condition if all(term.holds(said) for term in b if term.path == path))
    return tuple(tuple(term for term in branch if term.path != path) for branch in open_branches)


def _branches(text: str, named: Mapping[str, Condition]) -> Condition:
    """The branches that `A and B` makes: every branch of A with every branch of B."""
    found: Condition = ALWAYS
    for part in text.split(" and "):
        found = tuple((*left, *right) for left in found for right in _part(part.strip(), named))
    return found


def _part(text: str, named: Mapping[str, Condition]) -> Condition:
    if text in named:
        return named[text]
    path, mark, values = text.partition(" = ")
    if mark:
        return ((Term(path, AnswerTest.IS, tuple(values.split("|"))),),)
    path, _, test = text.partition(" ")
    return ((Term(path, AnswerTest(test)),),)
