"""Which children's services a concern reaches, and whose task it is where it reaches none."""

import pytest

from tests.world.forms import CONCERN, child_referral
from tests.world.platform import Platform
from tests.world.stories import FROM_THE_PAST, OPEN, counted, inbox, look, open_concern, refer_from

pytestmark = pytest.mark.anyio


async def test_an_unknown_council_is_an_invalid_concern(platform: Platform) -> None:
    school = await platform.sign_in("eps-1")
    before = await counted(platform)

    payload = await school.do(OPEN, concern=CONCERN | {"localAuthority": "Atlantis Council"})

    assert {problem["path"] for problem in payload["problem"]["problems"]} >= {"localAuthority"}
    assert all(problem["remedy"] for problem in payload["problem"]["problems"])
    assert await counted(platform) == before


async def test_no_council_leaves_a_task_to_find_childrens_services(platform: Platform) -> None:
    school, council = await platform.sign_in("eps-1"), await platform.sign_in("lcc-1")

    case = await open_concern(school, localAuthority=None)
    await platform.deliver()

    (task,) = await inbox(school)
    assert (task["kind"], task["isTask"]) == ("FIND_CHILDRENS_SERVICES", True)
    assert task["record"]["reference"] == case["reference"]
    assert await look(council, case) is None


async def test_a_council_without_an_account_leaves_a_task_to_telephone_it(platform: Platform) -> None:
    school = await platform.sign_in("eps-1")

    await open_concern(school, localAuthority="Kent County Council")
    await platform.deliver()

    (task,) = await inbox(school)
    assert (task["kind"], task["isTask"]) == ("TELL_BODY_WITHOUT_ACCOUNT", True)
    assert task["about"]["name"] == "Kent County Council"


async def test_a_task_of_the_council_reaches_its_people(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    school, council = await platform.sign_in("eps-1"), await platform.sign_in("lcc-1")
    concern = await open_concern(school)

    payload = await refer_from(council, concern, referral=child_referral(currentTown="Maidstone", currentRegion="Kent"))
    assert payload["problem"] is None, payload
    await platform.deliver()

    (task,) = [notice for notice in await inbox(council) if notice["isTask"]]
    assert (task["kind"], task["about"]["name"]) == ("TELL_BODY_WITHOUT_ACCOUNT", "Kent Police")
