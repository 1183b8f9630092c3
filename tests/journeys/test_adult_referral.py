"""An adult is referred by the police, late on a Friday before a bank holiday."""

import pytest

from tests.world.forms import adult_referral
from tests.world.platform import Platform

pytestmark = pytest.mark.anyio

SUBMIT = """
mutation ($input: SubmitReferralInput!) {
  submitReferral(input: $input) {
    case { id reference stage version }
    problem { __typename ... on Invalid { problems { path code message remedy } } ... on Refused { message } }
  }
}
"""


async def test_a_police_officer_refers_and_the_decision_maker_sees_when_it_is_due(platform: Platform) -> None:
    await platform.set_clock("2026-05-22T23:59+01:00")
    officer = await platform.sign_in("wyp-1")

    payload = await officer.do(SUBMIT, referral=adult_referral())

    assert payload["problem"] is None, payload
    assert payload["case"]["stage"] == "AWAITING_REASONABLE_GROUNDS"
