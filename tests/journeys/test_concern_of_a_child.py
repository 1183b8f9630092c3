"""A school worries about a girl of 15; children's services take it from there."""

import json
from typing import Any

import pytest

from tests.world.forms import by_post, child_referral, told_on
from tests.world.platform import Platform
from tests.world.stories import (
    FROM_THE_PAST,
    OPEN,
    close,
    counted,
    inbox,
    kinds,
    look,
    open_concern,
    raw_id,
    refer_from,
    seen,
    worklist,
)

pytestmark = pytest.mark.anyio


async def test_a_school_opens_a_concern_and_childrens_services_know_at_once(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    school, council = await platform.sign_in("eps-1"), await platform.sign_in("lcc-1")
    police, decider = await platform.sign_in("wyp-3"), await platform.sign_in("sca-1")

    case = await open_concern(school)
    await platform.deliver()

    assert case["stage"] == "CONCERN"
    assert case["lead"]["name"] == "Example Park School"
    (notice,) = await inbox(council)
    assert (notice["kind"], notice["record"]["reference"]) == ("CHILD_CONCERN", case["reference"])
    view = await seen(council, case)
    assert view["identity"]["firstName"] == "Testa"
    assert view["account"]["whatHappened"].startswith("Falls asleep")
    assert view["childProtection"]["localAuthority"] == "Leeds City Council"
    assert view["clocks"]["all"] == [
        {
            "kind": "referral_or_closure",
            "form": "OPEN",
            "dueOn": None,
            "waitsFor": "referral_or_closure",
            "waitsForAgency": {"name": "Example Park School"},
        }
    ]
    assert await look(police, case) is None
    assert await look(decider, case) is None
    assert await platform.admin.fetchval("SELECT count(*) FROM referral") == 0


async def test_childrens_services_submit_the_referral_from_the_concern_and_lead(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    school, council = await platform.sign_in("eps-1"), await platform.sign_in("lcc-1")
    police, decider = await platform.sign_in("wyp-3"), await platform.sign_in("sca-1")
    concern = await open_concern(school)

    referred = (await refer_from(council, concern))["case"]
    await platform.deliver()

    assert referred["id"] == concern["id"]
    assert referred["stage"] == "AWAITING_REASONABLE_GROUNDS"
    assert referred["lead"]["name"] == "Leeds City Council"
    assert await kinds(police) == ["CHILD_REFERRAL"]
    assert await kinds(decider) == ["REFERRAL_RECEIVED"]
    assert await kinds(council) == ["CHILD_CONCERN"]  # nobody is told of what they did themselves
    view = await seen(council, concern)
    assert view["referrer"]["organisation"] == "Leeds City Council"
    assert view["referrer"]["consent"] == "NOT_ASKED"
    assert view["account"]["version"] == 2
    assert view["account"]["whatHappened"].startswith("Falls asleep")  # the concern's own words stay
    assert [clock["kind"] for clock in view["clocks"]["all"]] == ["reasonable_grounds"]
    assert view["clocks"]["all"][0]["dueOn"] == "2026-06-02"
    assert [case["reference"] for case in await worklist(council)] == [concern["reference"]]
    assert [case["reference"] for case in await worklist(council, "AGENCY")] == [concern["reference"]]


async def test_the_school_keeps_reading_what_it_recorded_and_not_what_came_after(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    school, council = await platform.sign_in("eps-1"), await platform.sign_in("lcc-1")
    concern = await open_concern(school)
    before = await seen(school, concern)
    form = child_referral(age="NOT_SURE", currentTown="Wakefield")
    form["identity"] = form["identity"] | {"firstName": "Anothername"}

    assert (await refer_from(council, concern, referral=form))["problem"] is None

    by_school, by_council = await seen(school, concern), await seen(council, concern)
    assert by_school["identity"] == before["identity"]
    assert by_school["identity"] == {
        "__typename": "Identity",
        "version": 1,
        "firstName": "Testa",
        "lastName": "Inventedgirl",
        "age": "CHILD",
        "dateOfBirth": "2011-02",
    }
    assert by_school["account"] == before["account"]
    assert by_council["identity"]["version"] == 2
    assert by_council["identity"]["firstName"] == "Anothername"
    assert by_council["identity"]["age"] == "NOT_SURE"
    for group in ("exploiters", "referrer", "criminalJustice", "credibility", "childProtection", "decisions"):
        assert by_school[group]["__typename"] == "Withheld", group
    assert by_council["immigration"] is None or by_council["immigration"]["__typename"] == "ImmigrationSummary"
    assert by_council["credibility"]["__typename"] == "Credibility"  # the council is the referrer as well
    assert by_school["lead"]["name"] == "Leeds City Council"
    assert "Wakefield" not in json.dumps(by_school)


async def test_what_a_school_recorded_of_a_place_stays_readable_to_it(platform: Platform) -> None:
    school = await platform.sign_in("eps-1")
    concern = await open_concern(school)
    query = "query ($r: String) { case(reference: $r) { contact { __typename ... on Contact { currentTown } } } }"

    view = await school.ask(query, r=concern["reference"])

    assert view["case"]["contact"] == {"__typename": "Contact", "currentTown": "Leeds"}


@pytest.mark.parametrize("expected", [1, 3, -1])
async def test_a_referral_from_a_version_that_moved_is_a_conflict(platform: Platform, expected: int) -> None:
    await platform.set_clock(FROM_THE_PAST)
    school, council = await platform.sign_in("eps-1"), await platform.sign_in("lcc-1")
    concern = await open_concern(school)
    before = await counted(platform)

    payload = await refer_from(council, concern, fromConcern={"caseId": concern["id"], "expectedVersion": expected})

    assert (payload["case"], payload["problem"]["code"]) == (None, "VERSION_MOVED")
    assert payload["problem"]["remedy"]
    assert await counted(platform) == before


async def test_a_concern_is_referred_once(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    school, council = await platform.sign_in("eps-1"), await platform.sign_in("lcc-1")
    concern = await open_concern(school)
    referred = (await refer_from(council, concern))["case"]
    before = await counted(platform)

    again = await refer_from(council, referred)
    closing = await close(council, referred)

    assert again["problem"]["code"] == "NOT_A_CONCERN"
    assert closing["problem"]["code"] == "NOT_A_CONCERN"
    assert await counted(platform) == before


async def test_a_form_that_came_before_the_concern_was_typed_still_refers_it(platform: Platform) -> None:
    await platform.set_clock("2019-05-28T09:00+01:00")  # the Tuesday after the Spring bank holiday
    school, council = await platform.sign_in("eps-1"), await platform.sign_in("lcc-1")
    concern = await open_concern(school)
    came = by_post("2019-05-24T10:00+01:00", told_on("2019-05-24"))

    payload = await refer_from(council, concern, referral=came.pop("form"), **came)

    assert payload["case"]["stage"] == "AWAITING_REASONABLE_GROUNDS"
    view = await seen(council, concern)
    assert view["stage"] == "AWAITING_REASONABLE_GROUNDS"
    assert view["clocks"]["all"][0]["dueOn"] == "2019-06-03"


async def test_not_sure_acts_as_child_and_stays_not_sure(platform: Platform) -> None:
    school, council = await platform.sign_in("eps-1"), await platform.sign_in("lcc-1")

    case = await open_concern(school, age="NOT_SURE")
    await platform.deliver()

    assert await kinds(council) == ["CHILD_CONCERN"]
    assert (await seen(council, case))["identity"]["age"] == "NOT_SURE"
    assert (await seen(school, case))["identity"]["age"] == "NOT_SURE"
    assert await platform.admin.fetchval("SELECT value FROM case_fact WHERE kind = 'age'") == "not_sure"


async def test_a_concern_about_an_adult_involves_only_who_opened_it(platform: Platform) -> None:
    doctor = await platform.sign_in("ess-1")

    case = await open_concern(doctor, age="ADULT", identity={"firstName": "Testo"})
    await platform.deliver()

    assert case["lead"]["name"] == "Example Street Surgery"
    assert await platform.admin.fetchval("SELECT count(*) FROM involvement") == 1
    assert await platform.admin.fetchval("SELECT count(*) FROM outbox") == 0
    assert (await seen(doctor, case))["identity"]["firstName"] == "Testo"


async def test_a_concern_needs_no_name(platform: Platform) -> None:
    school = await platform.sign_in("eps-1")

    payload = await school.do(OPEN, concern={"age": "CHILD", "nation": "ENGLAND", "concern": "A girl at the gate."})

    view = await seen(school, payload["case"])
    assert view["account"]["whatHappened"] == "A girl at the gate."
    assert view["identity"]["age"] == "CHILD"
    assert view["identity"]["firstName"] is None


@pytest.mark.parametrize("who", ["eps-1", "lcc-1"])
async def test_a_closed_concern_leaves_the_worklists_and_ends(platform: Platform, who: str) -> None:
    await platform.set_clock(FROM_THE_PAST)
    school, council = await platform.sign_in("eps-1"), await platform.sign_in("lcc-1")
    closer = school if who == "eps-1" else council
    case = await open_concern(school)
    assert len(await worklist(school)) == len(await worklist(council)) == 1

    payload = await close(closer, case, reason="DUPLICATE", note="Known as another case.")

    assert payload["problem"] is None
    closed: dict[str, Any] = payload["case"]
    assert closed["stage"] == "CLOSED"
    for person in (school, council):
        assert await worklist(person) == await worklist(person, "AGENCY") == []
        view = await seen(person, case)
        assert (view["stage"], view["clocks"]["all"]) == ("CLOSED", [])
    note = await platform.admin.fetchval("SELECT note FROM case_fact WHERE value = 'closed'")
    assert note == "duplicate: Known as another case."
    assert (await close(closer, closed))["problem"]["code"] == "NOT_A_CONCERN"
    assert (await refer_from(council, closed))["problem"]["code"] == "NOT_A_CONCERN"


async def test_who_is_not_involved_closes_nothing(platform: Platform) -> None:
    school, doctor = await platform.sign_in("eps-1"), await platform.sign_in("ess-1")
    case = await open_concern(school)
    before = await counted(platform)

    payload = await close(doctor, case)

    assert payload["problem"]["__typename"] == "NotFound"
    assert await counted(platform) == before
    (line,) = [line for line in await platform.ledger() if line["act"] == "case.close"]
    assert (line["verdict"], str(line["record_id"])) == ("refused", raw_id(case["id"]))
