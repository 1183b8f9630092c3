"""Two moments that differ only in what a reader may not see: every door says the same, byte for byte."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.world.meetings import HEALTH, MEETINGS_OF, own_body, written
from tests.world.minutes import (
    ADD,
    CLOSE,
    ESCALATE,
    READ,
    SEND_OUT,
    SIGN,
    agreed_by_all,
    an_open_meeting,
    at,
    closed_part,
    done,
    is_recorded,
    said_in,
)
from tests.world.platform import Person, Platform
from tests.world.stories import told

pytestmark = pytest.mark.anyio

SUBJECTS = ("lcc-1", "lcc-2", "eha-2", "gmp-1", "sca-1", "eps-1")
CASE = "query ($r: String) { case(reference: $r) { id version assignmentVersion assignments { name } } }"
NOTICES = "{ notices(first: 20) { edges { node { kind createdAt } } } }"
WORKLIST = "{ worklist(scope: AGENCY) { edges { node { reference version } } } }"


async def everything(who: Person, meeting: dict[str, Any]) -> list[Any]:
    """All that every door tells of this meeting and its case."""
    reference = meeting["caseReference"]
    asked = [
        (READ, {"id": meeting["id"]}),
        ("query ($id: ID!) { node(id: $id) { __typename id } }", {"id": meeting["id"]}),
        (CASE, {"r": reference}),
        (MEETINGS_OF, {"reference": reference}),
        (NOTICES, {}),
        (WORKLIST, {}),
    ]
    answers = [told(await who.post(query, variables)) for query, variables in asked]
    return [*answers, told(await who.get(f"/minutes/{meeting['id']}"))]


async def _unchanged(platform: Platform, meeting: dict[str, Any], hidden: Callable[[], Awaitable[None]]) -> None:
    readers = {subject: await platform.sign_in(subject) for subject in SUBJECTS}
    before = {subject: await everything(who, meeting) for subject, who in readers.items()}
    await hidden()
    await platform.deliver()
    for subject, who in readers.items():
        assert await everything(who, meeting) == before[subject], subject


async def test_a_closed_part_with_all_that_can_happen_in_it_leaves_no_trace(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    await is_recorded(worker, meeting)
    await done(worker, SEND_OUT, meeting)
    await agreed_by_all(platform, meeting)
    await platform.deliver()
    await platform.set_clock(at("11:00"))
    police, nurse = await platform.sign_in("wyp-3"), await platform.sign_in("ess-1")

    async def hidden() -> None:
        part = await closed_part(police, meeting, (HEALTH, "HEALTH"))
        entry = (await said_in(police, meeting, part, "Under cover."))["entryId"]
        body = await own_body(nurse, HEALTH, "HEALTH")
        await written(nurse, meeting, "position", onEntryId=entry, body=body, agrees=False, reason="Hearsay.")
        await done(nurse, SIGN, meeting, answer="DISPUTED", entryId=entry, words="Not so.")
        await done(police, SIGN, meeting, answer="AGREED", partId=part)
        await done(nurse, ESCALATE, meeting, entryId=entry, words="Not settled.")

    await _unchanged(platform, meeting, hidden)


async def test_an_addendum_to_a_closed_part_leaves_no_trace(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    await is_recorded(worker, meeting)
    police = await platform.sign_in("wyp-3")
    part = await closed_part(police, meeting)
    await done(worker, SEND_OUT, meeting)
    await agreed_by_all(platform, meeting)
    await done(await platform.sign_in("lcc-2"), CLOSE, meeting)
    await platform.deliver()

    async def hidden() -> None:
        await done(police, ADD, meeting, partId=part, words="Under cover.")

    await _unchanged(platform, meeting, hidden)


async def test_who_was_there_and_who_dissented_is_nothing_to_whoever_was_not_invited(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    strangers = {subject: await platform.sign_in(subject) for subject in ("gmp-1", "sca-1", "eps-1", "wyp-1")}
    before = {subject: await everything(who, meeting) for subject, who in strangers.items()}

    decision = await is_recorded(worker, meeting)
    nurse = await platform.sign_in("ess-1")
    body = await own_body(nurse, HEALTH, "HEALTH")
    await written(nurse, meeting, "position", onEntryId=decision["id"], body=body, agrees=False, reason="Too early.")

    for subject, who in strangers.items():
        assert await everything(who, meeting) == before[subject], subject
