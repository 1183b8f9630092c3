"""Pairs that one person may never hold together are refused when proposed, and again when approved."""

import pytest

from tests.world.administering import agreed, decide, people, problem_of, propose, proposed, rights
from tests.world.platform import Platform

pytestmark = pytest.mark.anyio
ADMINISTRATORS = """
    INSERT INTO agency_function (agency_id, function, valid_from)
    SELECT id, 'home_office_operations', DATE '2020-01-01' FROM agency WHERE code = 'sca'
"""
MAKE_ADMINISTRATORS = """
    UPDATE member_function SET access_level = 'administrator' WHERE function = 'duty_to_notify_recording'
    AND member_id IN (SELECT id FROM member WHERE subject IN ('sca-2', 'sca-3'))
"""


async def test_a_decision_maker_is_never_given_enforcement(platform: Platform) -> None:
    await platform.set_clock("2026-05-01T09:00+01:00")
    await platform.admin.execute(ADMINISTRATORS)
    await platform.admin.execute(MAKE_ADMINISTRATORS)
    await platform.admin.execute(
        "UPDATE member_function SET valid_until = '2026-01-01' WHERE function = 'decision_maker'"
        " AND member_id IN (SELECT id FROM member WHERE subject = 'sca-2')"
    )
    iris, joao = await platform.sign_in("sca-2"), await platform.sign_in("sca-3")
    hugo = (await people(iris))["Hugo Invented"]["id"]
    enforcing = {"memberId": hugo, "function": "HOME_OFFICE_OPERATIONS", "accessLevel": "PRACTITIONER"}
    before = await rights(platform)
    assert problem_of(await propose(iris, giveFunction=enforcing)) == ("Invalid", "incompatible")
    assert await rights(platform) == before

    new = {"provider": "sca", "subject": "sca-9", "name": "Petra Invented", "accessLevel": "PRACTITIONER"}
    await agreed(iris, joao, addMember=new | {"function": "DUTY_TO_NOTIFY_RECORDING"})
    petra = (await people(iris))["Petra Invented"]["id"]
    both = [{"memberId": petra, "function": f, "accessLevel": "PRACTITIONER"} for f in
            ("HOME_OFFICE_OPERATIONS", "DECISION_MAKER")]  # fmt: skip
    first, second = [await proposed(iris, giveFunction=wanted) for wanted in both]
    assert (await decide(joao, first))["problem"] is None
    before = await rights(platform)
    assert problem_of(await decide(joao, second)) == ("Invalid", "incompatible"), "judged again, with what came since"
    assert await rights(platform) == before
