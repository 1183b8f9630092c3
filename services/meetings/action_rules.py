"""How an action may go on: the state table, and when it is overdue. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from services.meetings.words import ActionState

NEXT: Final[Mapping[ActionState, frozenset[ActionState]]] = {
    ActionState.OPEN: frozenset({ActionState.BLOCKED, ActionState.DONE}),
    ActionState.BLOCKED: frozenset({ActionState.OPEN, ActionState.BLOCKED, ActionState.DONE}),
    ActionState.DONE: frozenset({ActionState.OPEN}),
}
"""What may be reported of an action in a state; blocked again is another reason."""


def may_become(now: ActionState, then: ActionState) -> bool:
    """Whether this report fits."""
    return then in NEXT[now]


def is_overdue(state: ActionState, due_on: date, today: date) -> bool:
    """The day itself still counts; a blocked action is overdue like any other."""
    return state is not ActionState.DONE and due_on < today
