"""Beside its decisions: a period is lengthened, a referral stands still, somebody withdraws, a case ends or moves."""

from typing import Any

import pytest

from tests.world import stories
from tests.world.deciding import clock, decide, done, due, issue, look, mutation, propose, referred, step, unchanged
from tests.world.forms import child_referral
from tests.world.platform import Person, Platform

pytestmark = pytest.mark.anyio


async def test_a_recovery_period_is_lengthened_and_never_made_shorter(platform: Platform) -> None:
    case = await referred(platform)
    await decide(platform, case)
    maker = await platform.sign_in("sca-1")
    assert due(await look(maker, case), "recovery_period") == "2026-06-18"
    before = await unchanged(platform)
    for until in ("2026-06-18", "2026-06-01"):
        early = await step(maker, "extendRecoveryPeriod", case, until=until, basis="HEALTH")
        assert early["problem"]["problems"][0] == {
            "path": "until",
            "code": "not_later",
            "message": "The period lasts until 18 June 2026 anyway; it is never made shorter.",
            "remedy": "Give a later day.",
        }
    assert await unchanged(platform) == before
    longer = await done(maker, "extendRecoveryPeriod", case, until="2028-06-18", basis="PSYCHOLOGICAL")
    for kind in ("recovery_period", "support_period"):  # in England support goes along
        counted = clock(longer, kind)
        assert counted
        assert (counted["dueOn"], counted["proof"]["extendedUntil"]) == ("2028-06-18", ["2028-06-18"])
    (taken,) = longer["decisions"]["steps"]
    assert (taken["kind"], taken["basis"], taken["words"]) == (
        "RECOVERY_EXTENDED",
        "PSYCHOLOGICAL",
        "An invented reason.",
    )
    await platform.deliver()
    assert "RECOVERY_EXTENDED" in await stories.kinds(await platform.sign_in("wyp-1"))
    (line,) = [
        one for one in await platform.ledger() if one["act"] == "recovery.extend" and one["verdict"] != "refused"
    ]
    assert line["rules"] == ["R103", "R170"]


async def test_police_ask_for_longer_and_the_authority_alone_grants_it(platform: Platform) -> None:
    case = await referred(platform)
    await decide(platform, case)
    police = await platform.sign_in("wyp-3")
    before = await unchanged(platform)
    refused = await step(police, "extendRecoveryPeriod", case, until="2026-08-01", basis="POLICE_REQUEST")
    assert refused["problem"]["__typename"] == "Refused"
    assert await unchanged(platform) == before
    asked = await done(police, "askForExtension", case, until="2026-08-01")
    assert asked["decisions"]["outlines"][-1]["kind"] == "EXTENSION_ASKED"  # and not why
    maker = await platform.sign_in("sca-1")
    (request,) = (await look(maker, case))["decisions"]["steps"]
    assert (request["until"], request["words"]) == ("2026-08-01", "An invented reason.")
    assert due(await look(maker, case), "recovery_period") == "2026-06-18"
    await platform.deliver()
    assert "EXTENSION_ASKED" in await stories.kinds(maker)


@pytest.mark.parametrize(
    ("nation", "recovery", "support", "extended"),
    [
        ("SCOTLAND", "2026-06-18", "2026-08-18", False),  # 30 days with the day itself; 90 days after it
        ("NORTHERN_IRELAND", "2026-06-18", "2026-07-04", False),  # 45 days after it
        ("WALES", "2026-06-18", "2026-06-18", True),
    ],
)
async def test_a_nation_has_a_support_period_of_its_own(
    platform: Platform, nation: str, recovery: str, support: str, extended: bool
) -> None:
    case = await referred(platform, nation=nation)
    both = await decide(platform, case)
    shown = {kind: clock(both, f"{kind}_period") for kind in ("recovery", "support")}
    assert {kind: one and one["dueOn"] for kind, one in shown.items()} == {"recovery": recovery, "support": support}
    longer = await done(
        await platform.sign_in("sca-1"), "extendRecoveryPeriod", case, until="2026-12-01", basis="HEALTH"
    )
    support_period = clock(longer, "support_period")
    assert support_period
    assert support_period["dueOn"] == ("2026-12-01" if extended else support)


async def test_the_target_stands_still_while_suspended_and_the_recovery_period_never(platform: Platform) -> None:
    case = await referred(platform, "2026-06-01T10:00+01:00")  # a Monday: due on Monday the 8th
    maker = await platform.sign_in("sca-1")
    assert due(await look(maker, case), "reasonable_grounds") == "2026-06-08"
    await platform.set_clock("2026-06-03T10:00+01:00")
    maker = await platform.sign_in("sca-1")
    paused = clock(await done(maker, "suspendCase", case, reason="CONTACT_LOST"), "reasonable_grounds")
    assert paused
    assert (paused["form"], paused["dueOn"], paused["waitsFor"]) == ("OPEN", None, "end_of_suspension")
    twice = await step(maker, "suspendCase", case, reason="CONTACT_LOST")
    assert twice["problem"]["code"] == "SUSPENDED"
    assert (await propose(maker, case))["problem"] is None  # it may be prepared
    assert (await issue(maker, case))["problem"]["code"] == "SUSPENDED"
    await platform.set_clock("2026-06-15T10:00+01:00")
    maker = await platform.sign_in("sca-1")
    goes_on = clock(await done(maker, "resumeCase", case), "reasonable_grounds")
    assert goes_on
    assert goes_on["dueOn"] == "2026-06-18"
    assert {"day": "2026-06-04", "reason": "Suspended"} in goes_on["proof"]["skipped"]
    assert (await issue(maker, case))["problem"] is None
    before = clock(await look(maker, case), "recovery_period")
    await done(maker, "suspendCase", case, reason="CONTACT_LOST")
    assert clock(await look(maker, case), "recovery_period") == before


VERBAL: dict[str, Any] = {
    "form": "VERBAL",
    "saidOn": "2026-02-12",
    "heardBy": "PC Asha Invented",
    "heardByAgency": "West Yorkshire Police",
}


async def test_an_adult_withdraws_in_a_form_that_counted_on_that_day(platform: Platform) -> None:
    case = await referred(platform, "2026-02-02T10:00+00:00")
    await platform.set_clock("2026-02-16T10:00+00:00")
    maker = await platform.sign_in("sca-1")
    before = await unchanged(platform)
    for statement, path in (
        (VERBAL, "statement.form"),  # the day before spoken words counted
        (VERBAL | {"saidOn": "2026-02-17"}, "statement.saidOn"),
        ({"form": "VERBAL", "saidOn": "2026-02-13"}, "statement.heardBy"),
        (VERBAL | {"saidOn": "2026-02-13", "heardByAgency": "Corner shop"}, "statement.heardByAgency"),
    ):
        refused = await step(maker, "recordWithdrawal", case, statement=statement)
        assert refused["problem"]["problems"][0]["path"] == path
    assert await unchanged(platform) == before
    ended = await done(maker, "recordWithdrawal", case, statement=VERBAL | {"saidOn": "2026-02-13"})
    assert (ended["stage"], ended["clocks"]["all"]) == ("CLOSED", [])
    (taken,) = ended["decisions"]["steps"]
    assert taken["statement"] == {"form": "VERBAL", "saidOn": "2026-02-13", "heardBy": "PC Asha Invented"}
    assert (await step(maker, "endCase", case, reason="DIED"))["problem"]["code"] == "CASE_ENDED"
    assert (await propose(maker, case))["problem"]["code"] == "CASE_ENDED"
    await platform.deliver()
    assert "CASE_ENDED" in await stories.kinds(await platform.sign_in("wyp-1"))


async def test_nobody_withdraws_for_a_child_and_no_child_is_asked_for_consent(platform: Platform) -> None:
    await platform.set_clock("2026-05-20T10:00+01:00")
    case = await stories.refer(await platform.sign_in("lcc-1"), child_referral())
    maker = await platform.sign_in("sca-1")
    before = await unchanged(platform)
    written = {"form": "WRITTEN", "saidOn": "2026-05-20"}
    tried = await step(maker, "recordWithdrawal", case, statement=written)
    assert tried["problem"]["message"].startswith("A child's referral is not withdrawn")
    for name, reason, code in (
        ("suspendCase", "CONSENT_AT_18", "still_a_child"),
        ("endCase", "NO_CONSENT_AT_18", "not_asked"),
    ):
        tried = await step(maker, name, case, reason=reason)
        assert tried["problem"]["problems"][0]["code"] == code
    assert await unchanged(platform) == before


async def test_no_adult_is_let_go_for_want_of_a_consent_that_nobody_waits_for(platform: Platform) -> None:
    case = await referred(platform)
    for decided in (False, True):
        if decided:
            await decide(platform, case)
        maker = await platform.sign_in("sca-1")
        before = await unchanged(platform)
        for name, reason, code in (
            ("suspendCase", "CONSENT_AT_18", "nobody_to_ask"),
            ("endCase", "NO_CONSENT_AT_18", "not_asked"),
        ):
            tried = await step(maker, name, case, reason=reason)
            assert tried["problem"]["problems"][0]["code"] == code
        assert await unchanged(platform) == before


async def returned(maker: Person, case: dict[str, Any]) -> None:
    """The open proposal is given back."""
    seen = await look(maker, case)
    (waiting,) = [one["id"] for one in seen["decisions"]["proposals"] if one["answer"] is None]
    sent = {"caseId": seen["id"], "proposalId": waiting, "reason": "For the other authority."}
    assert (await maker.do(mutation("returnDecision"), **sent))["problem"] is None


async def test_a_case_goes_to_another_authority_with_every_date_as_it_was(platform: Platform) -> None:
    case = await referred(platform)
    await decide(platform, case)
    maker = await platform.sign_in("sca-1")
    dates = {one["kind"]: one["dueOn"] for one in (await look(maker, case))["clocks"]["all"]}
    before = await unchanged(platform)
    for code in ("ukhtc", "sca", "nowhere"):
        unknown = await step(maker, "transferCase", case, authority=code)
        assert unknown["problem"]["problems"][0]["path"] == "authority"
    assert (await step(await platform.sign_in("wyp-1"), "transferCase", case, authority="ieca"))["problem"][
        "__typename"
    ] == "Refused"
    assert await unchanged(platform) == before
    await propose(maker, case, kind="CONCLUSIVE_GROUNDS")
    before = await unchanged(platform)
    assert (await step(maker, "transferCase", case, authority="ieca"))["problem"]["code"] == "PROPOSAL_OPEN"
    assert await unchanged(platform) == before
    await returned(maker, case)
    payload = await step(maker, "transferCase", case, authority="ieca")
    assert payload["problem"] is None
    assert payload["case"]["decisions"]["__typename"] == "DecisionsSummary"  # the authority before sees how it ends
    await platform.deliver()
    theirs = await platform.sign_in("ieca-1")
    assert "CASE_TRANSFERRED" in await stories.kinds(theirs)
    taken = await look(theirs, case)
    assert {one["kind"]: one["dueOn"] for one in taken["clocks"]["all"]} == dates
    assert {one["waitsForAgency"]["name"] for one in taken["clocks"]["all"]} == {
        "Immigration Enforcement Competent Authority"
    }
    assert taken["decisions"]["steps"][-1]["transferredTo"] == "Immigration Enforcement Competent Authority"
    assert (await step(maker, "suspendCase", case, reason="CONTACT_LOST"))["problem"]["__typename"] == "Refused"
    await done(theirs, "suspendCase", case, reason="CONTACT_LOST")
