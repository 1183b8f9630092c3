"""Every demo person in every function they have, in front of every record of a world that has some of each kind."""

from collections.abc import Iterator

from services.demo_world import cases, cast
from tests.world.platform import Person, Platform
from tests.world.stories import ASSIGN, id_of, open_concern, refer, refer_from, supported_adult
from tests.world.template import IMPORTER_SECRET

ACT_AS = "mutation ($input: ActAsInput!) { actAs(input: $input) { problem { __typename } } }"


async def records_of_each_kind(platform: Platform) -> list[tuple[str, str]]:
    """The demo's messages, a concern, a child referred from one, adults with and without support: kind, reference."""
    await cases.load(platform.database.app_url, IMPORTER_SECRET)
    school, council, officer = [await platform.sign_in(subject) for subject in ("eps-1", "lcc-1", "wyp-1")]
    await open_concern(await platform.sign_in("ess-1"))
    assert (await refer_from(council, await open_concern(school)))["problem"] is None
    case = await refer(officer, supported_adult())
    await refer(officer)
    colleague = await platform.sign_in("wyp-2")
    content = {"caseId": case["id"], "expectedVersion": case["assignmentVersion"], "reason": "On leave."}
    assert (await colleague.do(ASSIGN, memberId=await id_of(colleague), **content))["problem"] is None
    await platform.deliver()
    rows = await platform.admin.fetch("SELECT kind, reference FROM record ORDER BY opened_at, reference")
    return [(row["kind"], row["reference"]) for row in rows]


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
