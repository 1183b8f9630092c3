"""A governance officer asks why somebody could see what, and is told what was enforced and what would have been."""

import json
from typing import Any

import pytest

from api.development.examples import read_examples
from tests.world.everybody import acting_as, records_of_each_kind, roles
from tests.world.meetings import POLICE, convened, invitee, opened, read
from tests.world.platform import AGENCY_OF, Person, Platform
from tests.world.stories import FROM_THE_PAST, assign, id_of, look, open_concern, refer, told

pytestmark = pytest.mark.anyio

ASK = next(example.query for example in read_examples() if example.name == "ReadAccessOf")
WHY = """access { standing groups { group verdict version says rules { number because opens when } wouldChange
  withheld requestable } }"""
OWN = f"""query ($reference: String) {{
  case(reference: $reference) {{ {WHY} }} dutyToNotifyRecord(reference: $reference) {{ {WHY} }} }}"""
OFFICERS = {AGENCY_OF[subject]: subject for subject, function in roles() if function == "information_governance"}
NO_CASE = "C-0000-0000-0"


async def member(platform: Platform, subject: str) -> str:
    """The global id of a demo person."""
    return await id_of(await platform.sign_in(subject))


async def asked(officer: Person, person: str, reference: str, at: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = (await officer.ask(ASK, person=person, reference=reference, at=at))["accessOf"]
    return found


async def explained(officer: Person, person: str, reference: str, at: str | None = None) -> dict[str, Any]:
    payload = await asked(officer, person, reference, at)
    assert payload["problem"] is None, payload
    access: dict[str, Any] = payload["access"]
    return access


async def test_what_the_officer_is_told_of_now_is_what_everybody_is_told_themselves(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    records = await records_of_each_kind(platform)
    officers = {agency: await platform.sign_in(subject) for agency, subject in OFFICERS.items()}
    compared = 0
    for subject, function in roles():
        if AGENCY_OF[subject] not in officers or function == "information_governance":
            continue
        person = await acting_as(platform, subject, function)
        their_id = await id_of(person)
        for kind, reference in records:
            own = (await person.ask(OWN, reference=reference))["case" if kind == "case" else "dutyToNotifyRecord"]
            payload = await asked(officers[AGENCY_OF[subject]], their_id, reference)
            if payload["problem"]:
                assert own is None, (subject, function, reference)
                continue
            (then,) = (one for one in payload["access"]["possible"] if one["function"] == function.upper())
            mine = own["access"] if own else None
            differing = [pair for pair in zip(_parts(then["access"]), _parts(mine), strict=True) if pair[0] != pair[1]]
            assert differing == [], (subject, function, reference)
            compared += 1
    assert compared > 50


def _parts(access: dict[str, Any] | None) -> list[Any]:
    return [access["standing"], *access["groups"]] if access else [None]


async def test_of_a_past_moment_it_says_what_could_be_seen_and_what_was_given(platform: Platform) -> None:
    await platform.set_clock("2026-05-26T09:00+01:00")
    await platform.admin.execute("UPDATE policy_version SET loaded_at = '2026-05-01'")
    case = await refer(await platform.sign_in("wyp-1"))
    await platform.set_clock("2026-05-26T10:00+01:00")
    await look(await platform.sign_in("wyp-2"), case)
    await platform.set_clock("2026-05-26T11:00+01:00")
    colleague = await platform.sign_in("wyp-2")
    assert (await assign(colleague, case, memberId=await id_of(colleague)))["problem"] is None
    await look(colleague, case)
    their_id = await id_of(colleague)
    await platform.set_clock("2026-05-27T09:00+01:00")
    governance = await platform.sign_in("wyp-ig")

    async def account(at: str) -> tuple[Any, list[Any]]:
        found = await explained(governance, their_id, case["reference"], at)
        (possible,) = found["possible"]
        groups = (possible["access"] or {"groups": []})["groups"]
        verdict = next((one["verdict"] for one in groups if one["group"] == "ACCOUNT"), None)
        given = [[one["verdict"] for one in look["groups"] if one["group"] == "ACCOUNT"] for look in found["enforced"]]
        return verdict, given

    assert await account("2026-05-26T08:59") == (None, [])
    assert await account("2026-05-26T09:30") == ("WITHHELD", [])
    assert await account("2026-05-26T10:30") == ("WITHHELD", [[]])
    verdict, given = await account("2026-05-26T11:30")
    assert verdict == "WHOLE"
    assert ["WHOLE"] in given
    assert await account("2026-05-27T08:00") == ("WHOLE", [])


async def test_a_look_is_explained_by_the_rules_of_its_day(platform: Platform) -> None:
    await platform.set_clock("2026-05-26T09:00+01:00")
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    await look(officer, case)
    their_id = await id_of(officer)
    await platform.admin.execute("""
        INSERT INTO policy_version (version, loaded_at, sequence) OVERRIDING SYSTEM VALUE
        VALUES ('past', '2026-05-01', 0);
        INSERT INTO policy_grant
        SELECT 'past', function, relation, case_class, access_level, data_group, action, effect,
               CASE rule WHEN 'R201' THEN 'R001' ELSE rule END
        FROM policy_grant WHERE data_group <> 'evidence';
        UPDATE access_record SET policy_version = 'past', rules = array_replace(rules, 'R201', 'R001')""")
    await platform.set_clock("2026-05-26T12:00+01:00")
    governance = await platform.sign_in("wyp-ig")

    found = await explained(governance, their_id, case["reference"], "2026-05-26T09:45")
    look_then = next(line for line in found["enforced"] if line["act"] == "see" and len(line["groups"]) > 2)
    account = next(one for one in look_then["groups"] if one["group"] == "ACCOUNT")
    assert look_then["policyVersion"] == "past"
    assert account["rules"] == [{"number": "R001", "because": "its reason was not kept with the table of that day"}]
    possible = {one["group"]: one["verdict"] for one in found["possible"][0]["access"]["groups"]}
    assert (possible["ACCOUNT"], possible["EVIDENCE"]) == ("WHOLE", "WITHHELD")


async def test_single_entries_that_a_look_opened_are_named_by_their_group(platform: Platform) -> None:
    council = await platform.sign_in("lcc-1")
    case = await open_concern(await platform.sign_in("eps-1"))
    police = await invitee(council, POLICE, "INVESTIGATING_POLICE")
    meeting = await opened(council, await convened(council, case, invite=[police]))
    await platform.deliver()
    detective, governance = await platform.sign_in("wyp-3"), await platform.sign_in("wyp-ig")
    assert await read(detective, meeting) is not None

    found = await explained(governance, await id_of(detective), case["reference"])
    read_then = [{one["group"]: one["verdict"] for one in look["groups"]} for look in found["enforced"]]
    assert {"CORE": "WHOLE", "STRATEGY_MINUTES": "WHOLE"} in read_then


async def test_a_hidden_record_is_answered_like_one_that_is_not_there_and_asking_is_a_line(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    force, their_id = await platform.sign_in("gmp-ig"), await member(platform, "gmp-1")
    before = len(await platform.ledger())

    answers = [
        await force.post(ASK, {"person": person, "reference": reference})
        for person, reference in (
            (their_id, case["reference"]),
            (their_id, NO_CASE),
            (await id_of(officer), case["reference"]),
            ("bm90aGluZw==", case["reference"]),
        )
    ]

    assert len({str(told(answer)) for answer in answers}) == 1
    assert answers[0].json()["data"]["accessOf"]["problem"]["__typename"] == "NotFound"
    lines = [line for line in (await platform.ledger())[before:] if line["act"] == "access.explain"]
    assert [(line["verdict"], line["groups"]) for line in lines] == [("refused", [])] * 4


async def test_asking_leaves_a_line_and_opens_nothing(platform: Platform) -> None:
    officer, governance = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-ig")
    case = await refer(officer)
    their_id = await id_of(officer)
    before = len(await platform.ledger())

    await explained(governance, their_id, case["reference"])

    (line,) = (await platform.ledger())[before:]
    assert (line["act"], line["verdict"]) == ("access.explain", "viewed")
    assert [line[name] for name in ("groups", "summaries", "pins", "writes")] == [[], [], [], []]


async def test_people_of_other_agencies_are_not_explained_even_by_who_leads(platform: Platform) -> None:
    officer, governance = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-ig")
    case = await refer(officer)
    payload = await asked(governance, await member(platform, "sca-1"), case["reference"])
    assert payload["problem"]["__typename"] == "NotFound"


@pytest.mark.parametrize("subject", ["wyp-1", "wyp-4", "wyp-5"])
async def test_nobody_but_a_governance_officer_is_answered(platform: Platform, subject: str) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    payload = await asked(await platform.sign_in(subject), await id_of(officer), case["reference"])
    assert payload == {"access": None, "problem": {"__typename": "NotFound", "message": payload["problem"]["message"]}}


@pytest.mark.parametrize(("whom", "column"), [("member", "m.id"), ("agency", "m.agency_id")])
async def test_an_officer_who_is_barred_is_told_what_one_is_told_of_nothing(
    platform: Platform, whom: str, column: str
) -> None:
    officer, governance = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-ig")
    case = await refer(officer)
    bar = (
        f"INSERT INTO access_bar (record_id, {whom}_id, reason, from_at) SELECT r.id, {column}, 'Knows them', "
        "'2020-01-01' FROM record r, member m WHERE r.reference = $1 AND m.subject = $2"
    )
    their_id = await id_of(officer)
    absent = await governance.post(ASK, {"person": their_id, "reference": NO_CASE})
    await platform.admin.execute(bar, case["reference"], "wyp-ig")
    barred = await governance.post(ASK, {"person": their_id, "reference": case["reference"]})
    assert told(barred) == told(absent)
    assert "bar" not in json.dumps(barred.json()).lower()


async def test_a_barred_person_could_see_nothing_and_the_explanation_does_not_say_why(platform: Platform) -> None:
    officer, governance = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-ig")
    case, colleague = await refer(officer), await member(platform, "wyp-2")
    await platform.admin.execute(
        "INSERT INTO access_bar (record_id, member_id, reason, from_at) SELECT r.id, m.id, 'Knows them', '2020-01-01' "
        "FROM record r, member m WHERE r.reference = $1 AND m.subject = 'wyp-2'",
        case["reference"],
    )
    found = await explained(governance, colleague, case["reference"])
    assert [one["access"] for one in found["possible"]] == [None]


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2026-05-26T13:00", "in_future"),
        ("2027-01-01T00:00", "in_future"),
        ("yesterday", "wrong_shape"),
        ("2026-05-26", "wrong_shape"),
        ("2026-03-29T01:30", "wrong_shape"),
        ("2025-10-26T01:30", "wrong_shape"),
    ],
)
async def test_a_time_that_cannot_be_meant_is_refused_before_anything_is_looked_up(
    platform: Platform, at: str, code: str
) -> None:
    await platform.set_clock("2026-05-26T12:00+01:00")
    governance = await platform.sign_in("wyp-ig")
    before = len(await platform.ledger())
    payload = await asked(governance, "bm90aGluZw==", NO_CASE, at)
    (problem,) = payload["problem"]["problems"]
    assert (problem["path"], problem["code"]) == ("at", code)
    assert problem["message"]
    assert problem["remedy"]
    assert len(await platform.ledger()) == before
