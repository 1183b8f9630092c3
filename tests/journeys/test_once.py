"""Each intent happens once: repeated, at the same moment as another, or with the worker killed in between."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from services.notices import store, worker
from services.tools import lost_a_race
from tests.world.forms import CONCERN, adult_referral
from tests.world.platform import Platform
from tests.world.stories import (
    FROM_THE_PAST,
    OPEN,
    SUBMIT,
    assign,
    close,
    counted,
    id_of,
    inbox,
    kinds,
    open_concern,
    raw_id,
    refer,
    refer_from,
    seen,
)
from tests.world.template import WORKER_SECRET

pytestmark = pytest.mark.anyio

KEY = "one-intent-of-the-officer"


async def test_the_same_input_under_the_same_key_happens_once(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    officer = await platform.sign_in("wyp-1")

    first = await officer.do(SUBMIT, idempotencyKey=KEY, referral=adult_referral())
    after_first, lines = await counted(platform), len(await platform.ledger())
    again = await officer.do(SUBMIT, idempotencyKey=KEY, referral=adult_referral())

    assert again == first
    assert again["problem"] is None
    assert await counted(platform) == after_first
    new_lines = (await platform.ledger())[lines:]
    assert [(line["act"], line["verdict"]) for line in new_lines] == [("see", "viewed")]
    await platform.deliver()
    assert await kinds(await platform.sign_in("sca-1")) == ["REFERRAL_RECEIVED"]


async def test_another_input_under_the_same_key_is_a_conflict(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    officer = await platform.sign_in("wyp-1")
    await officer.do(SUBMIT, idempotencyKey=KEY, referral=adult_referral())
    before = await counted(platform)

    other = await officer.do(SUBMIT, idempotencyKey=KEY, referral=adult_referral(currentTown="Bradford"))

    assert (other["case"], other["problem"]["code"]) == (None, "IDEMPOTENCY_KEY_REUSED")
    assert await counted(platform) == before


async def test_a_key_belongs_to_one_person_and_one_act(platform: Platform) -> None:
    officer, colleague = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-2")

    one = (await officer.do(SUBMIT, idempotencyKey=KEY, referral=adult_referral()))["case"]
    two = (await colleague.do(SUBMIT, idempotencyKey=KEY, referral=adult_referral()))["case"]
    three = (await officer.do(OPEN, idempotencyKey=KEY, concern=CONCERN))["case"]

    assert len({one["id"], two["id"], three["id"]}) == 3


async def test_a_repeat_gives_the_answer_that_its_sender_may_have_today(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    sent = {"idempotencyKey": KEY, "teamId": await id_of(officer, team="Safeguarding desk"), "replacing": True}
    given = await assign(officer, case, **sent)
    await platform.admin.execute("UPDATE record SET restricted = true WHERE reference = $1", case["reference"])

    again = await assign(officer, case, **sent)

    assert given["case"]["reference"] == case["reference"]
    assert (again["case"], again["problem"]) == (None, None)


async def test_what_was_refused_keeps_its_key_free(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")

    wrong = await officer.do(SUBMIT, idempotencyKey=KEY, referral=adult_referral(consent="REFUSED"))
    right = await officer.do(SUBMIT, idempotencyKey=KEY, referral=adult_referral())

    assert wrong["problem"]["__typename"] == "Invalid"
    assert right["problem"] is None


async def test_two_identical_submissions_at_once_make_one_case(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    officer = await platform.sign_in("wyp-1")
    sent: dict[str, Any] = {"idempotencyKey": KEY, "referral": adult_referral()}

    payloads = await asyncio.gather(*(officer.do(SUBMIT, **sent) for _ in range(4)))

    assert all(payload["problem"] is None for payload in payloads), payloads
    assert len({payload["case"]["id"] for payload in payloads}) == 1
    rows = await counted(platform)
    assert (rows["record"], rows["referral"], rows["idempotency"]) == (1, 1, 1)
    assert await platform.deliver() == 1


async def test_two_referrals_of_one_concern_at_once_make_one(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    school, council = await platform.sign_in("eps-1"), await platform.sign_in("lcc-1")
    concern = await open_concern(school)

    payloads = await asyncio.gather(*(refer_from(council, concern) for _ in range(3)))

    assert sum(payload["problem"] is None for payload in payloads) == 1
    codes = {payload["problem"]["code"] for payload in payloads if payload["problem"]}
    assert codes <= {"NOT_A_CONCERN", "VERSION_MOVED"}
    assert (await counted(platform))["referral"] == 1


async def test_assigning_referring_and_closing_at_once_end_in_one_order(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    school, council = await platform.sign_in("eps-1"), await platform.sign_in("lcc-1")
    manager = await id_of(council, "Farid Invented")

    for _ in range(3):
        concern = await seen(council, await open_concern(school))
        assigned, referred, closed = await asyncio.gather(
            assign(council, concern, memberId=manager), refer_from(council, concern), close(school, concern)
        )
        view = await seen(council, concern)
        assert "Farid Invented" in {given["name"] for given in view["assignments"]} or assigned["problem"]
        assert (referred["problem"] is None) != (closed["problem"] is None), (referred, closed)
        stage = "CLOSED" if closed["problem"] is None else "AWAITING_REASONABLE_GROUNDS"
        assert view["stage"] == stage
        assert (
            await platform.admin.fetchval("SELECT count(*) FROM referral WHERE record_id = $1", raw_id(view["id"]))
        ) == (stage != "CLOSED")


async def test_of_two_who_assign_at_the_same_version_one_is_told_to_read_again(platform: Platform) -> None:
    officer, manager = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-4")
    case = await refer(officer)
    ben, dan = await id_of(officer, "PC Ben Invented"), await id_of(officer, "DI Dan Invented")

    payloads = await asyncio.gather(assign(officer, case, memberId=ben), assign(manager, case, memberId=dan))

    problems = [payload["problem"] for payload in payloads if payload["problem"]]
    assert [problem["code"] for problem in problems] == ["VERSION_MOVED"]
    assert len((await seen(officer, case))["assignments"]) == 2


class _KilledError(Exception):
    """The worker is gone, in the middle of its work."""


async def _killed_after(platform: Platform, deliveries: int) -> None:
    async with platform.tools.enter(WORKER_SECRET) as reading:
        assert reading is not None
        await store.deliver(reading, deliveries)
        raise _KilledError


async def _as_the_worker_does(platform: Platform) -> None:
    """One batch; a worker that was overtaken looks again."""
    while True:
        try:
            if not await worker.deliver(platform.tools, WORKER_SECRET):
                return
        except Exception as error:
            if not lost_a_race(error):
                raise


async def test_t58_notices_arrive_exactly_once_however_often_workers_are_killed(platform: Platform) -> None:
    school, council = await platform.sign_in("eps-1"), await platform.sign_in("lcc-1")
    intents = [str(uuid4()) for _ in range(12)]
    for key in intents:
        assert (await school.do(OPEN, idempotencyKey=key, concern=CONCERN))["problem"] is None

    for killed in range(20):
        with pytest.raises(_KilledError):
            await _killed_after(platform, killed)
    assert await inbox(council) == []
    await asyncio.gather(*(_as_the_worker_does(platform) for _ in range(3)))

    notices = await inbox(council)
    assert len(notices) == len(intents)
    assert len({notice["record"]["reference"] for notice in notices}) == len(intents)
    assert await platform.deliver() == 0
    assert len(await inbox(council)) == len(intents)


async def test_two_people_of_one_agency_may_use_the_same_key(platform: Platform) -> None:
    asha, ben = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-2")
    key = str(uuid4())

    cases = [(await refer(who, idempotencyKey=key))["reference"] for who in (asha, ben)]

    assert len(set(cases)) == 2
