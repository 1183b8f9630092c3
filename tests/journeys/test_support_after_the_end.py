"""Somebody whom a decision turned away wants support: that is kept, and nobody is brought in while it stands."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.world.arrivals import participants
from tests.world.deciding import TAKEN_BACK, decide, done, referred
from tests.world.next_steps import found_to_be_a_victim, read, wish
from tests.world.platform import Platform
from tests.world.stories import assign, counted, id_of, inbox, kinds, seen

pytestmark = pytest.mark.anyio
JUNE = "2026-06-22T10:00+01:00"
PARTS = {
    "facts": "Convicted.",
    "threat": "Low.",
    "recoveryNeeds": "Some.",
    "retraffickingRisk": "High.",
    "balance": "Weighed.",
    "toldOn": "2026-05-20",
}
LED_TO = """SELECT id, kind, function FROM outbox UNION SELECT id, relation, function FROM involvement
  UNION SELECT NULL, kind, value FROM case_fact"""
OTHERS = {"by": "sca-4", "second": "sca-5"}


async def wants_support(platform: Platform, case: Mapping[str, Any]) -> dict[str, Any]:
    """The payload of the wish, as the referring officer records it on the day of the clock."""
    day = await platform.admin.fetchval("SELECT to_char(london_today(), 'YYYY-MM-DD')")
    return await wish(await platform.sign_in("wyp-1"), case, "HAVE_SUPPORT", said_on=day)


async def kept_and_nobody_brought_in(platform: Platform, case: Mapping[str, Any]) -> None:
    """The wish stands beside what was said before; nobody else has the case, and the authority alone is told."""
    before = await platform.admin.fetch(LED_TO)
    assert (await wants_support(platform, case))["problem"] is None
    (said,) = (await read(await platform.sign_in("wyp-1"), case))["wishes"]["steps"][-1:]
    assert (said["kind"], said["wants"]) == ("WISH_RECORDED", ["HAVE_SUPPORT"])
    new = [tuple(row) for row in await platform.admin.fetch(LED_TO) if row not in before]
    assert [row[1:] for row in new] == [("what_next_recorded", "decision_maker")]
    await platform.deliver()
    assert "support_intake" not in await participants(platform, case["reference"])
    assert await inbox(await platform.sign_in("tsa-1")) == []


async def brought_in(platform: Platform, case: Mapping[str, Any]) -> None:
    """The same words bring in whoever supports."""
    assert (await wants_support(platform, case))["problem"] is None
    assert (await participants(platform, case["reference"]))["support_intake"] == "the-salvation-army"
    await platform.deliver()
    assert await kinds(await platform.sign_in("tsa-1")) == ["SUPPORT_WANTED"]


async def for_others(platform: Platform, case: Mapping[str, Any]) -> None:
    """People of the authority who did not decide have the case from now on as well."""
    maker = await platform.sign_in("sca-1")
    team = await id_of(maker, team="Reconsiderations")
    payload = await assign(maker, await seen(maker, case), teamId=team, reason="For a reconsideration.")
    assert payload["problem"] is None


async def test_a_negative_first_decision_until_it_is_made_anew(platform: Platform) -> None:
    case = await referred(platform)
    await decide(platform, case, "NEGATIVE")
    await kept_and_nobody_brought_in(platform, case)
    await for_others(platform, case)
    officer = await platform.sign_in("wyp-1")
    await platform.set_clock("2026-05-20T10:05+01:00")
    await done(officer, "askForReconsideration", case, grounds=["NEW_EVIDENCE"])
    await kept_and_nobody_brought_in(platform, case)  # to ask changes nothing
    await done(await platform.sign_in("sca-4"), "answerReconsideration", case, isAccepted=True)
    await brought_in(platform, case)


async def test_a_decision_made_anew_and_negative_once_more(platform: Platform) -> None:
    case = await referred(platform)
    await decide(platform, case, "NEGATIVE")
    await for_others(platform, case)
    await done(await platform.sign_in("wyp-1"), "askForReconsideration", case, grounds=["NEW_EVIDENCE"])
    await done(await platform.sign_in("sca-4"), "answerReconsideration", case, isAccepted=True)
    await platform.set_clock("2026-05-20T10:05+01:00")
    await decide(platform, case, "NEGATIVE", **OTHERS)
    await kept_and_nobody_brought_in(platform, case)


async def test_a_negative_conclusive_decision_until_a_court_quashes_it(platform: Platform) -> None:
    case = await referred(platform)
    await decide(platform, case)
    await platform.set_clock(JUNE)
    await decide(platform, case, "NEGATIVE", kind="CONCLUSIVE_GROUNDS")
    await kept_and_nobody_brought_in(platform, case)
    maker = await platform.sign_in("sca-1")
    await done(maker, "recordJudicialReview", case, courtReference="CO/1/2026", broughtOn="2026-06-22")
    await kept_and_nobody_brought_in(platform, case)  # nor does a claim
    await done(maker, "recordReviewOutcome", case, outcome="QUASHED")
    await brought_in(platform, case)


async def test_a_positive_conclusive_decision_until_it_is_revoked(platform: Platform) -> None:
    case = await found_to_be_a_victim(platform)
    await for_others(platform, case)
    await done(await platform.sign_in("sca-5"), "revokeDecision", case, **TAKEN_BACK)
    await kept_and_nobody_brought_in(platform, case)


async def test_somebody_who_was_found_to_be_a_victim_has_support(platform: Platform) -> None:
    await brought_in(platform, await found_to_be_a_victim(platform))


async def test_a_disqualification_until_it_is_lifted(platform: Platform) -> None:
    case = await referred(platform)
    await decide(platform, case)
    maker, other = await platform.sign_in("sca-1"), await platform.sign_in("sca-2")
    await done(maker, "weighDisqualification", case, ground="PUBLIC_ORDER")
    await done(other, "decideDisqualification", case, isDisqualified=True, **PARTS)
    await kept_and_nobody_brought_in(platform, case)
    await done(other, "weighDisqualification", case, ground="PUBLIC_ORDER")
    await kept_and_nobody_brought_in(platform, case)  # it stands while it is weighed once more
    await done(maker, "decideDisqualification", case, isDisqualified=False)
    await brought_in(platform, case)


async def test_whom_nobody_has_disqualified_yet_is_supported(platform: Platform) -> None:
    case = await referred(platform)
    await decide(platform, case)
    await done(await platform.sign_in("sca-1"), "weighDisqualification", case, ground="PUBLIC_ORDER")
    await brought_in(platform, case)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("recordWithdrawal", {"statement": {"form": "WRITTEN", "saidOn": "2026-05-20"}}),
        ("endCase", {"reason": "REFERRED_ELSEWHERE"}),
    ],
)
async def test_a_case_that_has_ended_says_to_refer_once_more(
    platform: Platform, name: str, said: dict[str, Any]
) -> None:
    case = await referred(platform)
    await done(await platform.sign_in("sca-1"), name, case, **said)
    await platform.deliver()
    before = await counted(platform)
    problem = (await wants_support(platform, case))["problem"]
    assert (problem["code"], problem["remedy"]) == ("CASE_ENDED", "Open a new referral if there is one.")
    await platform.deliver()
    assert await counted(platform) == before
    assert await inbox(await platform.sign_in("tsa-1")) == []
