"""Every demo person in every function they have, in front of every record of a world that has some of each kind."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.demo_world import cases, cast
from tests.world.meetings import POLICE, convened, invitee, opened
from tests.world.platform import Person, Platform
from tests.world.requests import SURGERY, asked
from tests.world.sharing import given
from tests.world.stories import ASSIGN, id_of, open_concern, refer, refer_from, supported_adult
from tests.world.template import IMPORTER_SECRET

DECIDED = """
    INSERT INTO decision (record_id, kind, outcome, issued_on, authority_id, recorded_at, recorded_by)
    SELECT r.id, 'reasonable_grounds', 'positive', london_today(), m.agency_id, moment(), m.id
    FROM record r, member m WHERE r.reference = $1 AND m.subject = 'sca-1'
"""
WISHED_AND_CONSIDERED = """
    WITH taken AS (
        INSERT INTO case_step (record_id, ordinal, kind, data_group, happened_on, agency_id, recorded_at, recorded_by)
        SELECT r.id, k.ordinal, k.kind, k.data_group, london_today(), m.agency_id, moment(), m.id
        FROM record r, member m, (VALUES (1, 'wish_recorded', 'wishes'), (2, 'leave_considered', 'leave'))
            AS k (ordinal, kind, data_group)
        WHERE r.reference = $1 AND m.subject = 'sca-1' RETURNING id, record_id, data_group)
    INSERT INTO case_step_detail SELECT id, record_id, data_group, CASE data_group
        WHEN 'wishes' THEN jsonb_build_object('wants', ARRAY['return_home'], 'words', 'Said so.')
        ELSE '{"row": "none", "circumstance": "without_leave", "opening": "opens"}' END FROM taken
"""
ACT_AS = "mutation ($input: ActAsInput!) { actAs(input: $input) { problem { __typename } } }"


async def records_of_each_kind(platform: Platform) -> list[tuple[str, str]]:
    """The demo's messages, a concern, a child referred from one, adults with and without support: kind, reference."""
    await cases.load(platform.database.app_url, IMPORTER_SECRET)
    school, council, officer = [await platform.sign_in(subject) for subject in ("eps-1", "lcc-1", "wyp-1")]
    await open_concern(await platform.sign_in("ess-1"))
    assert (await refer_from(council, await open_concern(school)))["problem"] is None
    await _of_which_others_are_asked(platform, council, await open_concern(school))
    case = await refer(officer, supported_adult())
    await platform.admin.execute(WISHED_AND_CONSIDERED, case["reference"])
    await refer(officer)
    colleague = await platform.sign_in("wyp-2")
    content = {"caseId": case["id"], "expectedVersion": case["assignmentVersion"], "reason": "On leave."}
    assert (await colleague.do(ASSIGN, memberId=await id_of(colleague), **content))["problem"] is None
    await platform.deliver()
    rows = await platform.admin.fetch("SELECT kind, reference FROM record ORDER BY opened_at, reference")
    return [(row["kind"], row["reference"]) for row in rows]


async def _of_which_others_are_asked(platform: Platform, council: Person, case: Mapping[str, Any]) -> None:
    """The council asks the surgery, shares with the guardian's service and meets the police; the authority decided."""
    await asked(platform, council, case, SURGERY)
    await given(platform, council, case, ("example-harbour", "GUARDIAN"), "CHILD_PROTECTION")
    await opened(
        council, await convened(council, case, invite=[await invitee(council, POLICE, "INVESTIGATING_POLICE")])
    )
    await platform.admin.execute(DECIDED, case["reference"])
    await platform.admin.execute(WISHED_AND_CONSIDERED, case["reference"])


def roles() -> Iterator[tuple[str, str]]:
    """Everybody with every function they have."""
    for people in cast.content()["people"].values():
        for person in people:
            yield from ((person["subject"], function) for function in person["functions"])


async def acting_as(platform: Platform, subject: str, function: str) -> Person:
    """This person, signed in and acting in this function."""
    person = await platform.sign_in(subject)
    payload = await person.do(ACT_AS, function=function.upper())
    assert payload["problem"] is None, (subject, function, payload)
    return person
