"""Two cases with the same Home Office reference may be of one person: for whoever reads it in both, and nobody else."""

from typing import Any

import pytest

from tests.journeys.test_protection import shown
from tests.journeys.test_related_cases import elsewhere, named
from tests.world.forms import adult_referral
from tests.world.platform import Person, Platform
from tests.world.stories import refer, told, worklist

pytestmark = pytest.mark.anyio
PAIRS = """{ possibleDuplicates { sameBirth sameReference cases { reference } } }"""

STATUS = """query ($reference: String) { case(reference: $reference) { identity { __typename }
  immigration { ... on Immigration { homeOfficeReference } } } }"""


async def pairs(who: Person) -> list[tuple[bool, bool, set[str]]]:
    found = (await who.ask(PAIRS))["possibleDuplicates"]
    return [(one["sameBirth"], one["sameReference"], {c["reference"] for c in one["cases"]}) for one in found]


def known_by(first: str, reference: str | None, born: str | None = None) -> dict[str, Any]:
    """Somebody's form with this Home Office reference."""
    return named(first, f"Invented{first}", born) | {"immigration": {"homeOfficeReference": reference}}


@pytest.mark.parametrize(
    ("typed", "again", "is_found"),
    [
        ("A1234567", "a1234567", True),
        ("HO ref. A-123/4567, port", "A1234567", True),
        ("A1234567 and 1212-0001-2345", "GWF 121200012345", True),
        ("A1234567", "A1234568", False),
        ("not known", "not known", False),
        ("seen on 12/03/2020", "seen on 12/03/2020", False),
        ("A1234567", None, False),
    ],
)
async def test_the_same_reference_is_found_however_it_is_typed_and_whatever_the_names_are(
    platform: Platform, typed: str, again: str | None, is_found: bool
) -> None:
    asha = await platform.sign_in("wyp-1")
    one, other = [await refer(asha, known_by(*said)) for said in (("Ana", typed), ("Maria", again))]
    both = {one["reference"], other["reference"]}
    assert await pairs(asha) == ([(False, True, both)] if is_found else [])


async def test_a_name_and_a_reference_make_one_pair(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    cases = [await refer(asha, known_by("Ana", "A1234567", "1990-05-02")) for _ in range(2)]
    assert await pairs(asha) == [(True, True, {case["reference"] for case in cases})]


async def test_whoever_does_not_read_both_references_is_told_nothing(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    form = known_by("Ana", "A1234567") | {"supportPlan": {"wanted": True}}
    form |= {"contact": adult_referral()["contact"] | {"phone": "+44 113 496 0002"}}
    await refer(asha, form)
    readers = {who: await platform.sign_in(who) for who in ("wyp-1", "wyp-2", "wyp-3", "tsa-1", "exh-1")}
    before = {who: told(await person.post(PAIRS)) for who, person in readers.items()}

    other = await elsewhere(platform, known_by("Maria", "A1234567"))

    for who, person in readers.items():
        assert told(await person.post(PAIRS)) == before[who], who
    decider = await platform.sign_in("sca-2")
    assert [same for _, same, _ in await pairs(decider)] == [True]
    await platform.admin.execute("UPDATE record SET restricted = true WHERE reference = $1", other["reference"])
    assert await pairs(decider) == []


async def test_each_of_both_is_a_look_at_who_it_is_and_at_the_reference(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    [await refer(asha, known_by(first, "A1234567")) for first in ("Ana", "Maria")]
    before = len(await platform.ledger())
    await pairs(asha)
    looks = [line for line in (await platform.ledger())[before:] if line["act"] == "see"]
    assert [set(line["groups"]) >= {"identity", "immigration"} for line in looks] == [True, True]


async def test_support_that_reads_both_names_is_told_of_no_reference(platform: Platform) -> None:
    for first in ("Ana", "Maria"):
        form = known_by(first, "A1234567") | {"supportPlan": {"wanted": True}}
        form |= {"contact": adult_referral()["contact"] | {"phone": "+44 113 496 0002"}}
        await refer(await platform.sign_in("wyp-1"), form)
    assert len(await pairs(await platform.sign_in("wyp-1"))) == 1
    assert await pairs(await platform.sign_in("tsa-1")) == []


async def test_a_unit_that_reads_of_status_and_no_name_is_told_of_no_pair(platform: Platform) -> None:
    cases = [
        await refer(await platform.sign_in("wyp-1"), known_by(first, "A1234567", "1990-05-02"))
        for first in ("Ana", "Maria")
    ]
    for case in cases:
        assert (await shown(platform, case))["problem"] is None
    unit = await platform.sign_in("epu-1")
    for case in cases:
        seen = (await unit.ask(STATUS, reference=case["reference"]))["case"]
        assert seen["immigration"]["homeOfficeReference"] == "A1234567"
        assert seen["identity"]["__typename"] == "IdentitySummary"
    assert {one["reference"] for one in await worklist(unit)} == {case["reference"] for case in cases}, (
        "in their charge"
    )
    assert await pairs(unit) == []
    assert len(await pairs(await platform.sign_in("sca-1"))) == 1
