"""A decision is made anew by others: after a reconsideration, after a court, and when an approver took it back."""

from typing import Any

import pytest
from sqlalchemy import text

from policies.vocabulary import Action, DataGroup
from services.ledger import admit
from tests.world import stories
from tests.world.deciding import (
    REASONS,
    TAKEN_BACK,
    clock,
    decide,
    done,
    issue,
    propose,
    referred,
    step,
    unchanged,
)
from tests.world.platform import Person, Platform
from tests.world.stories import id_of

pytestmark = pytest.mark.anyio

NOT_THEM = "Neither the first decider nor their manager decides it once more."


async def refused_once(platform: Platform) -> dict[str, Any]:
    """A negative first decision by Hugo, issued by his manager; others of the authority have the case too."""
    case = await referred(platform)
    await decide(platform, case, "NEGATIVE")
    maker = await platform.sign_in("sca-1")
    given = await stories.seen(maker, case)
    team = await id_of(maker, team="Reconsiderations")
    payload = await stories.assign(maker, given, teamId=team, reason="For a reconsideration.")
    assert payload["problem"] is None, payload
    return case


async def asked(who: Person, case: dict[str, Any], **content: Any) -> dict[str, Any]:
    return await step(who, "askForReconsideration", case, **({"grounds": ["NEW_EVIDENCE"]} | content))


async def test_whoever_decided_first_and_their_manager_do_not_decide_again(platform: Platform) -> None:
    case = await refused_once(platform)
    await platform.set_clock("2026-06-01T10:00+01:00")
    payload = await asked(await platform.sign_in("wyp-1"), case)
    assert payload["problem"] is None
    (request,) = payload["case"]["decisions"]["steps"]
    assert request["askedBy"] == "FIRST_RESPONDER"
    (first,) = payload["case"]["decisions"]["entries"]
    assert request["pack"] == {"decisionId": first["id"], "evidence": [{"group": "ACCOUNT", "version": 1}]}
    waiting = clock(payload["case"], "reconsideration_answer")
    assert waiting
    assert (waiting["form"], clock(payload["case"], "reconsideration")) == ("OPEN", None)
    await platform.deliver()
    assert "RECONSIDERATION_ASKED" in await stories.kinds(await platform.sign_in("sca-5"))

    before = await unchanged(platform)
    for subject in ("sca-1", "sca-2"):
        kept = await step(await platform.sign_in(subject), "answerReconsideration", case, isAccepted=True)
        assert (kept["problem"]["__typename"], kept["problem"]["message"]) == ("Refused", NOT_THEM)
    assert await unchanged(platform) == before
    with pytest.raises(Exception, match="somebody else has to do this"):  # nor does the database let it be so
        await as_member(platform, "sca-1", case, "reconsideration_accepted")

    await decided_anew(platform, case)


async def decided_anew(platform: Platform, case: dict[str, Any]) -> None:
    """The request is accepted, and others than the first two propose and issue."""
    reopened = await done(await platform.sign_in("sca-4"), "answerReconsideration", case, isAccepted=True)
    assert reopened["stage"] == "AWAITING_REASONABLE_GROUNDS"
    assert clock(reopened, "decision_anew") is not None
    for subject in ("sca-1", "sca-2"):
        kept = await propose(await platform.sign_in(subject), case)
        assert kept["problem"]["message"] == NOT_THEM
    assert (await propose(await platform.sign_in("sca-4"), case))["problem"] is None
    for subject in ("sca-1", "sca-2"):
        assert (await issue(await platform.sign_in(subject), case))["problem"]["message"] == NOT_THEM
    anew = await issue(await platform.sign_in("sca-5"), case)
    assert anew["problem"] is None
    assert [one["outcome"] for one in anew["case"]["decisions"]["entries"]] == ["NEGATIVE", "POSITIVE"]
    assert [one["kind"] for one in anew["case"]["clocks"]["all"]] == ["recovery_period", "support_period"]
    told = (await (await platform.sign_in("wyp-1")).ask(REASONS, reference=case["reference"]))["case"]
    assert [one["decisionId"] for one in told["decisionReasons"]["entries"]] == [
        one["id"] for one in anew["case"]["decisions"]["entries"]
    ]


async def as_member(platform: Platform, subject: str, case: dict[str, Any], kind: str) -> None:
    """The gatekeeper's own function, called in the name of somebody who is doing the act."""
    secret = (await platform.sign_in(subject)).secret
    async with platform.tools.enter(secret) as reading:
        assert reading is not None

        await admit(
            reading, [case["reference"]], {DataGroup.DECISIONS}, Action.RECONSIDERATION_ANSWER, {DataGroup.CORE}
        )
        row = await reading.row(text("SELECT d.id, d.record_id FROM decision d"))
        assert row is not None
        said = "jsonb_build_object('decision', CAST(:made AS text))"
        call = text(f"SELECT take_step(:record, 'reconsideration.answer', :kind, {said})")
        await reading.rows(call, record=row["record_id"], kind=kind, made=str(row["id"]))


async def test_a_request_has_a_last_day_and_who_may_ask_depends_on_the_day(platform: Platform) -> None:
    case = await refused_once(platform)  # the last day is 19 June 2026
    await platform.set_clock("2026-06-20T00:30+01:00")
    police = await platform.sign_in("wyp-1")
    before = await unchanged(platform)
    late = await asked(police, case)
    assert late["problem"]["problems"][0]["path"] == "whyLate"
    assert (await asked(police, case, grounds=[]))["problem"]["problems"][0]["path"] == "grounds"
    nobody = await asked(await platform.sign_in("wyp-3"), case)
    assert nobody["problem"]["__typename"] == "Refused"
    unsaid = await asked(await platform.sign_in("sca-4"), case)
    assert unsaid["problem"]["problems"][0]["path"] == "askedBy"
    assert await unchanged(platform) == before
    person = await asked(await platform.sign_in("sca-4"), case, askedBy="PERSON", whyLate="Was in hospital.")
    assert person["problem"] is None
    assert (await asked(police, case, whyLate="The same."))["problem"]["code"] == "REQUEST_OPEN"
    refused = await done(await platform.sign_in("sca-4"), "answerReconsideration", case, isAccepted=False)
    assert (refused["stage"], refused["clocks"]["all"]) == ("DECIDED", [])


async def test_before_2021_the_person_could_not_ask(platform: Platform) -> None:
    case = await referred(platform, "2020-03-02T10:00+00:00")
    await decide(platform, case, "NEGATIVE")
    maker = await platform.sign_in("sca-1")
    assert (await asked(maker, case, askedBy="PERSON"))["problem"]["code"] == "MAY_NOT_ASK"
    assert (await asked(await platform.sign_in("wyp-1"), case))["problem"] is None  # without any last day


async def test_what_a_court_quashed_is_decided_anew(platform: Platform) -> None:
    case = await refused_once(platform)
    maker = await platform.sign_in("sca-1")
    claim = {"courtReference": "CO/1234/2026", "broughtOn": "2026-05-20"}
    before = await unchanged(platform)
    for wrong in ({"broughtOn": "2026-05-19"}, {"broughtOn": "2026-05-21"}, {"courtReference": " "}):
        tried = await step(maker, "recordJudicialReview", case, **(claim | wrong))
        assert tried["problem"]["__typename"] == "Invalid"
    assert (await step(maker, "recordReviewOutcome", case, outcome="QUASHED"))["problem"]["code"] == "NO_REVIEW"
    assert await unchanged(platform) == before
    await done(maker, "recordJudicialReview", case, **claim)
    assert (await step(maker, "recordJudicialReview", case, **claim))["problem"]["code"] == "REVIEW_OPEN"
    quashed = await done(maker, "recordReviewOutcome", case, outcome="QUASHED")
    assert (quashed["stage"], [one["kind"] for one in quashed["clocks"]["all"]]) == (
        "AWAITING_REASONABLE_GROUNDS",
        ["decision_anew"],
    )
    assert (await propose(maker, case))["problem"]["message"] == NOT_THEM
    anew = await decide(platform, case, "POSITIVE", by="sca-4", second="sca-5")
    assert anew["stage"] == "AWAITING_CONCLUSIVE_GROUNDS"


async def test_an_approver_who_had_no_part_in_it_revokes_a_decision(platform: Platform) -> None:
    case = await referred(platform)
    await decide(platform, case)
    maker = await platform.sign_in("sca-1")
    given = await stories.seen(maker, case)
    await stories.assign(maker, given, teamId=await id_of(maker, team="Reconsiderations"))
    before = await unchanged(platform)
    for subject in ("sca-1", "sca-4", "sca-2"):  # no approver, no approver, and whoever issued it
        tried = await step(await platform.sign_in(subject), "revokeDecision", case, **TAKEN_BACK)
        assert tried["problem"]["__typename"] == "Refused"
    assert await unchanged(platform) == before
    revoked = await done(await platform.sign_in("sca-5"), "revokeDecision", case, **TAKEN_BACK)
    assert (revoked["stage"], [one["kind"] for one in revoked["clocks"]["all"]]) == ("DECIDED", ["reconsideration"])
    late = await propose(await platform.sign_in("sca-4"), case, kind="CONCLUSIVE_GROUNDS")
    assert late["problem"]["code"] == "NO_POSITIVE_REASONABLE_GROUNDS"


async def brought(platform: Platform, case: dict[str, Any], outcome: str) -> dict[str, Any]:
    """The case after a claim of today about its last decision, and what the court said."""
    maker = await platform.sign_in("sca-1")
    day = await platform.admin.fetchval("SELECT to_char(london_today(), 'YYYY-MM-DD')")
    await done(maker, "recordJudicialReview", case, courtReference="CO/1234/2026", broughtOn=day)
    return await done(maker, "recordReviewOutcome", case, outcome=outcome)


async def test_a_request_dies_with_the_decision_that_a_court_quashes(platform: Platform) -> None:
    case = await refused_once(platform)
    assert (await asked(await platform.sign_in("wyp-1"), case))["problem"] is None
    quashed = await brought(platform, case, "QUASHED")
    assert [one["kind"] for one in quashed["clocks"]["all"]] == ["decision_anew"]
    other = await platform.sign_in("sca-4")
    before = await unchanged(platform)
    for is_accepted in (True, False):
        nobody = await step(other, "answerReconsideration", case, isAccepted=is_accepted)
        assert (nobody["problem"] or {}).get("code") == "NO_REQUEST"
    assert await unchanged(platform) == before
    await platform.set_clock("2026-05-21T10:00+01:00")
    anew = await decide(platform, case, "NEGATIVE", by="sca-4", second="sca-5")
    again = await asked(await platform.sign_in("wyp-1"), case)
    assert again["problem"] is None
    request = [one for one in again["case"]["decisions"]["steps"] if one["kind"] == "RECONSIDERATION_ASKED"][-1]
    assert request["pack"]["decisionId"] == anew["decisions"]["entries"][-1]["id"]


async def test_a_request_outlives_a_claim_that_the_court_dismisses(platform: Platform) -> None:
    case = await refused_once(platform)
    assert (await asked(await platform.sign_in("wyp-1"), case))["problem"] is None
    await brought(platform, case, "DISMISSED")
    await done(await platform.sign_in("sca-4"), "answerReconsideration", case, isAccepted=True)


@pytest.mark.parametrize("second", ["POSITIVE", "NEGATIVE"])
async def test_what_rested_on_a_quashed_first_decision_falls_with_it(platform: Platform, second: str) -> None:
    case = await referred(platform)
    await decide(platform, case)
    maker = await platform.sign_in("sca-1")
    await done(maker, "recordJudicialReview", case, courtReference="CO/1", broughtOn="2026-05-20")
    await platform.set_clock("2026-06-22T10:00+01:00")
    await decide(platform, case, second, kind="CONCLUSIVE_GROUNDS")
    if second == "NEGATIVE":
        assert (await asked(await platform.sign_in("wyp-1"), case))["problem"] is None
    maker = await platform.sign_in("sca-1")
    quashed = await done(maker, "recordReviewOutcome", case, outcome="QUASHED")
    assert quashed["stage"] == "AWAITING_REASONABLE_GROUNDS"
    assert [one["kind"] for one in quashed["clocks"]["all"]] == ["decision_anew"]
    given = await stories.assign(
        maker, await stories.seen(maker, case), teamId=await id_of(maker, team="Reconsiderations")
    )
    assert given["problem"] is None
    nobody = await step(await platform.sign_in("sca-4"), "answerReconsideration", case, isAccepted=True)
    assert nobody["problem"]["code"] == "NO_REQUEST"
    anew = await decide(platform, case, by="sca-4", second="sca-5")
    assert anew["stage"] == "AWAITING_CONCLUSIVE_GROUNDS"
