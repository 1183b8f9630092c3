"""The states of a meeting as a table typed by hand: whatever it does not allow is refused by name, without effect."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.world.meetings import (
    CANCEL,
    ENTRY,
    HEALTH,
    OPEN_MEETING,
    POLICE,
    a_childs_case,
    agency_id,
    convened,
    entries,
    invitee,
    own_body,
    rewrite,
    written,
)
from tests.world.minutes import (
    ADD,
    CLOSE,
    ESCALATE,
    PART,
    RELEASE,
    SEND_OUT,
    SIGN,
    an_open_meeting,
    at,
    done,
    is_recorded,
    seen,
)
from tests.world.platform import Person, Platform

pytestmark = pytest.mark.anyio

DONE = "done"
STATES = ("convened", "open", "sent_out", "closed", "cancelled")
TABLE = {
    "open": ("done", "OPEN_ALREADY", "OPEN_ALREADY", "MEETING_CLOSED", "MEETING_CANCELLED"),
    "cancel": ("done", "OPEN_ALREADY", "OPEN_ALREADY", "MEETING_CLOSED", "MEETING_CANCELLED"),
    "note": ("done", "done", "done", "MEETING_CLOSED", "MEETING_CANCELLED"),
    "part": ("MEETING_NOT_OPEN", "done", "done", "MEETING_CLOSED", "MEETING_CANCELLED"),
    "send_out": ("MEETING_NOT_OPEN", "done", "SENT_OUT_ALREADY", "MEETING_CLOSED", "MEETING_CANCELLED"),
    "sign": ("NOT_SENT_OUT", "NOT_SENT_OUT", "done", "MEETING_CLOSED", "MEETING_CANCELLED"),
    "close": (
        "no_chair no_decision not_sent_out", "not_sent_out", "done", "MEETING_CLOSED", "MEETING_CANCELLED",
    ),
    "escalate": ("NotFound", "done", "done", "done", "NotFound"),
    "add": ("MEETING_NOT_CLOSED", "MEETING_NOT_CLOSED", "MEETING_NOT_CLOSED", "done", "MEETING_NOT_CLOSED"),
    "release": ("MEETING_NOT_CLOSED", "MEETING_NOT_CLOSED", "MEETING_NOT_CLOSED", "done", "MEETING_NOT_CLOSED"),
}  # fmt: skip
MOVES = ("open", "cancel", "send_out", "close")


@dataclass
class Held:
    """A meeting, those who act on it, and the passage that the nurse dissents from."""

    meeting: dict[str, Any]
    worker: Person
    chair: Person
    nurse: Person
    decider: dict[str, Any]
    passage: str

    async def try_to(self, step: str) -> str:
        """What the answer says: done, or what stands against it."""
        return said(await self._steps()[step]())

    def _steps(self) -> dict[str, Callable[[], Awaitable[dict[str, Any]]]]:
        of = {"meetingId": self.meeting["id"]}
        why = {"purpose": "p", "lawfulBasis": "b"}
        return {
            "open": lambda: self.worker.do(OPEN_MEETING, **of),
            "cancel": lambda: self.worker.do(CANCEL, **of, because="No more."),
            "note": lambda: self.worker.do(ENTRY, **of, content={"note": {"words": "x"}}),
            "part": lambda: self.worker.do(PART, **of, name="x", readers=[]),
            "send_out": lambda: self.worker.do(SEND_OUT, **of),
            "sign": lambda: self.nurse.do(SIGN, **of, answer="AGREED"),
            "close": lambda: self.chair.do(CLOSE, **of),
            "escalate": lambda: self.nurse.do(ESCALATE, **of, entryId=self.passage, words="x"),
            "add": lambda: self.nurse.do(ADD, **of, words="x"),
            "release": lambda: self.worker.do(RELEASE, **of, **self.decider, **why),
        }

    async def stands(self, platform: Platform, state: str) -> None:
        """Every step that the table refuses is refused so, and leaves everything as it was."""
        before = await self.everything(platform)
        for step, answers in TABLE.items():
            expected = answers[STATES.index(state)]
            if expected != DONE:
                assert await self.try_to(step) == expected, (state, step)
        assert await self.everything(platform) == before

    async def goes_on(self, state: str) -> None:
        """Every step that the table allows and that leads nowhere else is done."""
        for step, answers in TABLE.items():
            if step not in MOVES and answers[STATES.index(state)] == DONE:
                assert await self.try_to(step) == DONE, (state, step)

    async def everything(self, platform: Platform) -> tuple[Any, ...]:
        """How much there is of what a step could write, and how far the meeting has come."""
        tables = (
            "meeting_entry_version", "meeting_part", "minutes_sign_off", "minutes_seal", "minutes_addendum",
            "dissent_escalation", "minutes_sent_out", "involvement", "outbox",
        )  # fmt: skip
        counts = [await platform.admin.fetchval(f"SELECT count(*) FROM {name}") for name in tables]
        return (*counts, await platform.admin.fetch("SELECT opened_at, closed_at, cancelled_at FROM meeting"))


def said(payload: dict[str, Any]) -> str:
    """The codes of a problem, its kind where it has none, or that it was done."""
    problem = payload["problem"]
    if problem is None:
        return DONE
    if problem["__typename"] == "Invalid":
        return " ".join(one["code"] for one in problem["problems"])
    return str(problem.get("code", problem["__typename"]))


async def held_meeting(platform: Platform) -> Held:
    """Convened, with a surgery invited; whoever would be given minutes is the competent authority."""
    await platform.set_clock(at("09:00"))
    worker, case = await a_childs_case(platform)
    meeting = await convened(worker, case, invite=[await invitee(worker, HEALTH, "HEALTH")])
    decider = {"agencyId": await agency_id(worker, "Single Competent Authority"), "function": "DECISION_MAKER"}
    chair, nurse = await platform.sign_in("lcc-2"), await platform.sign_in("ess-1")
    return Held(meeting, worker, chair, nurse, decider, passage=meeting["id"])


async def test_only_listed_steps_lead_from_state_to_state(platform: Platform) -> None:
    held = await held_meeting(platform)
    await held.stands(platform, "convened")
    await held.goes_on("convened")
    assert await held.try_to("open") == DONE

    decision = await is_recorded(held.worker, held.meeting, with_police=False)
    body = await own_body(held.nurse, HEALTH, "HEALTH")
    position = {"onEntryId": decision["id"], "body": body, "agrees": False, "reason": "Too early."}
    await written(held.nurse, held.meeting, "position", **position)
    held.passage = decision["id"]
    await held.stands(platform, "open")
    await held.goes_on("open")
    assert await held.try_to("send_out") == DONE

    assert await held.try_to("close") == "not_signed_off"
    await held.stands(platform, "sent_out")
    await held.goes_on("sent_out")
    assert await held.try_to("close") == DONE
    await held.stands(platform, "closed")
    await held.goes_on("closed")


async def test_nothing_leads_out_of_a_cancelled_meeting(platform: Platform) -> None:
    held = await held_meeting(platform)
    assert await held.try_to("cancel") == DONE

    await held.stands(platform, "cancelled")


async def test_a_quorum_that_was_lost_by_a_correction_has_to_be_stated(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    await is_recorded(worker, meeting)
    await done(worker, SEND_OUT, meeting)
    officer = next(
        one for one in entries(await seen(worker, meeting), "ATTENDANCE") if one["content"]["profession"] == "POLICE"
    )
    body = await own_body(worker, POLICE, "INVESTIGATING_POLICE")
    missed = {"person": "Invented police", "body": body, "profession": "POLICE", "presence": "APOLOGIES"}
    corrected = await rewrite(worker, meeting, officer, attendance=missed | {"stretches": []})
    assert corrected["problem"] is None

    refused = await (await platform.sign_in("lcc-2")).do(CLOSE, meetingId=meeting["id"])

    assert said(refused).split() == ["no_quorum_statement", "not_signed_off"]
