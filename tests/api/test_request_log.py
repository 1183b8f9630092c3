"""The log: one line per request with listed keys; nothing of a query, a value, a path or a cookie."""

import json
import logging
from typing import Any, NoReturn
from uuid import UUID

import pytest
import structlog
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

from api.assembly import assemble
from tests.api.door import ALIVE, GRAPHQL, PUBLIC_URL, CountingExecutor, ask, client, door

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("log_of_a_server")]

CANARY = "Blessing-of-12-Hidden-Street"


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What was written, line by line."""
    captured = capsys.readouterr()
    assert captured.err == ""
    return [json.loads(line) for line in captured.out.splitlines()]


async def test_a_request_leaves_one_line_with_exactly_these_keys(capsys: pytest.CaptureFixture[str]) -> None:
    response = await ask(CountingExecutor(), "{ hello }")

    (line,) = lines(capsys)
    assert list(line) == [
        "time",
        "level",
        "event",
        "request_id",
        "method",
        "route",
        "status",
        "duration_ms",
        "operation",
    ]
    assert (line["event"], line["level"], line["method"], line["route"]) == ("request", "info", "POST", "/graphql")
    assert (line["status"], line["operation"]) == (200, "query")
    assert line["request_id"] == response.headers["x-request-id"]
    assert line["time"].endswith("Z")


async def test_an_id_that_comes_with_a_request_is_not_believed() -> None:
    response = await ask(CountingExecutor(), "{ hello }", X_Request_Id=CANARY)

    assert UUID(response.headers["x-request-id"]).version == 4


async def test_paths_are_logged_as_templates_and_invented_methods_not_at_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def one(request: Request) -> Response:
        return PlainTextResponse("one")

    routes = [Route("/cases/{id}", one), Mount("/inner", routes=[Route("/{id}", one)])]
    async with client(assemble(routes, public_url=PUBLIC_URL)) as browser:
        for method, path in [
            ("GET", "/cases/"),
            ("GET", "/inner/"),
            ("GET", "/nowhere/"),
            ("GET", "/nowhere?"),
            (CANARY, "/"),
        ]:
            await browser.request(method, path + CANARY)

    written = lines(capsys)
    assert [line.get("route") for line in written] == ["/cases/{id}", "/{id}", None, None, None]
    assert [line["method"] for line in written] == ["GET", "GET", "GET", "GET", "OTHER"]
    assert CANARY not in json.dumps(written)


CANARIES = [
    (f'{{ hello(name: "{CANARY}") }}', None),
    (f'{{ hello(name: "{CANARY}" }}', None),
    (f'{{ nothing(name: "{CANARY}") }}', None),
    (f'{{ hello(name: "{CANARY}") boom }}', None),
    ("query ($n: String) { hello(name: $n) boom }", {"n": CANARY}),
    ("query ($n: Day) { hello(day: $n) }", {"n": CANARY}),
    ("query ($n: Day) { hello(day: $n) }", {"n": {CANARY: CANARY}}),
    ("query Q($n: String) { hello(name: $n) x: boom }", {"n": CANARY, CANARY: 1}),
]


@pytest.mark.parametrize(("query", "variables"), CANARIES)
async def test_nothing_of_an_operation_reaches_the_log_or_the_answer_to_a_fault(
    query: str, variables: dict[str, object] | None, capsys: pytest.CaptureFixture[str]
) -> None:
    def boom() -> NoReturn:
        try:
            raise KeyError(CANARY)
        except KeyError as error:
            logging.getLogger("strawberry.execution").error(GraphQLError(CANARY), exc_info=error)
            logging.getLogger("sqlalchemy.engine.Engine").warning("[parameters: %r]", CANARY)
            logging.getLogger("uvicorn.error").exception("Exception %s", CANARY)
            logging.getLogger("uvicorn.access").info("GET /%s", CANARY)
            raise ValueError(CANARY) from error

    headers = {"Referer": f"/{CANARY}", "User-Agent": CANARY, "X-Other": CANARY}
    response = await ask(CountingExecutor(boom), query, variables, **headers)

    captured = capsys.readouterr()
    assert CANARY not in captured.out + captured.err
    assert ALIVE not in captured.out + captured.err
    if "boom" in query:
        assert response.status_code == 500
        assert CANARY not in response.text + str(response.headers)


async def test_a_fault_is_found_by_its_request_id_type_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    def boom() -> NoReturn:
        raise ValueError(CANARY) from KeyError(CANARY)

    response = await ask(CountingExecutor(boom), "{ boom }")

    fault, request = lines(capsys)
    assert fault["fault_types"] == [
        "graphql.error.graphql_error.GraphQLError",
        "builtins.ValueError",
        "builtins.KeyError",
    ]
    assert any(place.startswith(f"{__name__}:") for place in fault["fault_at"])
    assert fault["request_id"] == request["request_id"] == response.json()["errors"][0]["extensions"]["requestId"]
    assert (request["status"], request["code"]) == (500, "INTERNAL")


async def test_a_refused_request_is_logged_with_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    async with client(door(CountingExecutor()), None) as browser:
        await browser.post("/graphql", json={"query": "{ hello }"}, headers={"Accept": GRAPHQL})

    assert [(line["status"], line["code"]) for line in lines(capsys)] == [(401, "UNAUTHENTICATED")]


def test_keys_that_are_not_listed_are_dropped_and_values_are_plain_and_short(
    capsys: pytest.CaptureFixture[str],
) -> None:
    structlog.get_logger().info("x" * 1000, case=CANARY, status={"a": CANARY}, fault_at=[1, "a:1"], query=CANARY)

    (line,) = lines(capsys)
    assert line == {"time": line["time"], "level": "info", "event": "x" * 300, "status": "dict", "fault_at": ["a:1"]}


def test_of_a_library_only_its_name_is_written_and_of_uvicorn_its_own_sentences(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logging.getLogger("uvicorn.error").info("Uvicorn running on %s://%s:%d (Press CTRL+C to quit)", "http", "::1", 8000)
    logging.getLogger("some.library").warning(CANARY)
    logging.getLogger("sqlalchemy.engine").info(CANARY)

    ours, theirs = lines(capsys)
    assert ours["message"] == "Uvicorn running on http://::1:8000 (Press CTRL+C to quit)"
    assert (theirs["logger"], "message" in theirs) == ("some.library", False)
