"""What a machine's session opens: the listed operations, word for word, and never a browser's door."""

import httpx2
import pytest

from policies.vocabulary import Function
from tests.contract.storyteller import OPERATIONS
from tests.world.machines import IMPORT, registered
from tests.world.platform import Platform
from tests.world.stories import refer, told, worklist
from tests.world.template import IMPORTER_SECRET, PUBLIC_URL, WORKER_SECRET

pytestmark = pytest.mark.anyio

VIEWER, AGENCIES = OPERATIONS["ReadViewer"].query, OPERATIONS["ListAgencies"].query
BODY = {"query": VIEWER}


def code_of(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["extensions"]["code"]


async def test_a_machines_secret_is_no_cookie(platform: Platform) -> None:
    machine = await registered(platform)
    browser = platform.browser()
    for name in ("concordat", "__Host-concordat"):
        browser.cookies.set(name, await machine.sign_in())

    assert code_of(await browser.post("/graphql", json=BODY)) == (401, "UNAUTHENTICATED")
    assert (await machine.run(VIEWER)).status_code == 200


async def test_a_persons_secret_is_no_bearer_token(platform: Platform) -> None:
    person = await platform.sign_in("wyp-1")
    bearer = {"authorization": f"Bearer {person.secret}"}

    for path in ("/graphql", "/imports/referrals"):
        answer = await platform.browser().post(path, json=BODY, headers=bearer)
        assert code_of(answer) == (401, "UNAUTHENTICATED")
        assert answer.headers["www-authenticate"].startswith("Bearer resource_metadata=")
        assert f"{PUBLIC_URL}/.well-known/oauth-protected-resource" in answer.headers["www-authenticate"]


async def test_whoever_sends_a_header_is_not_known_by_a_cookie(platform: Platform) -> None:
    person = await platform.sign_in("wyp-1")

    for header in ("Bearer x", "Basic d3lwLTE6eA==", "", "Bearer concordat.machine." + "A" * 43):
        answer = await person._browser.post("/graphql", json=BODY, headers={"authorization": header})
        assert code_of(answer) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize("secret", [WORKER_SECRET, IMPORTER_SECRET])
async def test_the_platforms_own_services_run_no_operation_by_either_door(platform: Platform, secret: str) -> None:
    browser = platform.browser()
    assert (await browser.post("/graphql", json=BODY, headers={"authorization": f"Bearer {secret}"})).status_code == 401

    await platform.admin.execute(
        "UPDATE session SET secret_hash = sha256($1) WHERE secret_hash = sha256($2)", b"A" * 43, secret.encode()
    )
    browser.cookies.set("concordat", "A" * 43)
    assert code_of(await browser.post("/graphql", json=BODY)) == (403, "OPERATION_NOT_LISTED")


async def test_a_machine_runs_what_is_listed_and_nothing_else(platform: Platform) -> None:
    machine = await registered(platform, operations=(IMPORT, "ReadViewer"))
    await machine.sign_in()

    assert (await machine.run(VIEWER)).status_code == 200
    assert (await machine.run(VIEWER, operationName="ReadViewer")).status_code == 200
    assert code_of(await machine.run(AGENCIES)) == (403, "OPERATION_NOT_LISTED")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("{ viewer { id } }", None),
        ("query ReadViewer { viewer { id } }", "ReadViewer"),
        (VIEWER + "\nquery Other { viewer { id } }", "ReadViewer"),
        (VIEWER, "ListAgencies"),
        (VIEWER.replace("viewer", "viewer ", 1), "ReadViewer"),
    ],
)
async def test_a_machine_cannot_put_its_own_words_under_a_listed_name(
    platform: Platform, query: str, name: str | None
) -> None:
    machine = await registered(platform)
    await machine.sign_in()

    assert code_of(await machine.run(query, operationName=name)) == (403, "OPERATION_NOT_LISTED")


async def test_a_machine_that_may_not_import_sends_no_messages(platform: Platform) -> None:
    machine = await registered(platform, operations=("ReadViewer",))
    await machine.sign_in()

    assert code_of(await machine.send([])) == (403, "OPERATION_NOT_LISTED")


async def test_no_page_of_another_site_is_asked_about_where_a_machine_calls(platform: Platform) -> None:
    """A browser sends no such header by itself, and every page that wants to must ask first; here none may."""
    machine = await registered(platform)
    await machine.sign_in()
    browser = platform.browser()

    asked = {"origin": "https://evil.example", "access-control-request-headers": "authorization"}
    preflight = await browser.options("/graphql", headers=asked | {"access-control-request-method": "POST"})
    assert not [name for name in preflight.headers if name.startswith("access-control-")]
    assert (await browser.post("/graphql", content=b"{}", headers=machine.headers)).status_code == 415


async def test_an_unknown_token_and_an_ended_one_are_answered_alike(platform: Platform) -> None:
    machine = await registered(platform)
    await machine.sign_in()
    await platform.admin.execute("UPDATE session SET ended_at = moment()")
    was = await machine.run(VIEWER)
    machine.token = "concordat.machine." + "A" * 43

    assert told(await machine.run(VIEWER)) == told(was)


async def test_a_machine_of_a_working_function_stands_in_no_record_of_its_agency(platform: Platform) -> None:
    """Involvements count for it as for anyone, and no rule gives a machine a case that its agency's people work on."""
    reading = ("ReadCase", "ListCases", "ListAgencies")
    officer = await platform.sign_in("wyp-1")
    opened = await refer(officer)
    machine = await registered(platform, function=Function.FIRST_RESPONDER, operations=reading)
    await machine.sign_in()
    case, cases, agencies = (OPERATIONS[name].query for name in reading)

    there = await machine.run(case, {"reference": opened["reference"]})
    nowhere = await machine.run(case, {"reference": "C-2222-22222"})
    listed = {
        scope: (await machine.run(cases, {"scope": scope, "first": 20})).json() for scope in ("ASSIGNED", "AGENCY")
    }

    assert there.json() == nowhere.json()
    assert there.json()["data"] == {"case": None}
    assert [answer["data"]["worklist"]["edges"] for answer in listed.values()] == [[], []]
    assert (await machine.run(agencies, {"first": 1})).json()["data"]["agencies"]["edges"] != []
    lines = await platform.admin.fetch(
        "SELECT l.verdict, l.record_id, l.groups FROM access_record l JOIN member m ON m.id = l.member_id"
        " WHERE m.display_name = 'Records system'"
    )
    assert lines
    assert [line for line in lines if line["groups"] or (line["record_id"] and line["verdict"] != "refused")] == []
    assert len(await worklist(officer)) == 1
