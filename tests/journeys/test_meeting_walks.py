"""A meeting in any order: a model of a few facts says of each step that it is done, or by name what stands against it;
what is refused changes nothing. Through HTTP only."""

import random
from collections.abc import Mapping
from typing import Any

import pytest

from tests.journeys.test_meeting_states import DONE, STATES, TABLE, Held, held_meeting, said
from tests.world.meetings import HEALTH, entries, own_body, rewrite, seen, write
from tests.world.minutes import COUNCIL, at
from tests.world.platform import Platform

pytestmark = pytest.mark.anyio

LEADS_TO = {"open": "open", "cancel": "cancelled", "send_out": "sent_out", "close": "closed"}
MADE_UP = ("attend", "unattend", "decide", "dissent")  # steps whose outcome hangs on more than the state
STEPS = (*TABLE, *MADE_UP)
WEIGHTS = [4 if step in ("open", "attend", "decide", "send_out", "sign", "close") else 1 for step in STEPS]
OVER = {"closed": "MEETING_CLOSED", "cancelled": "MEETING_CANCELLED"}
LONGEST = 35
TO_THE_END = ("open", "attend", "decide", "send_out", "sign", "close")


class Model:
    """What a person with a pencil would keep of the meeting."""

    def __init__(self) -> None:
        self.state = "convened"
        self.facts: set[str] = set()  # chaired, decided, dissented, signed

    def expected(self, step: str) -> str:
        """Done, or everything that stands against it, in order."""
        if step == "close" and self.state not in OVER:
            return self._missing() or DONE
        if step == "escalate":
            return self._escalated()
        if step in MADE_UP:
            return OVER.get(self.state) or self._written(step)
        return TABLE[step][STATES.index(self.state)]

    def take(self, step: str) -> None:
        """A step that was done."""
        self.state = LEADS_TO.get(step, self.state)
        fact = {"attend": "chaired", "decide": "decided", "dissent": "dissented", "sign": "signed"}.get(step)
        self.facts |= {fact} if fact else set()
        self.facts -= {"chaired"} if step == "unattend" else set()

    def _missing(self) -> str:
        lacking = [
            code for fact, code in (("chaired", "no_chair"), ("decided", "no_decision")) if fact not in self.facts
        ]
        if self.state != "sent_out":
            lacking.append("not_sent_out")
        elif "signed" not in self.facts:
            lacking.append("not_signed_off")
        return " ".join(lacking)

    def _escalated(self) -> str:
        if self.state in ("convened", "cancelled") or "decided" not in self.facts:
            return "NotFound"
        return DONE if "dissented" in self.facts else "Refused"

    def _written(self, step: str) -> str:
        if step == "dissent":
            unseen = DONE if "decided" in self.facts else "NotFound"
            return "MEETING_NOT_OPEN" if self.state == "convened" else unseen
        return DONE


async def took(held: Held, step: str) -> str:
    """What the answer to a step says."""
    if step not in MADE_UP:
        return await held.try_to(step)
    payload = await _made_up(held, step)
    if step == "decide" and payload["problem"] is None and held.passage == held.meeting["id"]:  # the first one
        held.passage = payload["entryId"]
    return said(payload)


async def _made_up(held: Held, step: str) -> dict[str, Any]:
    if step == "dissent":
        body = await own_body(held.nurse, HEALTH, "HEALTH")
        no = {"body": body, "agrees": False, "reason": "Too early."}
        return await write(held.nurse, held.meeting, "position", onEntryId=held.passage, **no)
    if step == "decide":
        why = {"inquorateBecause": "At once.", "followUpOn": "2026-04-15"}
        made = {"decision": "MEDICAL", "words": "So.", "decidedAt": at("10:05")}
        return await write(held.worker, held.meeting, "decision", **made, **why)
    body = await own_body(held.worker, COUNCIL, "CHILDRENS_SERVICES")
    chair: Mapping[str, Any] = {"person": "Farid Invented", "body": body, "profession": "MANAGER", "isChair": True}
    there = {"presence": "PRESENT", "stretches": [{"arrivedAt": at("10:00")}]}
    known = entries(await seen(held.worker, held.meeting), "ATTENDANCE")
    content = {**chair, **(there if step == "attend" else {"presence": "APOLOGIES", "stretches": []})}
    if known:
        return await rewrite(held.worker, held.meeting, known[0], attendance=content)
    return await write(held.worker, held.meeting, "attendance", **content)


@pytest.mark.parametrize("seed", range(6))
async def test_only_what_the_model_allows_is_done_and_each_refusal_says_all_that_is_missing(
    platform: Platform, seed: int
) -> None:
    chance, held, model = random.Random(seed), await held_meeting(platform), Model()  # noqa: S311 - a walk, no secret
    refused: set[str] = set()
    weights = [*WEIGHTS]
    weights[STEPS.index("open" if seed == 0 else "cancel")] = 0  # one walk ends early, the others go to the end
    walk = ["close", *chance.choices(STEPS, weights, k=LONGEST)] + (["cancel"] if seed == 0 else [*TO_THE_END, *STEPS])
    for number, step in enumerate(walk):
        expected, before = model.expected(step), await held.everything(platform)

        answer = await took(held, step)

        assert answer == expected, (number, step, model.state, model.facts)
        if answer == DONE:
            model.take(step)
        else:
            refused.add(answer)
            assert await held.everything(platform) == before, (number, step)
    assert model.state == ("cancelled" if seed == 0 else "closed"), model.facts
    assert len(refused) > 3, "the walk was refused next to nothing"
