"""An agency keeps its own contacts, the platform those of bodies without an account; whoever is signed in sees all."""

from typing import Any

import pytest

from tests.world.platform import Person, Platform
from tests.world.stories import PROBLEM

pytestmark = pytest.mark.anyio

FRIDAY = "2026-05-29T12:00+01:00"
POINT = "contactPoints { id function kind hours reachesNow name address until }"
DUTY = "duty { id function name telephone since until isNow }"
AGENCY = f"agency {{ id name {POINT} {DUTY} }} {PROBLEM}"
RECORD_POINT = f"mutation ($input: RecordContactPointInput!) {{ recordContactPoint(input: $input) {{ {AGENCY} }} }}"
END_POINT = f"mutation ($input: EndContactPointInput!) {{ endContactPoint(input: $input) {{ {AGENCY} }} }}"
RECORD_DUTY = f"mutation ($input: RecordDutyInput!) {{ recordDuty(input: $input) {{ {AGENCY} }} }}"
END_DUTY = f"mutation ($input: EndDutyInput!) {{ endDuty(input: $input) {{ {AGENCY} }} }}"
ALL = f"""query ($after: String) {{ agencies(onPlatform: false, first: 100, after: $after) {{
  edges {{ node {{ id name {POINT} {DUTY} }} }} pageInfo {{ hasNextPage endCursor }} }} }}"""
NIGHT_DESK = {"kind": "TELEPHONE", "hours": "OUT_OF_HOURS", "name": "Night desk", "address": "01632 960199"}
NIGHT = {"name": "Invented Colleague", "telephone": "07700 900199"}
PERIOD = {"since": "2026-05-29T09:00+01:00", "until": "2026-05-29T17:00+01:00"}
LEEDS, BRISTOL = "Leeds City Council", "Bristol City Council"


async def agency(who: Person, name: str) -> dict[str, Any]:
    """As this person sees it in the list."""
    after = None
    while True:
        page = (await who.ask(ALL, after=after))["agencies"]
        for edge in page["edges"]:
            if edge["node"]["name"] == name:
                found: dict[str, Any] = edge["node"]
                return found
        assert page["pageInfo"]["hasNextPage"], f"there is no {name}"
        after = page["pageInfo"]["endCursor"]


async def record_point(who: Person, whose: str, **content: Any) -> dict[str, Any]:
    sent = {"agencyId": (await agency(who, whose))["id"], "function": "CHILDRENS_SERVICES"} | NIGHT_DESK | content
    return await who.do(RECORD_POINT, **sent)


async def record_duty(who: Person, whose: str, **content: Any) -> dict[str, Any]:
    sent = {"agencyId": (await agency(who, whose))["id"], "function": "CHILDRENS_SERVICES"} | NIGHT | PERIOD | content
    return await who.do(RECORD_DUTY, **sent)


@pytest.mark.parametrize(("keeper", "name"), [("lcc-4", LEEDS), ("lcc-2", LEEDS), ("con-1", BRISTOL)])
async def test_whoever_keeps_them_records_and_ends_them_for_everybody(
    platform: Platform, keeper: str, name: str
) -> None:
    await platform.set_clock(FRIDAY)
    who, reader = await platform.sign_in(keeper), await platform.sign_in("exh-1")

    recorded = await record_point(who, name)
    on_duty = await record_duty(who, name)

    assert (recorded["problem"], on_duty["problem"]) == (None, None)
    seen = await agency(reader, name)
    point = next(point for point in seen["contactPoints"] if point["name"] == "Night desk")
    shift = next(shift for shift in seen["duty"] if shift["name"] == NIGHT["name"])
    assert (point["reachesNow"], shift["isNow"]) == (False, True)
    assert (await who.do(END_POINT, contactPointId=point["id"]))["problem"] is None
    assert (await who.do(END_DUTY, dutyId=shift["id"]))["problem"] is None
    after = await agency(reader, name)
    assert "Night desk" not in {point["name"] for point in after["contactPoints"]}
    assert NIGHT["name"] not in {shift["name"] for shift in after["duty"]}
    assert (await who.do(END_POINT, contactPointId=point["id"]))["problem"]["code"] == "ENDED_ALREADY"
    lines = await platform.admin.fetch("SELECT act, before, after FROM administrative_record ORDER BY sequence")
    acts = [(line["act"], line["before"] is not None, line["after"] is not None) for line in lines]
    assert acts == [
        ("contact_point.record", False, True),
        ("duty.record", False, True),
        ("contact_point.end", True, True),
        ("duty.end", True, True),
    ]


@pytest.mark.parametrize(
    ("stranger", "name", "function"),
    [
        ("lcc-1", LEEDS, "CHILDRENS_SERVICES"),  # no manager
        ("lcc-2", LEEDS, "FIRST_RESPONDER"),  # a manager of another function
        ("wyp-5", LEEDS, "CHILDRENS_SERVICES"),  # another agency's administrator
        ("con-1", LEEDS, "CHILDRENS_SERVICES"),  # an agency on the platform keeps its own
        ("lcc-4", BRISTOL, "CHILDRENS_SERVICES"),
        ("lcc-4", LEEDS, "ADULT_SERVICES"),  # not a function of the agency
    ],
)
async def test_nobody_else_keeps_them(platform: Platform, stranger: str, name: str, function: str) -> None:
    await platform.set_clock(FRIDAY)
    who = await platform.sign_in(stranger)
    before = await agency(who, name)

    payloads = [await record_point(who, name, function=function), await record_duty(who, name, function=function)]
    if function == "CHILDRENS_SERVICES":
        payloads += [await who.do(END_POINT, contactPointId=point["id"]) for point in before["contactPoints"][:1]]
        payloads += [await who.do(END_DUTY, dutyId=shift["id"]) for shift in before["duty"]]

    assert len(payloads) >= 2
    assert [payload["problem"]["__typename"] for payload in payloads] == ["Refused"] * len(payloads)
    assert await agency(who, name) == before
    assert await platform.admin.fetchval("SELECT count(*) FROM access_record WHERE verdict = 'refused'") == len(
        payloads
    )


async def test_what_says_nothing_or_ends_before_it_begins_is_not_recorded(platform: Platform) -> None:
    await platform.set_clock(FRIDAY)
    who = await platform.sign_in("lcc-4")

    point = await record_point(who, LEEDS, name=" ", address="x" * 301, since="2026-06-02", until="2026-06-01")
    duty = await record_duty(who, LEEDS, telephone="", until=PERIOD["since"])

    assert [p["path"] for p in point["problem"]["problems"]] == ["name", "address", "until"]
    assert [p["path"] for p in duty["problem"]["problems"]] == ["telephone", "until"]
    assert (await who.do(END_POINT, contactPointId="nothing"))["problem"]["__typename"] == "NotFound"
