"""The state table of an action, typed by hand: every pair of states, and the last day."""

from datetime import date

import pytest

from services.meetings.action_rules import is_overdue, may_become
from services.meetings.words import ActionState

TABLE = """
from     open  blocked  done
open     no    yes      yes
blocked  yes   yes      yes
done     yes   no       no
"""


def test_every_pair_of_states_is_as_the_table_says() -> None:
    head, *lines = [line.split() for line in TABLE.strip().splitlines()]
    said = {
        (ActionState(line[0]), ActionState(then)): word == "yes"
        for line in lines
        for then, word in zip(head[1:], line[1:], strict=True)
    }

    assert set(said) == {(now, then) for now in ActionState for then in ActionState}
    assert {pair: may_become(*pair) for pair in said} == said


@pytest.mark.parametrize(
    ("state", "today", "expected"),
    [
        (ActionState.OPEN, date(2026, 4, 15), False),
        (ActionState.OPEN, date(2026, 4, 16), True),
        (ActionState.BLOCKED, date(2026, 4, 16), True),
        (ActionState.DONE, date(2026, 4, 16), False),
    ],
)
def test_the_last_day_still_counts_and_blocked_is_no_excuse(state: ActionState, today: date, expected: bool) -> None:
    assert is_overdue(state, date(2026, 4, 15), today) is expected
