"""One case from referral to outcome, as it went in 2012, in 2014 and in 2021 and as it goes today: by the words, the
days, the authorities and the ways out of its time, through HTTP."""

from typing import Any

import pytest

from tests.journeys.test_protection import protection, shown
from tests.world.deciding import REASONS, decide, done, due, look, propose, referred, step, unchanged
from tests.world.forms import adult_referral, child_referral
from tests.world.next_steps import leave_of, read, wish
from tests.world.platform import Platform
from tests.world.stories import assign, id_of, kinds, refer
from tests.world.stories import seen as seen_by

pytestmark = pytest.mark.anyio

LETTERS = "SELECT addressee, matter FROM letter WHERE addressee IN ('person', 'first_responder') ORDER BY 1, 2"
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


async def decided_by_the_centre(
    platform: Platform, received: str, decided: str, concluded: str, **changes: Any
) -> tuple[dict[str, Any], list[str]]:
    """A referral by police with both decisions positive, and the last days of the clocks on the way."""
    await the_authority_was(platform, "ukhtc", "UK Human Trafficking Centre")
    case = await referred(platform, received, **changes)
    await platform.deliver()
    days = [due(await look(await platform.sign_in("sca-1"), case), "reasonable_grounds")]
    await platform.set_clock(decided)
    seen = await decide(platform, case)
    assert [one["authority"]["name"] for one in seen["decisions"]["entries"]] == ["UK Human Trafficking Centre"]
    days.append(due(seen, "recovery_period"))
    await platform.set_clock(concluded)
    seen = await decide(platform, case, kind="CONCLUSIVE_GROUNDS")
    assert seen["stage"] == "DECIDED"
    assert "more likely than not" in (await words_of(platform, case))[-1]
    await platform.deliver()
    officer = await platform.sign_in("wyp-1")
    told = (await look(officer, case))["decisions"]["entries"]
    assert [one["outcome"] for one in told] == ["POSITIVE", "POSITIVE"]
    assert (await kinds(officer)).count("DECISION_ISSUED") == 2
    decisions = ("conclusive_grounds_positive", "reasonable_grounds_positive")
    letters = [tuple(row) for row in await platform.admin.fetch(LETTERS)]
    assert letters == [(who, matter) for who in ("first_responder", "person") for matter in decisions]
    return case, days


async def test_an_adult_of_2012_is_decided_on_by_the_centre_and_goes_home(platform: Platform) -> None:
    """A signed form; "suspects but cannot prove"; at least 45 days; home by the scheme of the day."""
    times = ("2012-02-14T10:00+00:00", "2012-02-20T11:00+00:00", "2012-04-10T11:00+01:00")
    identity = adult_referral()["identity"] | {"nationality": "Nigerian"}
    case, days = await decided_by_the_centre(platform, *times, identity=identity)
    assert days == ["2012-02-21", "2012-04-05"]
    assert "suspect but cannot prove" in (await words_of(platform, case))[0]

    officer = await platform.sign_in("wyp-1")
    await wish(officer, case, "RETURN_HOME", said_on="2012-04-10")
    await done(officer, "arrangeNextStep", case, what="RETURN", parts=["FLIGHT", "ONWARD_TRAVEL", "PARTNERS"])
    home = (await read(officer, case))["wishes"]["steps"][-1]
    assert home["scheme"] == "Assisted Voluntary Return of Irregular Migrants (AVRIM)"
    assert home["parts"] == ["FLIGHT", "ONWARD_TRAVEL", "PARTNERS"]


async def test_an_adult_of_2014_is_decided_on_by_the_centre_and_works_with_police(platform: Platform) -> None:
    """The same authority within the NCA; "believe but cannot prove"; one year to help police, extended if required."""
    times = ("2014-06-10T10:00+01:00", "2014-06-16T11:00+01:00", "2014-08-05T11:00+01:00")
    identity = adult_referral()["identity"] | {"nationality": "Nigerian"}
    case, days = await decided_by_the_centre(platform, *times, identity=identity)
    assert days == ["2014-06-17", "2014-07-31"]
    assert "believe but cannot prove" in (await words_of(platform, case))[0]

    maker = await platform.sign_in("sca-1")
    (asked,) = await leave_of(maker, case)
    assert (asked["kind"], asked["question"]) == ("LEAVE_CONSIDERED", "OPENS")
    await wish(await platform.sign_in("wyp-1"), case, "WORK_WITH_POLICE", said_on="2014-08-05")
    await done(await platform.sign_in("wyp-3"), "recordCooperation", case, cooperates=True)
    year = {"grounds": ["COOPERATION"], "until": "2015-08-05"}
    await done(maker, "decideLeave", case, outcome="GRANTED", **year)
    await platform.set_clock("2015-07-20T11:00+01:00")
    maker = await platform.sign_in("sca-1")
    await done(maker, "decideLeave", case, outcome="EXTENDED", **(year | {"until": "2016-07-20"}))
    assert [one["kind"] for one in (await leave_of(maker, case))[1:]] == ["LEAVE_GRANTED", "LEAVE_EXTENDED"]


async def child_of_2021(platform: Platform) -> dict[str, Any]:
    await platform.set_clock("2021-03-01T10:00+00:00")
    account = child_referral()["account"] | {"whatHappened": "Carried drugs for others."}
    referrer = child_referral()["referrer"] | {"explainedOn": "2021-03-01"}
    identity = child_referral()["identity"] | {"nationality": "Vietnamese"}
    form = child_referral(account=account, referrer=referrer, identity=identity)
    case = await refer(await platform.sign_in("lcc-1"), form)
    await platform.deliver()
    seen = await look(await platform.sign_in("sca-1"), case)
    assert due(seen, "reasonable_grounds") == "2021-03-08"
    assert "CHILD_REFERRAL" in await kinds(await platform.sign_in("wyp-3")), "police are told at once"
    return case


async def test_a_child_of_2021_is_decided_on_by_the_single_authority(platform: Platform) -> None:
    case = await child_of_2021(platform)

    await platform.set_clock("2021-03-04T11:00+00:00")
    seen = await decide(platform, case, **CHILD)
    assert due(seen, "recovery_period") == "2021-04-18"
    assert "suspect but cannot prove" in (await words_of(platform, case))[0]

    await platform.set_clock("2021-05-04T11:00+01:00")
    seen = await decide(platform, case, kind="CONCLUSIVE_GROUNDS", **CHILD)
    assert (seen["stage"], seen["lead"]["name"]) == ("DECIDED", "Leeds City Council")
    maker = await platform.sign_in("sca-1")
    leave = {"outcome": "GRANTED", "grounds": ["BEST_INTERESTS"], "until": "2024-05-04"}
    before = await unchanged(platform)
    assert (await step(maker, "decideLeave", case, **leave))["problem"]["problems"][0]["path"] == "bestInterests"
    assert await unchanged(platform) == before
    await done(maker, "decideLeave", case, **leave, bestInterests="To stay with her foster family and at her school.")
    considered, granted = await leave_of(maker, case)
    assert (considered["question"], granted["kind"], granted["until"]) == ("OPENS", "LEAVE_GRANTED", "2024-05-04")


async def test_for_a_child_who_was_not_believed_in_2021_the_decision_is_asked_anew_and_a_solicitor_found(
    platform: Platform,
) -> None:
    case = await child_of_2021(platform)
    await platform.set_clock("2021-03-04T11:00+00:00")
    alone = await propose(await platform.sign_in("sca-1"), case, "NEGATIVE", grounds=["CREDIBILITY"], **CHILD)
    assert alone["problem"]["problems"][0]["path"] == "grounds"
    await decide(platform, case, "NEGATIVE", **CHILD)

    await platform.set_clock("2021-03-05T11:00+00:00")
    worker = await platform.sign_in("lcc-1")
    await done(worker, "arrangeNextStep", case, what="SOLICITOR", organisation="Invented Children's Law LLP")
    await done(worker, "askForReconsideration", case, grounds=["NEW_EVIDENCE"])
    maker = await platform.sign_in("sca-1")
    given, team = await seen_by(maker, case), await id_of(maker, team="Reconsiderations")
    assert (await assign(maker, given, teamId=team, reason="Asked anew."))["problem"] is None
    await done(await platform.sign_in("sca-4"), "answerReconsideration", case, isAccepted=True)
    seen = await decide(platform, case, by="sca-4", second="sca-5", **CHILD)
    outcomes = [one["outcome"] for one in seen["decisions"]["entries"]]
    assert outcomes == ["NEGATIVE", "POSITIVE"]
    assert due(seen, "recovery_period") == "2021-04-19"


async def test_an_adult_of_today_is_referred_decided_on_and_protected(platform: Platform) -> None:
    case = await referred(platform, "2026-05-20T10:00+01:00")
    await platform.deliver()
    seen = await look(await platform.sign_in("sca-1"), case)
    assert due(seen, "reasonable_grounds") == "2026-05-28", "a bank holiday stands between"

    await platform.set_clock("2026-05-27T11:00+01:00")
    seen = await decide(platform, case)
    assert due(seen, "recovery_period") == "2026-06-25", "the day of the decision is the first of thirty"
    assert "general and specific evidence" in (await words_of(platform, case))[0]

    assert (await shown(platform, case))["problem"] is None
    told = await protection(await platform.sign_in("epu-1"), case)
    assert told == {"isProtected": True, "since": "2026-05-27", "atLeastUntil": "2026-06-25"}

    await platform.set_clock("2026-06-30T11:00+01:00")
    told = await protection(await platform.sign_in("epu-1"), case)
    assert told == {"isProtected": True, "since": "2026-05-27", "atLeastUntil": "2026-06-30"}, "until the decision"
    seen = await decide(platform, case, kind="CONCLUSIVE_GROUNDS")
    assert seen["stage"] == "DECIDED"
    assert due(seen, "move_on_after_positive") == "2026-08-14"
