"""A list that is open and empty is like one that is closed for a fact that its reader may not know."""

from collections.abc import Mapping
from typing import Any

import pytest

from api.development.examples import read_examples
from tests.world.meetings import a_childs_case
from tests.world.platform import Person, Platform
from tests.world.requests import SURGERY, asked
from tests.world.stories import id_of

pytestmark = pytest.mark.anyio

GROUPS = ("DECISIONS", "INFORMATION_REQUESTS", "DISQUALIFICATION")
WHY = "groups { group verdict says withheld wouldChange }"
LISTS = f"""query ($reference: String) {{ case(reference: $reference) {{
  decisions {{ __typename ... on Decisions {{ entries {{ id }} steps {{ id }} }} }}
  informationRequests {{ __typename ... on InformationRequests {{ requests {{ id }} }} }}
  disqualification {{ __typename }} access {{ {WHY} }} }} }}"""
ACCESS_OF = next(example.query for example in read_examples() if example.name == "ReadAccessOf")
OF_AGE = "UPDATE case_fact SET value = 'adult' WHERE kind = 'age'"
DECIDED = """
    INSERT INTO decision (record_id, kind, outcome, issued_on, authority_id, recorded_at, recorded_by)
    SELECT r.id, 'reasonable_grounds', 'positive', london_today(), m.agency_id, moment(), m.id
    FROM record r, member m WHERE m.subject = 'sca-1'
"""
GUARDS = """
    WITH given AS (
        INSERT INTO involvement (record_id, record_kind, agency_id, function, relation, purpose, lawful_basis, source,
                                 given_by, from_at)
        SELECT r.id, r.kind, m.agency_id, 'guardian', 'guardian', 'p', 'b', 's', m.id, moment() - interval '1 hour'
        FROM record r, member m WHERE m.subject = 'eha-2' RETURNING *
    )
    INSERT INTO assignment (record_id, involvement_id, agency_id, function, member_id, reason, given_by, from_at)
    SELECT record_id, id, agency_id, function, given_by, 'r', given_by, moment() - interval '1 hour' FROM given
"""


async def lists(who: Person, case: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in place of the lists, and what is said of them."""
    found: dict[str, Any] = (await who.ask(LISTS, reference=case["reference"]))["case"]
    return found | {"access": {one["group"]: one for one in found["access"]["groups"] if one["group"] in GROUPS}}


async def told_of(platform: Platform, who: Person, case: Mapping[str, Any]) -> dict[str, str]:
    """The verdicts that an officer of the council is given about this person, now."""
    officer, person = await platform.sign_in("lcc-ig"), await id_of(who)
    payload = (await officer.ask(ACCESS_OF, person=person, reference=case["reference"], at=None))["accessOf"]
    (possible,) = payload["access"]["possible"]
    return {one["group"]: one["verdict"] for one in possible["access"]["groups"] if one["group"] in GROUPS}


async def test_an_empty_list_does_not_say_whether_somebody_is_a_child(platform: Platform) -> None:
    worker, case = await a_childs_case(platform)

    of_a_child = await lists(worker, case)
    officer_told = await told_of(platform, worker, case)
    assert await platform.admin.execute(OF_AGE) != "UPDATE 0"

    assert await lists(worker, case) == of_a_child
    assert await told_of(platform, worker, case) == officer_told
    assert of_a_child["decisions"] is None
    assert of_a_child["informationRequests"] is None
    assert officer_told["DECISIONS"] == officer_told["INFORMATION_REQUESTS"] == "NOTHING_TO_SEE"


async def test_what_stands_in_an_open_list_is_shown_and_explained(platform: Platform) -> None:
    worker, case = await a_childs_case(platform)
    request = await asked(platform, worker, case, SURGERY)

    after_asking = await lists(worker, case)
    assert after_asking["informationRequests"]["requests"] == [{"id": request["requestId"]}]
    assert after_asking["decisions"] is None
    assert after_asking["access"]["INFORMATION_REQUESTS"]["verdict"] == "WHOLE"
    assert after_asking["access"]["DECISIONS"]["verdict"] == "NOTHING_TO_SEE"

    assert await platform.admin.execute(DECIDED) == "INSERT 0 1"

    after_deciding = await lists(worker, case)
    assert len(after_deciding["decisions"]["entries"]) == 1
    assert after_deciding["access"]["DECISIONS"]["verdict"] == "WHOLE"
    mine = {group: one["verdict"] for group, one in after_deciding["access"].items()}
    assert await told_of(platform, worker, case) == mine


async def test_what_others_ask_does_not_open_a_list(platform: Platform) -> None:
    """A guardian of the child learns nothing from the request of the council."""
    worker, case = await a_childs_case(platform)
    guardian = await platform.sign_in("eha-2")
    await platform.admin.execute(GUARDS)
    before = await lists(guardian, case)

    await asked(platform, worker, case, SURGERY)

    assert await lists(guardian, case) == before
    assert before["informationRequests"] is None
    assert before["access"]["INFORMATION_REQUESTS"]["verdict"] == "NOTHING_TO_SEE"
