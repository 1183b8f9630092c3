"""Who gets the letters about a child: whoever stands for the child, and the first responder one of its own.

Nothing is ever written to a child.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from tests.journeys.test_attachments import NEVER
from tests.journeys.test_letters_as_documents import listed, text_of
from tests.journeys.test_letters_to_agencies import ALL, HEARD, LATER, OF_AGE, SECOND, a_child, given, worked
from tests.journeys.test_protection import PARTS
from tests.noninterference.bare_scene import STAND
from tests.world import stories
from tests.world.administering import act_as
from tests.world.deciding import decide, done
from tests.world.forms import child_referral
from tests.world.platform import Person, Platform
from tests.world.stories import inbox, raw_id, told

pytestmark = pytest.mark.anyio
NO_COUNCIL = "UPDATE involvement SET until_at = moment() WHERE relation = 'safeguarding_lead'"
# No door gives these relations yet.
WEAR = """INSERT INTO agency_function (agency_id, function, valid_from)
    SELECT m.agency_id, $1, DATE '2009-04-01' FROM member m WHERE m.subject = 'exh-1'"""
WORK = """INSERT INTO member_function (member_id, function, access_level, valid_from)
    SELECT m.id, $1, 'practitioner', DATE '2009-04-01' FROM member m WHERE m.subject = 'exh-1'"""


@pytest.mark.parametrize("outcome", ["POSITIVE", "NEGATIVE"])
async def test_a_childs_decisions_go_to_the_council_and_to_the_first_responder(
    platform: Platform, outcome: str
) -> None:
    case = await a_child(platform)
    await decide(platform, case, **HEARD)
    await platform.set_clock(LATER)
    await decide(platform, case, outcome, **SECOND, **HEARD)

    assert await worked(platform) == [], "nothing leaves for a child, nor by e-mail for anybody"

    ends = f"conclusive_grounds_{outcome.lower()}"
    assert await given(platform) == [
        ("first_responder", "reasonable_grounds_positive", "west-yorkshire-police", "first_responder"),
        ("for_the_child", "reasonable_grounds_positive", "leeds-city-council", "childrens_services"),
        ("first_responder", ends, "west-yorkshire-police", "first_responder"),
        ("for_the_child", ends, "leeds-city-council", "childrens_services"),
    ]
    council, officer = await platform.sign_in("lcc-1"), await platform.sign_in("wyp-1")
    assert await listed(council, case["id"], "FIRST_RESPONDER") == []
    assert await listed(officer, case["id"], "FOR_THE_CHILD") == []
    (first, second) = await listed(council, case["id"], "FOR_THE_CHILD")
    for letter in (first, second):
        assert "it is not given to the child" in text_of((await council.get(f"/letters/{letter['id']}.pdf")).content)
        assert (await council.get(f"/letters/{letter['id']}/to-post.pdf")).status_code == 404
        hidden = [await officer.get(f"/letters/{one}.pdf") for one in (letter["id"], NEVER)]
        assert told(hidden[0]) == told(hidden[1]), "a letter for another is like one that is nowhere"
    assert (await stories.kinds(council)).count("LETTER_RECEIVED") == 2


async def test_a_negative_first_decision_about_a_child_is_told_to_the_same(platform: Platform) -> None:
    case = await a_child(platform)
    await decide(platform, case, "NEGATIVE", **HEARD)
    assert await worked(platform) == []
    assert [row[:3] for row in await given(platform)] == [
        ("first_responder", "reasonable_grounds_negative", "west-yorkshire-police"),
        ("for_the_child", "reasonable_grounds_negative", "leeds-city-council"),
    ]


async def test_a_council_that_referred_its_child_is_written_to_once(platform: Platform) -> None:
    case = await a_child(platform, "lcc-1")
    await decide(platform, case, **HEARD)
    assert await worked(platform) == []
    assert [row[:3] for row in await given(platform)] == [
        ("for_the_child", "reasonable_grounds_positive", "leeds-city-council")
    ]


async def test_a_child_for_whom_nobody_here_stands_is_a_task_of_the_authority(platform: Platform) -> None:
    case = await a_child(
        platform,
        childProtection=child_referral()["childProtection"]
        | {"localAuthority": "Wakefield Metropolitan District Council"},
    )
    await decide(platform, case, **HEARD)
    assert await worked(platform) == []
    rows = [tuple(row)[:5] for row in await platform.admin.fetch(ALL)]
    assert rows[1] == ("for_the_child", "reasonable_grounds_positive", None, None, "no_account")
    maker = await platform.sign_in("sca-1")
    (task,) = [one for one in await inbox(maker) if one["kind"] == "LETTER_WITHOUT_ADDRESSEE"]
    assert (task["isTask"], task["about"]["name"]) == (True, "Wakefield Metropolitan District Council")
    (letter,) = await listed(maker, case["id"], "FOR_THE_CHILD")
    assert "it is not given to the child" in text_of((await maker.get(f"/letters/{letter['id']}.pdf")).content)


async def test_a_child_whom_nobody_stands_for_is_a_task_too(platform: Platform) -> None:
    case = await a_child(platform)
    await platform.admin.execute(NO_COUNCIL)
    await decide(platform, case, **HEARD)
    assert await worked(platform) == []
    rows = [tuple(row)[:5] for row in await platform.admin.fetch(ALL)]
    assert rows[1] == ("for_the_child", "reasonable_grounds_positive", None, None, "nobody_is_known")
    assert "LETTER_WITHOUT_ADDRESSEE" in await stories.kinds(await platform.sign_in("sca-1"))


async def test_where_the_council_cannot_take_it_a_guardian_does(platform: Platform) -> None:
    case = await a_child(platform)
    await platform.admin.execute(NO_COUNCIL)
    await stands(platform, case, "guardian", "guardian")
    await decide(platform, case, **HEARD)
    assert await worked(platform) == []
    assert (await given(platform))[1][2:] == ("example-haven", "guardian")


async def test_a_letter_tells_nobody_what_they_may_not_know(platform: Platform) -> None:
    case = await a_child(platform)
    await decide(platform, case, **HEARD)
    maker, other = await platform.sign_in("sca-1"), await platform.sign_in("sca-2")
    await worked(platform)
    await done(maker, "weighDisqualification", case, ground="PUBLIC_ORDER")
    await done(other, "decideDisqualification", case, isDisqualified=True, **PARTS)
    assert await worked(platform) == []
    rows = sorted(tuple(row)[:5] for row in await platform.admin.fetch(ALL) if row["matter"] == "disqualified")
    assert rows == [
        ("first_responder", "disqualified", "west-yorkshire-police", "first_responder", None),
        ("for_the_child", "disqualified", None, None, "nobody_is_known"),
    ], "a council does not read disqualifications, and the first responder that there is one"
    assert len(await listed(await platform.sign_in("lcc-1"), case["id"], "FOR_THE_CHILD")) == 1


async def test_whoever_is_settled_as_an_adult_before_it_leaves_is_written_to_themselves(platform: Platform) -> None:
    case = await a_child(platform)
    await decide(platform, case, **HEARD)
    await platform.admin.execute(OF_AGE)
    for _ in range(2):  # it changes hands in one round of the worker, and leaves in the next
        assert await worked(platform) == []
    rows = [tuple(row)[:5] for row in await platform.admin.fetch(ALL)]
    assert ("person", "reasonable_grounds_positive", None, None, "nothing_is_marked_safe") in rows
    assert "LETTER_RECEIVED" not in await stories.kinds(await platform.sign_in("lcc-1"))


async def stands(platform: Platform, case: Mapping[str, Any], function: str, relation: str) -> Person:
    """Somebody of Example Haven who stands so for the child, and has the case; signed in as that."""
    for change in (WEAR, WORK):
        await platform.admin.execute(change, function)
    await platform.admin.execute(STAND, UUID(raw_id(case["id"])), "exh-1", function, relation, "For the child")
    person = await platform.sign_in("exh-1")
    assert (await act_as(person, function.upper()))["problem"] is None
    return person


async def test_where_neither_council_nor_guardian_is_there_the_lawyer_takes_it(platform: Platform) -> None:
    case = await a_child(platform)
    await platform.admin.execute(NO_COUNCIL)
    lawyer = await stands(platform, case, "legal_representative", "representative")
    await decide(platform, case, "NEGATIVE", **HEARD)

    assert await worked(platform) == []

    assert (await given(platform))[1] == (
        "for_the_child",
        "reasonable_grounds_negative",
        "example-haven",
        "legal_representative",
    )
    (letter,) = await listed(lawyer, case["id"], "FOR_THE_CHILD")
    said = text_of((await lawyer.get(f"/letters/{letter['id']}.pdf")).content)
    assert "it is not given to the child" in said
    assert "LETTER_RECEIVED" in await stories.kinds(lawyer)
    assert "LETTER_WITHOUT_ADDRESSEE" not in await stories.kinds(await platform.sign_in("sca-1"))
    former = await platform.sign_in("lcc-1")  # the council that is not there any more
    hidden = [await former.get(f"/letters/{one}.pdf") for one in (letter["id"], NEVER)]
    assert told(hidden[0]) == told(hidden[1])


async def test_a_lawyer_beside_the_council_is_told_of_the_decision_and_has_no_letter(platform: Platform) -> None:
    case = await a_child(platform)
    lawyer = await stands(platform, case, "legal_representative", "representative")
    await decide(platform, case, **HEARD)
    assert await worked(platform) == []
    assert (await given(platform))[1][2:] == ("leeds-city-council", "childrens_services")
    assert await listed(lawyer, case["id"], "FOR_THE_CHILD") == []
    assert await stories.kinds(lawyer) == ["DECISION_ISSUED"]
