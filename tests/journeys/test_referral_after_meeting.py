"""A child's referral states type, date, professions and agreement of the meeting; the minutes stay where they are."""

import json
from typing import Any

import pytest

from tests.world.forms import child_referral
from tests.world.meetings import (
    HEALTH,
    MEETINGS_OF,
    POLICE,
    a_childs_case,
    convened,
    invitee,
    opened,
    own_body,
    read,
    write,
    written,
)
from tests.world.platform import Person, Platform
from tests.world.stories import PROBLEM, counted, refer_from, seen

pytestmark = pytest.mark.anyio

SECRET = "Her brother collects the money."
STATED = """query ($reference: String) { case(reference: $reference) { referrer { __typename
  ... on Referrer { strategyMeeting { kind heldOn professions allAgreed } } } } }"""
SUBMIT = f"mutation ($input: SubmitReferralInput!) {{ submitReferral(input: $input) {{ case {{ id }} {PROBLEM} }} }}"
TABLES = ("referral", "involvement", "clock", "outbox", "idempotency")


async def a_held_meeting(platform: Platform, **positions: bool) -> tuple[Person, dict[str, Any], dict[str, Any]]:
    """On 14 April, with a social worker, a detective and a nurse; `positions` say who of the last two agreed."""
    await platform.set_clock("2026-04-14T10:30+01:00")
    worker, case = await a_childs_case(platform)
    invite = [await invitee(worker, POLICE, "INVESTIGATING_POLICE"), await invitee(worker, HEALTH, "HEALTH")]
    meeting = await opened(worker, await convened(worker, case, invite=invite))
    bodies = {
        "council": await own_body(worker, "Leeds City Council", "CHILDRENS_SERVICES"),
        "police": await own_body(worker, POLICE, "INVESTIGATING_POLICE"),
        "health": await own_body(worker, HEALTH, "HEALTH"),
    }
    there = [{"arrivedAt": "2026-04-14T10:00:00+01:00", "leftAt": None}]
    for who, profession in (("council", "SOCIAL_WORKER"), ("police", "POLICE"), ("health", "HEALTH")):
        content = {"person": f"Invented {profession}", "profession": profession, "stretches": there}
        await written(worker, meeting, "attendance", body=bodies[who], **content)
    await written(worker, meeting, "risk", words=SECRET)
    why = {"inquorateBecause": "No manager.", "followUpOn": "2026-04-15"}
    said = {"isToBeMade": True, "by": bodies["council"], "words": "We refer.", "decidedAt": "2026-04-14T10:20:00+01:00"}
    referral = await written(worker, meeting, "referral", **said, **why)
    for who, agrees in positions.items():
        reason = None if agrees else "Too early."
        await written(
            worker, meeting, "position", onEntryId=referral["id"], body=bodies[who], agrees=agrees, reason=reason
        )
    return worker, case, meeting


async def referred(worker: Person, case: dict[str, Any], meeting: dict[str, Any]) -> dict[str, Any]:
    now = await seen(worker, case)
    concern = {"caseId": case["id"], "expectedVersion": now["version"], "meetingId": meeting["id"]}
    return await refer_from(worker, case, referral=child_referral(), fromConcern=concern)


@pytest.mark.parametrize(
    ("positions", "all_agreed"),
    [({"police": True, "health": True}, True), ({"police": True}, None), ({"police": True, "health": False}, False)],
)
async def test_the_competent_authority_reads_the_statement_and_never_the_minutes(
    platform: Platform, positions: dict[str, bool], all_agreed: bool | None
) -> None:
    worker, case, meeting = await a_held_meeting(platform, **positions)

    payload = await referred(worker, case, meeting)

    assert payload["problem"] is None, payload
    decider = await platform.sign_in("sca-1")
    stated = (await decider.ask(STATED, reference=case["reference"]))["case"]["referrer"]["strategyMeeting"]
    assert stated == {
        "kind": "INITIAL",
        "heldOn": "2026-04-14",
        "professions": ["HEALTH", "POLICE", "SOCIAL_WORKER"],
        "allAgreed": all_agreed,
    }
    assert await read(decider, meeting) is None
    whole = await decider.ask(MEETINGS_OF, reference=case["reference"])
    assert whole["case"]["strategyMinutes"]["__typename"] == "Withheld"
    assert SECRET not in json.dumps([whole, await seen(decider, case)])


async def test_what_is_written_later_does_not_change_what_was_stated(platform: Platform) -> None:
    worker, case, meeting = await a_held_meeting(platform, police=True, health=True)
    assert (await referred(worker, case, meeting))["problem"] is None
    police = await own_body(worker, POLICE, "INVESTIGATING_POLICE")
    there = [{"arrivedAt": "2026-04-14T10:00:00+01:00", "leftAt": None}]
    content = {"person": "Late", "profession": "LEGAL", "stretches": there}
    assert (await write(worker, meeting, "attendance", body=police, **content))["problem"] is None

    stated = (await worker.ask(STATED, reference=case["reference"]))["case"]["referrer"]["strategyMeeting"]

    assert "LEGAL" not in stated["professions"]


async def test_a_meeting_about_another_child_is_not_named_and_nothing_is_sent(platform: Platform) -> None:
    worker, case, _ = await a_held_meeting(platform)
    _, _, other = await a_held_meeting(platform)
    before = [await platform.admin.fetchval(f"SELECT count(*) FROM {name}") for name in TABLES]

    assert (await referred(worker, case, other))["problem"]["__typename"] == "NotFound"
    unheld = await convened(worker, case, invite=[])
    then = [await platform.admin.fetchval(f"SELECT count(*) FROM {name}") for name in TABLES[:3]]
    assert (await referred(worker, case, unheld))["problem"]["code"] == "MEETING_NOT_HELD"

    assert then == before[:3]
    assert [await platform.admin.fetchval(f"SELECT count(*) FROM {name}") for name in TABLES[:3]] == before[:3]


async def test_a_meeting_held_on_the_concern_is_named_or_another_one_is_told(platform: Platform) -> None:
    worker, case, meeting = await a_held_meeting(platform, police=True)
    before = await counted(platform)

    silent = await refer_from(worker, await seen(worker, case))

    assert [(one["path"], one["code"]) for one in silent["problem"]["problems"]] == [
        ("fromConcern.meetingId", "required")
    ]
    after = await counted(platform)
    assert {name: rows for name, rows in after.items() if "ledger" not in name} == {
        name: rows for name, rows in before.items() if "ledger" not in name
    }
    # whoever names it need not say the same in the form's own answers
    form = child_referral()
    form["childProtection"] |= {"receivingInput": True}
    concern = {"caseId": case["id"], "expectedVersion": (await seen(worker, case))["version"]}
    sent = await refer_from(worker, case, referral=form, fromConcern=concern | {"meetingId": meeting["id"]})
    assert sent["problem"] is None


@pytest.mark.parametrize("missing", ["Type", "Date", "Professions", "AllAgreed"])
async def test_a_child_with_input_already_has_its_meeting_told_and_silence_is_no_answer(
    platform: Platform, missing: str
) -> None:
    worker = await platform.sign_in("lcc-1")
    told = {"Type": "Initial", "Date": "2026-05-01", "Professions": ["Nurse"], "AllAgreed": True}
    form = child_referral()
    answered = {k: v for k, v in form["childProtection"].items() if k != "receivingInput"}
    said = {f"strategyMeeting{name}": value for name, value in told.items()}

    silent = await worker.do(SUBMIT, referral=form | {"childProtection": answered})
    kept_out = {k: v for k, v in said.items() if k != f"strategyMeeting{missing}"}
    short = await worker.do(SUBMIT, referral=form | {"childProtection": answered | {"receivingInput": True} | kept_out})

    for payload, path in ((silent, "receivingInput"), (short, f"strategyMeeting{missing}")):
        found = [(one["path"], one["code"]) for one in payload["problem"]["problems"]]
        assert found == [(f"childProtection.{path}", "required")]
    whole = await worker.do(SUBMIT, referral=form | {"childProtection": answered | {"receivingInput": True} | said})
    assert whole["problem"] is None
