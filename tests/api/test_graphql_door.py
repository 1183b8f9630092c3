"""The door's order of checks, its status codes and media types."""

import json
from collections.abc import AsyncIterator

import pytest

from tests.api.door import ALIVE, COOKIE, GRAPHQL, JSON, CountingExecutor, ask, client, codes, door

pytestmark = pytest.mark.anyio

HELLO = json.dumps({"query": "{ hello }"}).encode()


async def test_an_operation_of_a_living_session_is_answered() -> None:
    response = await ask(CountingExecutor(), "query ($n: String) { hello(name: $n) }", {"n": "Ada"})

    assert response.status_code == 200
    assert response.json() == {"data": {"hello": "hello Ada"}}
    assert response.headers["content-type"] == f"{GRAPHQL}; charset=utf-8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("*/*", JSON),
        (JSON, JSON),
        ("text/html", JSON),
        (GRAPHQL, GRAPHQL),
        (f"{JSON}, {GRAPHQL.upper()};charset=utf-8", GRAPHQL),
        (f"{GRAPHQL};q=0, {JSON}", JSON),
    ],
)
async def test_the_newer_media_type_is_used_when_it_is_asked_for(accept: str | None, expected: str) -> None:
    async with client(door(CountingExecutor())) as browser:
        browser.headers.pop("accept")
        headers = {"Content-Type": JSON} | ({"Accept": accept} if accept else {})
        response = await browser.post("/graphql", content=HELLO, headers=headers)

    assert (response.status_code, response.headers["content-type"]) == (200, f"{expected}; charset=utf-8")


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
async def test_only_post_is_served(method: str) -> None:
    executor = CountingExecutor()

    async with client(door(executor)) as browser:
        response = await browser.request(method, "/graphql?query={hello}")

    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert executor.executed == []


@pytest.mark.parametrize("secret", [None, "", "ended"])
async def test_without_a_living_session_nothing_is_executed(secret: str | None) -> None:
    executor = CountingExecutor()

    async with client(door(executor), secret) as browser:
        response = await browser.post("/graphql", json={"query": "{ hello }"})

    assert (response.status_code, codes(response)) == (401, ["UNAUTHENTICATED"])
    assert executor.executed == []


async def test_without_a_session_a_document_is_not_even_read() -> None:
    async with client(door(CountingExecutor()), None) as browser:
        response = await browser.post("/graphql", json={"query": "{ this is no document"})

    assert codes(response) == ["UNAUTHENTICATED"]


DOCUMENT_PROBLEMS = [
    ("{ hello", None, "GRAPHQL_PARSE_FAILED"),
    ("{ nothing }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("{ ...Nope }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("{ ...F } fragment F on Query { hello } fragment F on Query { boom }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("subscription { hello }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("query A { hello } query B { hello }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("{ __schema { types { name } } }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("type Query { hello: String }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("{ a { a { a { a { a { a { a { a { a { a { a { a { a } } } } } } } } } } } } }", None, "TOO_COMPLEX"),
    ("query ($day: Day!) { hello(day: $day) }", {"day": "tomorrow"}, "BAD_USER_INPUT"),
]


@pytest.mark.parametrize(("query", "variables", "code"), DOCUMENT_PROBLEMS)
async def test_a_problem_with_the_document_has_its_code_and_no_data(
    query: str, variables: dict[str, object] | None, code: str
) -> None:
    executor = CountingExecutor()

    newer = await ask(executor, query, variables)
    older = await ask(executor, query, variables, Accept=JSON)

    assert (newer.status_code, older.status_code) == (400, 200)
    assert set(codes(newer)) == set(codes(older)) == {code}
    assert "data" not in newer.json()
    assert executor.executed == []


async def test_validation_names_at_most_ten_errors_and_suggests_nothing() -> None:
    response = await ask(CountingExecutor(), "{ helo item { " + " ".join(f"x{n}" for n in range(30)) + " } }")

    errors = response.json()["errors"]
    assert len(errors) == 11
    assert errors[0]["message"] == "Cannot query field 'helo' on type 'Query'."
    assert errors[0]["locations"] == [{"line": 1, "column": 3}]
    assert "Did you mean" not in response.text


async def test_a_document_of_two_operations_runs_the_named_one() -> None:
    executor = CountingExecutor()

    async with client(door(executor)) as browser:
        body = {"query": 'query A { hello } query B { hello(name: "B") }', "operationName": "B"}
        response = await browser.post("/graphql", json=body)

    assert response.json() == {"data": {"hello": "hello B"}}


async def test_introspection_is_served_only_where_it_is_switched_on() -> None:
    async with client(door(CountingExecutor(), introspection=True)) as browser:
        response = await browser.post("/graphql", json={"query": "{ __schema { queryType { name } } }"})

    assert response.json() == {"data": {"__schema": {"queryType": {"name": "Query"}}}}


async def test_a_body_is_cut_off_at_its_limit_while_it_streams() -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(1000):
            sent += 8192
            yield b" " * 8192

    # httpx's in-process transport hands over one chunk at a time, as a server does.
    async with client(door(CountingExecutor())) as browser:
        response = await browser.post("/graphql", content=endless(), headers={"Content-Type": JSON})

    assert (response.status_code, codes(response)) == (413, ["BODY_TOO_LARGE"])
    assert sent <= 64 * 1024 + 2 * 8192


async def test_a_declared_body_beyond_the_limit_is_refused_before_it_is_read() -> None:
    async def unread() -> AsyncIterator[bytes]:
        raise AssertionError("nobody may read this")
        yield b""

    async with client(door(CountingExecutor())) as browser:
        headers = {"Content-Type": JSON, "Content-Length": "65537"}
        response = await browser.post("/graphql", content=unread(), headers=headers)

    assert response.status_code == 413


async def test_a_body_of_exactly_the_limit_is_served() -> None:
    async with client(door(CountingExecutor())) as browser:
        response = await browser.post("/graphql", content=HELLO.ljust(64 * 1024), headers={"Content-Type": JSON})

    assert response.json() == {"data": {"hello": "hello world"}}


async def test_a_client_that_leaves_while_it_sends_gets_nothing_executed() -> None:
    executor = CountingExecutor()
    sent: list[object] = []
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "headers": [(b"content-type", b"application/json"), (b"cookie", f"{COOKIE}={ALIVE}".encode())],
    }
    messages: list[dict[str, object]] = [
        {"type": "http.request", "body": HELLO, "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> dict[str, object]:
        return messages.pop(0)

    async def send(message: object) -> None:
        sent.append(message)

    await door(executor)(scope, receive, send)

    assert (sent, executor.executed) == ([], [])


async def test_the_path_with_a_slash_is_another_path_and_not_a_redirect() -> None:
    async with client(door(CountingExecutor())) as browser:
        response = await browser.post("/graphql/", content=HELLO, headers={"Host": "evil.example"})

    assert (response.status_code, "location" in response.headers) == (404, False)
