"""What happens next: the person's own wishes, the question of leave by facts and the day, the way home, and where a
negative decision leads. None of it touches support."""

from typing import Any

import pytest

from tests.world import stories
from tests.world.deciding import decide, done, referred, step, unchanged
from tests.world.forms import adult_referral
from tests.world.next_steps import found_to_be_a_victim, leave_of, read, wish
from tests.world.platform import Platform

pytestmark = pytest.mark.anyio

PERSON = adult_referral()["identity"]


def supported(**changes: Any) -> dict[str, Any]:
    """An adult who wants support."""
    contact = adult_referral()["contact"] | {"supportContact": "PHONE"}
    return {"supportPlan": {"wanted": True}, "contact": contact} | changes


async def test_wishes_are_dated_and_none_replaces_another(platform: Platform) -> None:
    case = await referred(platform)
    officer = await platform.sign_in("wyp-1")
    assert (await wish(officer, case, "UNDECIDED", said_on="2026-05-20"))["problem"] is None
    await platform.set_clock("2026-05-22T10:00+01:00")
    officer = await platform.sign_in("wyp-1")
    assert (await wish(officer, case, "RETURN_HOME", "SEE_A_SOLICITOR", said_on="2026-05-21"))["problem"] is None
    kept = (await read(officer, case))["wishes"]["steps"]
    assert [(one["wants"], one["saidOn"]) for one in kept] == [
        (["UNDECIDED"], "2026-05-20"),
        (["RETURN_HOME", "SEE_A_SOLICITOR"], "2026-05-21"),
    ]
    authority = await platform.sign_in("sca-1")
    assert (await read(authority, case))["wishes"]["steps"] == kept  # what happens next depends on them
    await platform.deliver()
    assert "WHAT_NEXT_RECORDED" in await stories.kinds(authority)
    before = await unchanged(platform)
    for wants, said_on, path in (((), "2026-05-22", "wants"), (("OTHER", "OTHER"), "2026-05-22", "wants")):
        problem = (await wish(officer, case, *wants, said_on=said_on))["problem"]
        assert problem["problems"][0]["path"] == path
    assert (await wish(officer, case, "OTHER", said_on="2026-05-23"))["problem"]["problems"][0]["path"] == "saidOn"
    police = await platform.sign_in("wyp-3")
    assert (await wish(police, case, "WORK_WITH_POLICE", said_on="2026-05-22"))["problem"]["__typename"] == "Refused"
    assert (await read(police, case))["wishes"]["__typename"] == "Withheld"
    assert await unchanged(platform) == before


@pytest.mark.parametrize(
    ("first", "second", "question", "row"),
    [
        ("2022-11-01", "2023-01-27", "OPENS", "leave-question-without-leave-2013-04-01"),
        ("2022-11-01", "2023-01-30", "OPENS", "leave-question-without-leave-2023-01-30"),
    ],
)
async def test_leave_is_considered_by_itself_by_the_row_of_the_day(
    platform: Platform, first: str, second: str, question: str, row: str
) -> None:
    case = await found_to_be_a_victim(platform, first, second)
    maker = await platform.sign_in("sca-1")
    (considered,) = await leave_of(maker, case)
    assert (considered["kind"], considered["question"], considered["regimeRows"]) == (
        "LEAVE_CONSIDERED",
        question,
        [row],
    )


async def test_a_change_of_status_raises_the_question_anew(platform: Platform) -> None:
    case = await found_to_be_a_victim(platform)
    maker = await platform.sign_in("sca-1")
    await done(maker, "recordStatus", case, fact="LEAVE_HELD", since="2026-01-01", until="2026-12-31")
    await done(maker, "recordStatus", case, fact="ASYLUM_CLAIMED", since="2026-06-01")
    asked = [(one["question"], one["circumstance"]) for one in await leave_of(maker, case)]
    assert asked == [("OPENS", "WITHOUT_LEAVE"), ("STAYS_CLOSED", "HAS_LEAVE"), ("STAYS_CLOSED", "HAS_LEAVE")]
    facts = (await read(maker, case))["immigration"]["steps"]
    assert [(one["kind"], one["until"]) for one in facts] == [("LEAVE_HELD", "2026-12-31"), ("ASYLUM_CLAIMED", None)]
    for who in ("tsa-1", "wyp-3", "lcc-1"):  # status is not for those who help or investigate
        seen = await (await platform.sign_in(who)).ask(
            "query ($reference: String) { case(reference: $reference) { immigration { __typename } } }",
            reference=case["reference"],
        )
        hidden = (seen["case"] or {}).get("immigration") or {}  # nothing, a summary or withheld
        assert hidden.get("__typename") != "Immigration"


async def test_leave_on_the_grounds_and_for_the_time_of_the_day(platform: Platform) -> None:
    case = await found_to_be_a_victim(platform)
    maker = await platform.sign_in("sca-1")
    before = await unchanged(platform)
    for sent, path in (
        ({"grounds": [], "until": "2027-01-01"}, "grounds"),
        ({"grounds": ["RECOVERY"]}, "until"),
        ({"grounds": ["PERSONAL_CIRCUMSTANCES"], "until": "2027-01-01"}, "grounds.0"),  # of the scheme before
        ({"grounds": ["COOPERATION"], "until": "2027-01-01"}, "grounds.0"),  # nobody confirmed it
        ({"grounds": ["COMPENSATION"], "until": "2027-01-01"}, "grounds.0"),  # nobody seeks it
        ({"grounds": ["BEST_INTERESTS"], "until": "2027-01-01"}, "grounds.0"),  # no child
        ({"grounds": ["RECOVERY"], "until": "2028-12-23"}, "until"),  # thirty months and a day
        ({"grounds": ["RECOVERY"], "until": "2026-06-22"}, "until"),
    ):
        tried = await step(maker, "decideLeave", case, outcome="GRANTED", **sent)
        assert tried["problem"]["problems"][0]["path"] == path, sent
    assert (await step(await platform.sign_in("wyp-1"), "decideLeave", case, outcome="REFUSED", grounds=[]))["problem"][
        "__typename"
    ] == "Refused"
    assert await unchanged(platform) == before
    await done(maker, "decideLeave", case, outcome="GRANTED", grounds=["RECOVERY"], until="2028-12-22")
    await done(await platform.sign_in("wyp-3"), "recordCooperation", case, cooperates=True)
    maker = await platform.sign_in("sca-1")
    again = await step(maker, "decideLeave", case, outcome="GRANTED", grounds=["RECOVERY"], until="2028-01-01")
    assert again["problem"]["problems"][0]["path"] == "outcome"
    await done(maker, "decideLeave", case, outcome="EXTENDED", grounds=["COOPERATION"], until="2028-12-20")
    granted, extended = (await leave_of(maker, case))[1:]
    assert (granted["kind"], granted["regimeRows"]) == ("LEAVE_GRANTED", ["leave-temporary-recovery-2023-01-30"])
    assert (extended["kind"], extended["until"]) == ("LEAVE_EXTENDED", "2028-12-20")


async def test_the_year_of_before_for_working_with_police_and_only_once_police_confirm_it(platform: Platform) -> None:
    case = await found_to_be_a_victim(platform, "2022-03-01", "2022-06-01")
    maker = await platform.sign_in("sca-1")
    sent = {"outcome": "GRANTED", "grounds": ["COOPERATION"], "until": "2023-06-01"}
    assert (await step(maker, "decideLeave", case, **sent))["problem"]["problems"][0]["code"] == "not_confirmed"
    police = await platform.sign_in("wyp-3")
    await done(police, "recordCooperation", case, cooperates=True)
    twice = await step(police, "recordCooperation", case, cooperates=True)
    assert twice["problem"]["code"] == "NOTHING_NEW"
    late = await step(maker, "decideLeave", case, **(sent | {"until": "2023-06-02"}))
    assert late["problem"]["problems"][0]["code"] == "too_late"
    await done(maker, "decideLeave", case, **sent)
    await done(police, "recordCooperation", case, cooperates=False)
    kinds = [one["kind"] for one in (await read(maker, case))["criminalJustice"]["steps"]]
    assert kinds == ["COOPERATION_CONFIRMED", "COOPERATION_ENDED"]


@pytest.mark.parametrize(
    ("nationality", "day", "row", "offered", "not_offered"),
    [
        ("Romanian", "2012-06-01", "return-eea-2009-04-01", "EMBASSY", "FLIGHT"),
        ("Albanian", "2012-06-01", "return-others-2011-04-01", "PARTNERS", "EMBASSY"),
        ("Albanian", "2026-05-20", "return-others-2016-01-01", "FLIGHT", "PARTNERS"),
        ("Croatian", "2013-06-30", "return-others-2011-04-01", "REINTEGRATION", "ORGANISATIONS"),
        ("Croatian", "2013-07-01", "return-eea-2009-04-01", "ORGANISATIONS", "REINTEGRATION"),
    ],
)
async def test_the_way_home_of_the_day_and_only_for_who_asked_for_it(
    platform: Platform, nationality: str, day: str, row: str, offered: str, not_offered: str
) -> None:
    case = await referred(platform, f"{day}T10:00+00:00", identity=PERSON | {"nationality": nationality})
    officer = await platform.sign_in("wyp-1")
    before = await unchanged(platform)
    asked = await step(officer, "arrangeNextStep", case, what="RETURN", parts=[offered])
    assert asked["problem"]["code"] == "NOT_WISHED"
    assert await unchanged(platform) == before
    await wish(officer, case, "RETURN_HOME", said_on=day)
    before = await unchanged(platform)
    strange = await step(officer, "arrangeNextStep", case, what="RETURN", parts=[not_offered])
    assert strange["problem"]["problems"][0]["path"] == "parts.0"
    for missing in ({"what": "SOLICITOR"}, {"what": "COMPENSATION"}, {"what": "RETURN"}):
        assert (await step(officer, "arrangeNextStep", case, **missing))["problem"]["__typename"] == "Invalid"
    assert await unchanged(platform) == before
    await done(officer, "arrangeNextStep", case, what="RETURN", parts=[offered])
    await done(officer, "arrangeNextStep", case, what="SOLICITOR", organisation="Invented Law LLP")
    await done(officer, "arrangeNextStep", case, what="COMPENSATION", route="CRIMINAL_INJURIES")
    home, solicitor, money = (await read(officer, case))["wishes"]["steps"][1:]
    assert (home["regimeRow"], home["parts"]) == (row, [offered])
    assert (solicitor["organisation"], money["route"]) == ("Invented Law LLP", "CRIMINAL_INJURIES")


async def test_after_a_negative_decision_somebody_is_referred_on_and_nobody_let_in(platform: Platform) -> None:
    case = await referred(platform)
    maker = await platform.sign_in("sca-1")
    sent = {"to": "HOME_OFFICE", "organisation": "Example Port Unit"}
    before = await unchanged(platform)
    assert (await step(maker, "referOn", case, **sent))["problem"]["code"] == "NO_NEGATIVE_DECISION"
    assert await unchanged(platform) == before
    await decide(platform, case, "NEGATIVE")
    maker = await platform.sign_in("sca-1")
    involved = (await unchanged(platform))["involvement"]
    after = await done(maker, "referOn", case, **sent)
    assert after["decisions"]["steps"][-1]["kind"] == "REFERRED_ON"
    assert (await unchanged(platform))["involvement"] == involved
    assert (
        await (await platform.sign_in("epu-1")).ask(
            "query ($r: String) { case(reference: $r) { id } }", r=case["reference"]
        )
    )["case"] is None
