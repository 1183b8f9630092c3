"""What is asked wrongly is answered in the catalogue's words, and a failure on the way leaves without data."""

from typing import Any

import pytest

from tests.world.forms import CONCERN, adult_referral
from tests.world.platform import Platform
from tests.world.stories import ASSIGN, CLOSE, LOOK, OPEN, SUBMIT, WORKLIST, counted, open_concern, refer, told

pytestmark = pytest.mark.anyio

BY_ID = "query ($id: ID, $r: String) { case(id: $id, reference: $r) { id } }"
MALFORMED = (
    "",
    "x",
    "!!!",
    "Q2FzZQ==",  # `Case`
    "Q2FzZTo=",  # `Case:`
    "Q2FzZTpub3QtYS11dWlk",  # `Case:not-a-uuid`
    "QWdlbmN5OmFhYWFhYWFhLWFhYWEtNGFhYS04YWFhLWFhYWFhYWFhYWFhYQ==",  # an agency's, of the right length
    "Q2FzZTphYWFhYWFhYS1hYWFhLTRhYWEtOGFhYS1hYWFhYWFhYWFhYWE=",  # of a case, and of none
    "é" * 40,
    "A" * 5000,
)


async def test_t5_malformed_ids_are_answered_like_ids_of_nothing(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")

    assert len({str(told(await officer.post(BY_ID, {"id": public}))) for public in MALFORMED}) == 1
    assert (await officer.ask(BY_ID, id="x")) == {"case": None}
    for public in MALFORMED:
        node = await officer.ask("query ($id: ID!) { node(id: $id) { id } }", id=public)
        assert node == {"node": None}, public
        for query, content in ((ASSIGN, {"reason": "Why."}), (CLOSE, {"reason": "DUPLICATE"})):
            payload = await officer.do(query, caseId=public, expectedVersion=1, **content, **_to(query))
            assert payload["problem"]["__typename"] == "NotFound", public


def _to(query: str) -> dict[str, Any]:
    return {"memberId": "TWVtYmVyOmFhYWFhYWFhLWFhYWEtNGFhYS04YWFhLWFhYWFhYWFhYWFhYQ=="} if query == ASSIGN else {}


async def test_a_case_is_looked_up_by_id_or_by_reference_and_not_by_both_or_neither(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)

    for variables in ({"id": case["id"], "r": case["reference"]}, {}):
        answer = (await officer.post(BY_ID, variables)).json()
        assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
        assert answer.get("data") is None
    assert (await officer.ask(BY_ID, r=case["reference"].lower()))["case"]["id"] == case["id"]


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        (WORKLIST, {"first": 0}),
        (WORKLIST, {"first": -1}),
        (WORKLIST, {"first": 101}),
        (WORKLIST, {"scope": "EVERYBODY"}),
        ("query ($n: Int!) { notices(first: $n) { pageInfo { hasNextPage } } }", {"n": 101}),
        ("query ($n: Int!) { agencies(first: $n) { pageInfo { hasNextPage } } }", {"n": 0}),
        ('query ($n: Int!) { referenceList(name: "towns", first: $n) { list { total } } }', {"n": 101}),
    ],
)
async def test_arguments_out_of_bounds_are_wrong_input(
    platform: Platform, query: str, variables: dict[str, Any]
) -> None:
    officer = await platform.sign_in("wyp-1")

    answer = (await officer.post(query, variables)).json()

    assert {error["extensions"]["code"] for error in answer["errors"]} == {"BAD_USER_INPUT"}
    assert answer.get("data") is None


async def test_unknown_words_in_an_input_are_refused_before_anything_is_done(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    before = await counted(platform)

    for referral in (adult_referral(age="ANCIENT"), adult_referral(nation="FRANCE"), adult_referral(surprise=1)):
        content = {"idempotencyKey": "a-key-of-this-test", "referral": referral}
        answer = (await officer.post(SUBMIT, {"input": content})).json()
        assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
        assert answer.get("data") is None
    assert await counted(platform) == before


STRANGE = ("\x01", "\x1b[2J", "\x00", "\u202e", "a" * 20_000)


async def test_strange_characters_never_become_a_fault(platform: Platform) -> None:
    school = await platform.sign_in("eps-1")
    concern = await open_concern(school)

    for text in STRANGE:
        at = {"caseId": concern["id"], "expectedVersion": 1}
        about = {"memberId": (await school.ask("{ viewer { id } }"))["viewer"]["id"]}
        inputs: tuple[tuple[str, dict[str, Any]], ...] = (
            (OPEN, {"concern": CONCERN | {"concern": text}}),
            (OPEN, {"concern": CONCERN | {"localAuthority": text}}),
            (OPEN, {"concern": CONCERN | {"currentTown": text}}),
            (OPEN, {"concern": CONCERN, "idempotencyKey": f"a key with {text}"}),
            (ASSIGN, at | about | {"reason": f"Because {text}"}),
            (CLOSE, at | {"reason": "DUPLICATE", "note": text}),
        )
        answers = [
            await school.post(query, {"input": {"idempotencyKey": f"a-key-{number}"} | content})
            for number, (query, content) in enumerate(inputs)
        ]
        answers.append(await school.post(BY_ID, {"r": text}))
        assert {response.status_code for response in answers} <= {200, 400}, text


FAILURES = {
    "a table is gone": (
        "ALTER TABLE group_content RENAME TO elsewhere",
        "ALTER TABLE elsewhere RENAME TO group_content",
    ),
    "the ledger takes no line": (
        "REVOKE INSERT ON access_record FROM concordat_gatekeeper",
        "GRANT INSERT ON access_record TO concordat_gatekeeper",
    ),
}


@pytest.mark.parametrize("failure", FAILURES)
async def test_t67_a_failure_on_the_way_leaves_no_data_and_no_trace(platform: Platform, failure: str) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    before, lines = await counted(platform), len(await platform.ledger())
    break_it, mend_it = FAILURES[failure]
    await platform.admin.execute(break_it)

    looking = await officer.post(LOOK, {"reference": case["reference"]})
    writing = await officer.post(
        SUBMIT, {"input": {"idempotencyKey": "a-key-of-this-test", "referral": adult_referral()}}
    )
    listing = await officer.post(WORKLIST.replace("{ cursor node", "{ cursor node { identity { __typename } } node"))

    await platform.admin.execute(mend_it)
    for response in (looking, writing, listing):
        assert response.status_code == 500
        answer = response.json()
        assert "data" not in answer
        assert answer["errors"][0]["extensions"]["code"] == "INTERNAL"
        assert case["reference"] not in response.text
        assert "group_content" not in response.text
    assert await counted(platform) == before
    assert len(await platform.ledger()) == lines


async def test_t57_a_connection_that_dies_in_the_middle_is_answered_without_data_and_heals(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    before = await counted(platform)
    # Whoever stores a clock loses the connection there, as when the server is killed.
    await platform.admin.execute("""
        CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
        $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
        CREATE TRIGGER die BEFORE INSERT ON clock FOR EACH ROW EXECUTE FUNCTION die();
    """)

    sent = {"idempotencyKey": "a-key-of-this-test", "referral": adult_referral()}
    response = await officer.post(SUBMIT, {"input": sent})

    await platform.admin.execute("DROP TRIGGER die ON clock")
    assert response.status_code in {500, 503}
    assert "data" not in response.json()
    assert await counted(platform) == before
    payload = await officer.do(SUBMIT, **sent)
    assert payload["problem"] is None
    assert payload["case"]["reference"] != case["reference"]
