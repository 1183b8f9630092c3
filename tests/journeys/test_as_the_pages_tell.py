"""One case from referral to outcome, as it went in 2012, in 2014 and in 2021 and as it goes today: by the words, the
days and the authorities of its time, through HTTP."""

import pytest

from tests.world.deciding import REASONS, clock, decide, due, look, referred
from tests.world.forms import child_referral
from tests.world.platform import Platform
from tests.world.stories import refer

pytestmark = pytest.mark.anyio

CHILD = {"childsViews": "She wants to stay at her school.", "bestInterests": "To be safe from those who sent her."}


async def the_authority_was(platform: Platform, code: str, name: str) -> None:
    """The people of the demo's authority work for the one of that time, since the beginning of the mechanism."""
    admin = platform.admin
    await admin.execute("UPDATE agency SET code = code || '-2', name = name || ' (empty)' WHERE code = $1", code)
    await admin.execute("UPDATE agency SET code = $1, name = $2 WHERE code = 'sca'", code, name)
    await admin.execute(
        "UPDATE agency_function f SET valid_from = '2009-04-01' FROM agency a WHERE a.id = f.agency_id AND a.code = $1",
        code,
    )
    await admin.execute(
        "UPDATE member_function f SET valid_from = '2009-04-01' FROM member m JOIN agency a ON a.id = m.agency_id "
        "WHERE m.id = f.member_id AND a.code = $1", code,
    )  # fmt: skip


async def words_of(platform: Platform, case: dict[str, str]) -> list[str]:
    found = (await (await platform.sign_in("sca-1")).ask(REASONS, reference=case["reference"]))["case"]
    return [one["test"] for one in found["decisionReasons"]["entries"]]


@pytest.mark.parametrize(
    ("received", "decided", "first_due", "last_day", "concluded", "words"),
    [
        # 2012: a signed form to the UKHTC; "suspects but cannot prove"; at least 45 days.
        ("2012-02-14T10:00+00:00", "2012-02-20T11:00+00:00", "2012-02-21", "2012-04-05", "2012-04-10T11:00+01:00",
         "suspect but cannot prove"),
        # 2014: the same authority within the NCA; "believe but cannot prove".
        ("2014-06-10T10:00+01:00", "2014-06-16T11:00+01:00", "2014-06-17", "2014-07-31", "2014-08-05T11:00+01:00",
         "believe but cannot prove"),
    ],
    ids=["2012", "2014"],
)  # fmt: skip
async def test_an_adult_is_decided_on_by_the_centre(
    platform: Platform, received: str, decided: str, first_due: str, last_day: str, concluded: str, words: str
) -> None:
    await the_authority_was(platform, "ukhtc", "UK Human Trafficking Centre")
    case = await referred(platform, received)
    await platform.deliver()
    seen = await look(await platform.sign_in("sca-1"), case)
    assert due(seen, "reasonable_grounds") == first_due

    await platform.set_clock(decided)
    seen = await decide(platform, case)
    assert [one["authority"]["name"] for one in seen["decisions"]["entries"]] == ["UK Human Trafficking Centre"]
    assert due(seen, "recovery_period") == last_day
    assert words in (await words_of(platform, case))[0]

    await platform.set_clock(concluded)
    seen = await decide(platform, case, kind="CONCLUSIVE_GROUNDS")
    assert seen["stage"] == "DECIDED"
    assert "more likely than not" in (await words_of(platform, case))[-1]
    officer = await look(await platform.sign_in("wyp-1"), case)
    assert [one["outcome"] for one in officer["decisions"]["entries"]] == ["POSITIVE", "POSITIVE"]


async def test_a_child_of_2021_is_decided_on_by_the_single_authority(platform: Platform) -> None:
    await platform.set_clock("2021-03-01T10:00+00:00")
    worker = await platform.sign_in("lcc-1")
    account = child_referral()["account"] | {"whatHappened": "Carried drugs for others."}
    referrer = child_referral()["referrer"] | {"explainedOn": "2021-03-01"}
    case = await refer(worker, child_referral(account=account, referrer=referrer))
    await platform.deliver()
    seen = await look(await platform.sign_in("sca-1"), case)
    assert due(seen, "reasonable_grounds") == "2021-03-08"
    assert clock(await look(worker, case), "reasonable_grounds") is not None

    await platform.set_clock("2021-03-04T11:00+00:00")
    seen = await decide(platform, case, **CHILD)
    assert due(seen, "recovery_period") == "2021-04-18"
    assert "suspect but cannot prove" in (await words_of(platform, case))[0]

    await platform.set_clock("2021-05-04T11:00+01:00")
    seen = await decide(platform, case, kind="CONCLUSIVE_GROUNDS", **CHILD)
    assert (seen["stage"], seen["lead"]["name"]) == ("DECIDED", "Leeds City Council")


async def test_an_adult_of_today_is_referred_decided_on_and_protected(platform: Platform) -> None:
    case = await referred(platform, "2026-05-20T10:00+01:00")
    await platform.deliver()
    seen = await look(await platform.sign_in("sca-1"), case)
    assert due(seen, "reasonable_grounds") == "2026-05-28", "a bank holiday stands between"

    await platform.set_clock("2026-05-27T11:00+01:00")
    seen = await decide(platform, case)
    assert due(seen, "recovery_period") == "2026-06-25", "the day of the decision is the first of thirty"
    assert "general and specific evidence" in (await words_of(platform, case))[0]

    await platform.set_clock("2026-06-30T11:00+01:00")
    seen = await decide(platform, case, kind="CONCLUSIVE_GROUNDS")
    assert seen["stage"] == "DECIDED"
    assert due(seen, "move_on_after_positive") == "2026-08-14"
