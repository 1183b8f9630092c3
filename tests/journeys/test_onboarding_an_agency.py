"""Two administrators of the platform bring in an agency; from its first two administrators on it looks after itself."""

import pytest

from tests.world.administering import administer, agreed, decide, lines, problem_of, propose, proposed, rights
from tests.world.platform import Person, Platform
from tests.world.stories import open_concern
from tests.world.template import ISSUER_URL

pytestmark = pytest.mark.anyio
BRIDGE = {"code": "example-bridge", "name": "Example Bridge", "functions": ["SUPPORT_PRIME", "FIRST_RESPONDER"]}


async def platform_administrators(platform: Platform) -> tuple[Person, Person]:
    return await platform.sign_in("con-1"), await platform.sign_in("con-2")


async def agency_id(who: Person, name: str) -> str:
    found = (await who.ask("{ agencies(first: 100) { edges { node { id name } } } }"))["agencies"]["edges"]
    return str(next(edge["node"]["id"] for edge in found if edge["node"]["name"] == name))


def administrator(agency: str, subject: str, name: str) -> dict[str, str]:
    who = {"provider": "example-bridge", "subject": subject, "name": name}
    return {"agencyId": agency, **who, "function": "FIRST_RESPONDER"}


async def onboarded(platform: Platform) -> tuple[Person, Person, str]:
    alba, boris = await platform_administrators(platform)
    await agreed(alba, boris, onboardAgency=BRIDGE)
    bridge = await agency_id(alba, "Example Bridge")
    provider = {"slug": "example-bridge", "issuer": f"{ISSUER_URL}/example-bridge", "clientId": "concordat"}
    await agreed(boris, alba, registerProvider={"agencyId": bridge, **provider})
    return alba, boris, bridge


async def test_an_agency_is_brought_in_by_two_and_then_administers_itself(platform: Platform) -> None:
    alba, boris, bridge = await onboarded(platform)
    await agreed(alba, boris, appointAdministrator=administrator(bridge, "exb-1", "Yara Invented"))
    await agreed(alba, boris, appointAdministrator=administrator(bridge, "exb-2", "Zeno Invented"))
    yara, zeno = await platform.sign_in("exb-1"), await platform.sign_in("exb-2")
    viewer = (await yara.ask("{ viewer { accessLevel agency { name } } }"))["viewer"]
    assert viewer == {"accessLevel": "ADMINISTRATOR", "agency": {"name": "Example Bridge"}}

    third = await propose(alba, appointAdministrator=administrator(bridge, "exb-3", "Somebody Invented"))
    assert problem_of(third) == ("Conflict", "ADMINISTERED_ALREADY")
    worker = {"provider": "example-bridge", "subject": "exb-9", "name": "Aidan Invented"}
    await agreed(yara, zeno, addMember=worker | {"function": "FIRST_RESPONDER", "accessLevel": "PRACTITIONER"})

    seen = [(line["act"], line["actor"]) for line in await lines(yara) if line["verdict"] == "DONE"]
    assert ("member.add", "Zeno Invented") in seen
    assert ("administrator.appoint", "Boris Invented") in seen
    assert {line["agency"] for line in await lines(yara)} == {"Example Bridge"}


async def test_one_platform_administrator_alone_brings_in_nobody(platform: Platform) -> None:
    alba, boris = await platform_administrators(platform)
    before = await rights(platform)
    proposal = await proposed(alba, onboardAgency=BRIDGE)
    assert problem_of(await decide(alba, proposal))[0] == "Refused"
    await decide(boris, proposal, "DECLINE")
    browser = platform.browser()

    assert (await browser.get("/sign-in/example-bridge")).status_code != 303
    assert await rights(platform) != before, "the proposal itself is kept"
    assert await platform.admin.fetchval("SELECT count(*) FROM agency WHERE code = 'example-bridge'") == 0


async def test_a_platform_administrator_administers_no_agency_that_has_its_own(platform: Platform) -> None:
    alba, _ = await platform_administrators(platform)
    police = await agency_id(alba, "West Yorkshire Police")
    member = await platform.admin.fetchval("SELECT id::text FROM member WHERE subject = 'wyp-1'")
    before = await rights(platform)
    appointed = administrator(police, "wyp-7", "PC Tess Invented") | {"provider": "west-yorkshire-police"}

    assert problem_of(await propose(alba, appointAdministrator=appointed)) == ("Conflict", "ADMINISTERED_ALREADY")
    ended = await administer(alba, endFunction={"memberId": member, "function": "FIRST_RESPONDER"})
    assert problem_of(ended)[0] == "NotFound"
    assert await rights(platform) == before


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"functions": ["PLATFORM_OPERATION"]}, "not_for_agencies"),
        ({"functions": ["PLATFORM_WORKER"]}, "not_for_agencies"),
        ({"functions": []}, "required"),
        ({"code": "Example Bridge"}, "form"),
        ({"since": "2020-01-01"}, "begins_in_the_past"),
    ],
)
async def test_an_agency_cannot_become_the_platform(platform: Platform, change: dict[str, object], code: str) -> None:
    alba, _ = await platform_administrators(platform)

    assert problem_of(await propose(alba, onboardAgency=BRIDGE | change)) == ("Invalid", code)


async def test_a_provider_answers_for_its_own_agency_only(platform: Platform) -> None:
    alba, boris, bridge = await onboarded(platform)
    foreign = administrator(bridge, "wyp-1", "PC Asha Invented") | {"provider": "west-yorkshire-police"}
    assert problem_of(await propose(alba, appointAdministrator=foreign)) == ("Invalid", "no_such_provider")
    taken = {"agencyId": bridge, "slug": "leeds-city-council", "issuer": "https://id.invented.example", "clientId": "x"}
    assert problem_of(await propose(boris, registerProvider=taken)) == ("Conflict", "ADDED_ALREADY")
    plain = {"agencyId": bridge, "slug": "second", "issuer": "http://id.invented.example", "clientId": "x"}
    assert problem_of(await propose(boris, registerProvider=plain)) == ("Invalid", "form")


async def test_what_an_agency_begins_to_do_later_begins_at_midnight_in_london(platform: Platform) -> None:
    await platform.set_clock("2026-03-20T09:00+00:00")
    alba, boris = await platform_administrators(platform)
    school = await agency_id(alba, "Example Park School")
    later = {"agencyId": school, "function": "HEALTH", "since": "2026-03-30"}
    await agreed(alba, boris, giveAgencyFunction=later)
    for moment, expected in (
        ("2026-03-29T23:59+01:00", ["EDUCATION"]),
        ("2026-03-30T00:00+01:00", ["EDUCATION", "HEALTH"]),
    ):
        await platform.set_clock(moment)
        alba = await platform.sign_in("con-1")
        node = await alba.ask("query ($id: ID!) { node(id: $id) { ... on Agency { functions } } }", id=school)
        assert node["node"]["functions"] == expected
    assert (await open_concern(await platform.sign_in("eps-1")))["stage"] == "CONCERN"
