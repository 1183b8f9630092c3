"""What leaves when something goes wrong: the catalogue's words and a code; never a value, a query or a cause."""

import asyncio
import json
from typing import NoReturn

import pytest
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from api.assembly import assemble
from api.problem_responses import AnswerCutShort
from api.problems import CATALOGUE, Code
from tests.api.door import JSON, PUBLIC_URL, CountingExecutor, ask, client, codes, door

pytestmark = pytest.mark.anyio

CANARY = "Blessing-of-12-Hidden-Street"


class DatabaseError(Exception):
    """Looks like what a database driver raises."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(f"DETAIL: Key (bed, stay)=({CANARY}) [parameters: ({CANARY!r},)]")
        self.sqlstate = sqlstate


class WrappedError(Exception):
    """Looks like what SQLAlchemy makes of it."""

    def __init__(self, orig: Exception) -> None:
        super().__init__(f"[SQL: select {CANARY}]")
        self.orig = orig


class PoolTimeoutError(Exception):
    """Looks like the pool's own timeout."""


PoolTimeoutError.__module__, PoolTimeoutError.__qualname__ = "sqlalchemy.exc", "TimeoutError"

FAULTS = [
    (ValueError(CANARY), "INTERNAL", 500),
    (KeyError("'Nope'"), "INTERNAL", 500),
    (DatabaseError("23P01"), "INTERNAL", 500),
    (WrappedError(DatabaseError("23505")), "INTERNAL", 500),
    (WrappedError(DatabaseError("57014")), "TIMEOUT", 503),
    (WrappedError(DatabaseError("53300")), "BUSY", 503),
    (WrappedError(DatabaseError("40001")), "BUSY", 503),
    (ConnectionRefusedError(CANARY), "BUSY", 503),
    (PoolTimeoutError(CANARY), "BUSY", 503),
    (TimeoutError(CANARY), "TIMEOUT", 503),
    (GraphQLError(CANARY), "INTERNAL", 500),
    (GraphQLError(CANARY, extensions={"code": "SECRET", "detail": CANARY}), "INTERNAL", 500),
    (GraphQLError(CANARY, extensions={"code": "BUSY", "detail": CANARY}), "BUSY", 503),
]


@pytest.mark.parametrize("inside", [True, False], ids=["in a resolver", "in the executor"])
@pytest.mark.parametrize(("error", "code", "status"), FAULTS, ids=lambda value: type(value).__name__)
async def test_a_fault_says_its_code_and_the_request_id_and_nothing_else(
    error: Exception, code: str, status: int, inside: bool
) -> None:
    def boom() -> NoReturn:
        raise error

    async def before() -> None:
        raise error

    executor = CountingExecutor(boom)
    executor.before = None if inside or isinstance(error, GraphQLError) else before

    response = await ask(executor, "{ hello boom }")

    assert response.status_code == status
    assert response.json() == {
        "errors": [
            {
                "message": CATALOGUE[Code(code)].message,
                "extensions": {"code": code, "requestId": response.headers["x-request-id"]},
            }
        ]
    }
    assert ("retry-after" in response.headers) is (status == 503)


async def test_a_null_where_none_may_be_is_a_fault() -> None:
    response = await ask(CountingExecutor(), "{ never }")

    assert (response.status_code, codes(response)) == (500, ["INTERNAL"])


async def test_an_answer_that_is_no_json_is_a_fault() -> None:
    executor = CountingExecutor()
    assert executor.graphql_schema.query_type is not None
    executor.graphql_schema.query_type.fields["hello"].resolve = lambda _root, _info: "\ud800"

    response = await ask(executor, "{ hello }")

    assert (response.status_code, codes(response)) == (500, ["INTERNAL"])


async def test_the_language_may_say_that_an_input_is_wrong_in_the_words_of_the_catalogue() -> None:
    def boom() -> NoReturn:
        raise GraphQLError(CANARY, extensions={"code": "BAD_USER_INPUT", "value": CANARY})

    response = await ask(CountingExecutor(boom), "{ hello mine: boom }")

    assert (response.status_code, CANARY in response.text) == (200, False)
    assert response.json()["data"] == {"hello": "hello world", "mine": None}
    assert response.json()["errors"] == [
        {
            "message": CATALOGUE[Code.BAD_USER_INPUT].message,
            "extensions": {"code": "BAD_USER_INPUT"},
            "locations": [{"line": 1, "column": 9}],
            "path": ["mine"],
        }
    ]


async def test_null_for_an_argument_with_a_default_is_the_clients_mistake_and_no_fault() -> None:
    response = await ask(CountingExecutor(), "query ($n: Int = 1) { required(first: $n) }", {"n": None})

    assert (response.status_code, codes(response)) == (200, ["BAD_USER_INPUT"])


async def test_a_session_that_ends_in_the_middle_is_no_session() -> None:
    def boom() -> NoReturn:
        raise GraphQLError("over", extensions={"code": "UNAUTHENTICATED"})

    response = await ask(CountingExecutor(boom), "{ hello boom }")

    assert (response.status_code, codes(response)) == (401, ["UNAUTHENTICATED"])
    assert "data" not in response.json()


WRONG_VARIABLES = [
    ({"thing": None}, ["$thing: a value is required."]),
    ({}, ["$thing: a value is required."]),
    ({"thing": CANARY}, ["$thing: an object of type Thing is expected."]),
    ({"thing": {"day": CANARY}}, ["$thing.day: not a Day."]),
    ({"thing": {CANARY: 1}}, ["$thing.day: a value is required.", "$thing: holds a field that Thing does not have."]),
    (
        {"thing": {"day": "2026-05-22", "parts": [{"name": "x"}, {"name": None, "size": CANARY}]}},
        ["$thing.parts[1].name: a value is required.", "$thing.parts[1].size: not a Int."],
    ),
    (
        {"thing": {"day": "2026-05-22", "parts": {"size": 2**40}}},
        ["$thing.parts.name: a value is required.", "$thing.parts.size: not a Int."],
    ),
]


@pytest.mark.parametrize(("variables", "sentences"), WRONG_VARIABLES)
async def test_a_wrong_variable_is_named_by_its_path_and_never_by_its_value(
    variables: dict[str, object], sentences: list[str]
) -> None:
    executor = CountingExecutor()

    response = await ask(executor, "mutation ($thing: Thing!) { change(input: $thing) }", variables)

    assert [error["message"] for error in response.json()["errors"]] == sentences
    assert set(codes(response)) == {"BAD_USER_INPUT"}
    assert CANARY not in response.text
    assert executor.executed == []


async def test_an_endless_list_of_mistakes_is_cut_short() -> None:
    parts = [{"name": None}] * 1000

    response = await ask(
        CountingExecutor(),
        "mutation ($thing: Thing!) { change(input: $thing) }",
        {"thing": {"day": "2026-05-22", "parts": parts}},
    )

    assert len(response.json()["errors"]) == 10


async def test_a_long_literal_is_not_repeated_at_length() -> None:
    response = await ask(CountingExecutor(), f'{{ items(first: "{"x" * 5000}") {{ name }} }}')

    assert codes(response) == ["GRAPHQL_VALIDATION_FAILED"]
    assert len(response.text) < 600


async def test_a_fault_of_any_route_is_answered_in_the_same_words() -> None:
    async def broken(request: Request) -> Response:
        raise ValueError(CANARY)

    async with client(assemble([Route("/broken", broken)], public_url=PUBLIC_URL)) as browser:
        response = await browser.get("/broken")

    assert (response.status_code, codes(response), CANARY in response.text) == (500, ["INTERNAL"], False)
    assert response.headers["content-type"].startswith(JSON)


async def test_an_answer_that_breaks_after_it_began_is_cut_short_and_not_mended() -> None:
    async def half() -> object:
        yield b"half"
        raise ValueError(CANARY)

    async def broken(request: Request) -> Response:
        return StreamingResponse(half())  # type: ignore[arg-type] # it is an iterator of bytes

    async with client(assemble([Route("/broken", broken)], public_url=PUBLIC_URL)) as browser:
        with pytest.raises(AnswerCutShort) as cut:
            await browser.get("/broken")

    assert CANARY not in str(cut.value)


async def test_every_code_has_its_words_and_an_unknown_path_none_of_ours() -> None:
    async def plain(request: Request) -> Response:
        return PlainTextResponse("plain")

    async with client(assemble([Route("/plain", plain)], public_url=PUBLIC_URL)) as browser:
        response = await browser.get("/nowhere")

    assert set(CATALOGUE) == set(Code)
    assert (response.status_code, response.text) == (404, "Not Found")


async def test_many_operations_at_once_do_not_mix() -> None:
    executor = CountingExecutor()
    executor.before = lambda: asyncio.sleep(0.001)

    async with client(door(executor)) as browser:
        asked = [{"query": "query ($n: String) { hello(name: $n) }", "variables": {"n": str(n)}} for n in range(30)]
        answers = await asyncio.gather(
            *(browser.post("/graphql", content=json.dumps(one), headers={"Content-Type": JSON}) for one in asked)
        )

    assert [answer.json()["data"]["hello"] for answer in answers] == [f"hello {n}" for n in range(30)]
    assert len({answer.headers["x-request-id"] for answer in answers}) == 30
