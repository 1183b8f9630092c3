"""Everybody is told why they see what they see, and that is what is enforced: every person, record and group."""

from collections import Counter
from typing import Any

import pytest

from policies.vocabulary import DataGroup
from schema.selection import FIELDS
from tests.world.everybody import acting_as, records_of_each_kind, roles
from tests.world.platform import Platform
from tests.world.stories import FROM_THE_PAST, assign, id_of, open_concern, refer

pytestmark = pytest.mark.anyio

WHY = """access { standing groups { group verdict version says rules { number because opens when } wouldChange
  withheld requestable } }"""
UNION = "{ __typename ... on Withheld { reason requestable } }"
ROOTS = {"case": "case", "duty_to_notify": "dutyToNotifyRecord"}
ON_CASE = [
    name for name, part in FIELDS.items() if isinstance(part, DataGroup) and part is not DataGroup.DUTY_TO_NOTIFY
]
ON_NOTIFICATION = ["particulars", "referrer", "account", "identity", "contact"]
GROUPS = {"case": ON_CASE, "duty_to_notify": ON_NOTIFICATION}
COLLEAGUE_MAY = "Being assigned to this record"


def everything(kind: str) -> str:
    fields = " ".join(f"{name} {UNION}" for name in GROUPS[kind])
    return f"query ($reference: String) {{ {ROOTS[kind]}(reference: $reference) {{ {WHY} {fields} }} }}"


def fault(told: dict[str, Any], found: dict[str, Any] | None, is_empty: bool) -> str | None:
    """How what was told differs from what stands in the group's place; None: it does not."""
    name = found["__typename"] if found else None
    if told["verdict"] == "WITHHELD":
        same = found and (name, found["reason"], found["requestable"]) == (
            "Withheld",
            told["withheld"],
            told["requestable"],
        )
        return None if same else f"told withheld, found {found}"
    if told["withheld"] is not None or told["requestable"]:
        return f"told {told['verdict']} and that it is withheld"
    if told["verdict"] == "NOTHING_TO_SEE":
        return f"told nothing, found {name}" if found else None
    expected = {"SUMMARY": True, "WHOLE": False}[told["verdict"]]
    if name is None:
        return None if is_empty else f"told {told['verdict']}, found nothing"
    return (
        None if name != "Withheld" and name.endswith("Summary") is expected else f"told {told['verdict']}, found {name}"
    )


async def test_what_is_told_is_what_is_enforced_for_everybody_every_record_and_every_group(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    records = await records_of_each_kind(platform)
    stored = {
        (row["reference"], row["data_group"])
        for row in await platform.admin.fetch(
            "SELECT r.reference, g.data_group FROM record r JOIN group_content g ON g.record_id = r.id"
        )
    }
    counted, faults = Counter[str](), []
    for subject, function in roles():
        person = await acting_as(platform, subject, function)
        for kind, reference in records:
            (record,) = (await person.ask(everything(kind), reference=reference)).values()
            if record is None:
                counted["no record"] += 1
                continue
            told = {one["group"]: one for one in record["access"]["groups"]}
            assert list(told) == [group.name for group in DataGroup if group is not DataGroup.CAVEATED]
            for name in GROUPS[kind]:
                group = FIELDS[name]
                why = told[group.name]
                counted[why["verdict"]] += 1
                problem = fault(why, record[name], (reference, group.value) not in stored)
                faults += [f"{subject} as {function}, {reference} {name}: {problem}"] if problem else []
    assert faults == []
    assert sum(counted.values()) > 500, counted
    assert set(counted) == {"WHOLE", "SUMMARY", "WITHHELD", "NOTHING_TO_SEE", "no record"}


async def why(person: Any, case: dict[str, Any]) -> dict[str, Any]:
    query = f"query ($reference: String) {{ case(reference: $reference) {{ {WHY} }} }}"
    access = (await person.ask(query, reference=case["reference"]))["case"]["access"]
    return {"standing": access["standing"]} | {one["group"]: one for one in access["groups"]}


async def test_one_is_told_how_one_stands_to_a_case_in_words(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    officer, colleague = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-2")
    case = await refer(officer)
    await platform.deliver()
    decider = await platform.sign_in("sca-1")

    own, other = await why(officer, case), await why(colleague, case)
    assert own["standing"] == (
        "Your agency submitted the referral (referrer), since 26 May 2026; you are assigned since 26 May 2026."
    )
    assert (
        other["standing"] == "Your agency submitted the referral (referrer), since 26 May 2026; you are not assigned."
    )
    through = (await why(decider, case))["standing"]
    assert through.endswith("; you are assigned through the team Reasonable grounds intake since 26 May 2026.")

    account = own["ACCOUNT"]
    assert (account["verdict"], account["says"]) == ("WHOLE", "You see all of this.")
    assert account["rules"] == [
        {
            "number": "R201",
            "because": "the referring agency wrote it and answers for it",
            "opens": "WHOLE",
            "when": [],
        }
    ]
    hidden = other["ACCOUNT"]
    assert (hidden["verdict"], hidden["withheld"], hidden["requestable"]) == ("WITHHELD", "NOT_ASSIGNED_TO_YOU", False)
    assert hidden["wouldChange"][0].startswith(COLLEAGUE_MAY)


async def test_taking_a_case_on_changes_what_one_is_told_at_once(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    officer, colleague = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-2")
    case = await refer(officer)
    assert (await why(colleague, case))["ACCOUNT"]["verdict"] == "WITHHELD"

    assert (await assign(colleague, case, memberId=await id_of(colleague)))["problem"] is None

    assert (await why(colleague, case))["ACCOUNT"]["verdict"] == "WHOLE"


async def test_one_sees_what_ones_agency_wrote_and_is_told_the_version(platform: Platform) -> None:
    school = await platform.sign_in("eps-1")
    concern = await open_concern(school)
    account = (await why(school, concern))["ACCOUNT"]
    assert (account["verdict"], account["version"]) == ("WHOLE", 1)
    assert "as your agency last wrote it" in account["says"]


async def test_asking_why_opens_no_group_and_leaves_one_line(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    before = len(await platform.ledger())

    await why(officer, case)

    (line,) = (await platform.ledger())[before:]
    assert (line["act"], line["groups"], line["summaries"], line["refused"]) == ("see", ["core"], [], [])


async def test_whoever_is_barred_is_told_nothing_and_not_that_they_are_barred(platform: Platform) -> None:
    officer, decider = await platform.sign_in("wyp-1"), await platform.sign_in("sca-1")
    case = await refer(officer)
    await platform.deliver()
    query = f"query ($reference: String) {{ case(reference: $reference) {{ {WHY} }} }}"
    await platform.admin.execute(
        "INSERT INTO access_bar (record_id, member_id, reason, from_at) SELECT r.id, m.id, 'Knows them', '2020-01-01' "
        "FROM record r, member m WHERE r.reference = $1 AND m.subject = 'sca-1'",
        case["reference"],
    )
    barred = await decider.post(query, {"reference": case["reference"]})
    absent = await decider.post(query, {"reference": "MSK-0000-0000"})
    assert barred.content == absent.content == b'{"data":{"case":null}}'
