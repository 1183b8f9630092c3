"""Several at once: in order, never more than allowed, and nothing goes on after a fault."""

import asyncio

import pytest

from api.in_order import in_order

pytestmark = pytest.mark.anyio


class Work:
    """Takes as many turns of the loop as it is told, and remembers how many were under way at once."""

    def __init__(self) -> None:
        self.under_way = self.most = 0
        self.ended: list[int] = []

    async def __call__(self, turns: int) -> int:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            for _ in range(turns):
                await asyncio.sleep(0)
            if turns == 13:
                raise ValueError("thirteen")
            self.ended.append(turns)
        finally:
            self.under_way -= 1
        return turns


async def test_answers_come_in_the_order_given_whoever_is_quicker() -> None:
    work, given = Work(), [9, 1, 5, 0, 7, 2]

    assert [answer async for answer in in_order(given, work, 3)] == given
    assert work.ended != given
    assert work.most == 3


async def test_nothing_is_begun_before_there_is_room() -> None:
    asked: list[int] = []

    async def work(number: int) -> int:
        asked.append(number)
        return number

    answers = in_order(range(100), work, 2)
    assert await anext(answers) == 0
    assert asked == [0, 1]
    await answers.aclose()
    assert asked == [0, 1]


async def test_a_fault_ends_it_and_what_was_begun_is_given_up() -> None:
    work = Work()
    answers = in_order([1, 13, 500, 2, 3], work, 3)

    assert await anext(answers) == 1
    with pytest.raises(ValueError, match="thirteen"):
        await anext(answers)
    assert work.under_way == 0
    assert 500 not in work.ended
    assert 3 not in work.ended
