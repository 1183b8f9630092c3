"""A record can be restricted to its named readers, at once, and nobody's work is left to nobody."""

import pytest

from tests.world.limits import LIFT, RESTRICT, WHY, limits, police_approver, refusal
from tests.world.platform import Platform
from tests.world.stories import assign, id_of, look, refer, seen, worklist

pytestmark = pytest.mark.anyio


async def test_only_named_readers_know_of_it_then_and_each_agency_keeps_somebody(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await seen(officer, await refer(officer))
    inspector = await police_approver(platform)
    payload = await inspector.do(RESTRICT, reference=case["reference"], **WHY)

    assert (payload["problem"], payload["limits"]["isRestricted"]) == (None, True)
    readers = {s for s in ("wyp-1", "wyp-2", "wyp-3", "sca-1", "sca-2") if await look(await platform.sign_in(s), case)}
    assert readers == {"wyp-1", "sca-2"}, "who was named, and the manager of the authority's team"
    assert await look(inspector, case) is not None
    detective = await platform.sign_in("wyp-4")  # the inspector at the other desk, whose team had it
    assert await look(detective, case) is not None
    assert await worklist(await platform.sign_in("sca-1"), "AGENCY") == []


async def test_a_named_reader_names_others(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await seen(officer, await refer(officer))
    await (await police_approver(platform)).do(RESTRICT, reference=case["reference"], **WHY)
    manager, decider = await platform.sign_in("sca-2"), await platform.sign_in("sca-1")
    known = await seen(manager, case)
    given = await assign(manager, known, memberId=await id_of(manager, "Hugo Invented"))

    assert given["problem"] is None
    assert await look(decider, case) is not None


async def test_lifting_it_makes_it_known_again(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await seen(officer, await refer(officer))
    inspector = await police_approver(platform)
    await inspector.do(RESTRICT, reference=case["reference"], **WHY)
    assert refusal(await inspector.do(RESTRICT, reference=case["reference"], **WHY)) == "SO_ALREADY"
    lifted = await inspector.do(LIFT, reference=case["reference"], **WHY)

    assert lifted["limits"]["isRestricted"] is False
    assert refusal(await inspector.do(LIFT, reference=case["reference"], **WHY)) == "SO_ALREADY"
    assert await look(await platform.sign_in("sca-1"), case) is not None


async def test_nobody_but_the_leads_approver_restricts_or_lifts(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await seen(officer, await refer(officer))
    sent = {"reference": case["reference"], **WHY}
    for subject, answer in {
        "wyp-1": "Refused", "sca-2": "Refused", "wyp-ig": "NotFound", "exh-1": "NotFound", "wyp-5": "NotFound",
    }.items():  # fmt: skip
        who = await platform.sign_in(subject)
        for mutation in (RESTRICT, LIFT):
            assert refusal(await who.do(mutation, **sent)) == answer, subject
    assert not await platform.admin.fetchval("SELECT bool_or(restricted) FROM record")
    inspector = await police_approver(platform)
    assert refusal(await inspector.do(RESTRICT, reference=case["reference"], reason="")) == "Invalid"
    assert (await limits(inspector, case) or {})["isRestricted"] is False
