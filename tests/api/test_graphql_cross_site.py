"""Requests that a foreign page can make a browser send: none of them executes anything."""

import json

import pytest

from api.callers import origin_of
from tests.api.door import JSON, PUBLIC_URL, CountingExecutor, client, codes, door

pytestmark = pytest.mark.anyio

CHANGE = json.dumps({"query": "mutation { change }"}).encode()
FORM = b"query=mutation+%7B+change+%7D"
MULTIPART = (
    b'--b\r\nContent-Disposition: form-data; name="operations"\r\n\r\n' + CHANGE + b"\r\n"
    b'--b\r\nContent-Disposition: form-data; name="map"\r\n\r\n{}\r\n--b--\r\n'
)
TRICK = b'{"query":"mutation { change }","variables":{"x":"="}}'

# What a form or a fetch without a preflight may say: three types, and whatever looks like them.
SIMPLE_TYPES = [
    None,
    "",
    "text/plain",
    "text/plain;charset=UTF-8",
    "text/plain; application/json",
    "text/plain, application/json",
    "application/json, text/plain",
    "text/plain;application/json",
    "text/plain; charset=application/json",
    "text/json",
    "text/html",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=application/json",
    "application/x-www-form-urlencoded, application/json",
    "multipart/form-data; boundary=b",
    "multipart/form-data; boundary=application/json",
    "multipart/form-data; boundary=b, application/json",
    "application/graphql",
    "application/graphql+json",
    "application/graphql-response+json",
    "application/problem+json",
    "application/jsonp",
    "application/json-patch+json",
    "application/json;charset=utf-7",
    "application/json;charset=utf-16",
    "application/json;charset=latin-1",
    "application/json;charset=utf-8;charset=utf-7",
    "application/json;odata=verbose",
    "application/json;",
    "application",
    "*/*",
    "json",
]
OWN = {"Content-Type": JSON}
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://127.0.0.1:8001"},
    {"Origin": "https://127.0.0.1:8000"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "http://localhost:8000"},
    {"Origin": f"{PUBLIC_URL}.evil.example"},
    {"Origin": f"{PUBLIC_URL}/"},
    {"Origin": f"{PUBLIC_URL}, https://evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "cross-site", "Origin": PUBLIC_URL},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
]


@pytest.mark.parametrize("content_type", SIMPLE_TYPES)
async def test_a_simple_request_executes_nothing(content_type: str | None) -> None:
    executor = CountingExecutor()

    async with client(door(executor)) as browser:
        headers = {} if content_type is None else {"Content-Type": content_type}
        answers = [
            await browser.post("/graphql", content=body, headers=headers) for body in (CHANGE, FORM, MULTIPART, TRICK)
        ]

    assert {answer.status_code for answer in answers} == {415}
    assert {code for answer in answers for code in codes(answer)} == {"UNSUPPORTED_MEDIA_TYPE"}
    assert executor.executed == []


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_a_request_from_a_foreign_page_executes_nothing(headers: dict[str, str]) -> None:
    executor = CountingExecutor()

    async with client(door(executor)) as browser:
        response = await browser.post("/graphql", content=CHANGE, headers=OWN | headers)

    assert (response.status_code, codes(response)) == (403, ["FORBIDDEN_ORIGIN"])
    assert executor.executed == []


@pytest.mark.parametrize("name", ["Content-Type", "Origin"])
async def test_a_header_that_stands_twice_is_no_way_around(name: str) -> None:
    executor = CountingExecutor()
    twice = {"Content-Type": (JSON, "text/plain"), "Origin": (PUBLIC_URL, "https://evil.example")}[name]

    async with client(door(executor)) as browser:
        headers = [("Content-Type", JSON)] if name == "Origin" else []
        response = await browser.post("/graphql", content=CHANGE, headers=[*headers, *((name, v) for v in twice)])

    assert response.status_code in (403, 415)
    assert executor.executed == []


@pytest.mark.parametrize("encoding", ["gzip", "br", "identity, gzip"])
async def test_a_compressed_body_is_not_unpacked(encoding: str) -> None:
    async with client(door(CountingExecutor())) as browser:
        response = await browser.post("/graphql", content=CHANGE, headers=OWN | {"Content-Encoding": encoding})

    assert response.status_code == 415


async def test_a_change_cannot_be_asked_for_in_the_address() -> None:
    executor = CountingExecutor()

    async with client(door(executor)) as browser:
        by_get = await browser.get("/graphql", params={"query": "mutation { change }"})
        by_post = await browser.post("/graphql", params={"query": "mutation { change }"}, headers=OWN)

    assert (by_get.status_code, by_post.status_code) == (405, 400)
    assert executor.executed == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": PUBLIC_URL},
        {"Origin": PUBLIC_URL, "Sec-Fetch-Site": "same-origin"},
        {"Content-Type": "Application/JSON; Charset=UTF-8"},
        {"Content-Type": 'application/json;charset="utf-8"'},
    ],
    ids=str,
)
async def test_our_own_pages_and_other_programs_may_call(headers: dict[str, str]) -> None:
    executor = CountingExecutor()

    async with client(door(executor)) as browser:
        response = await browser.post("/graphql", content=CHANGE, headers=OWN | headers)

    assert response.json() == {"data": {"change": "changed"}}
    assert len(executor.executed) == 1


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("https://Concordat.example/", "https://concordat.example"),
        ("https://concordat.example:443/path", "https://concordat.example"),
        ("http://concordat.example:80", "http://concordat.example"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(url: str, origin: str) -> None:
    assert origin_of(url) == origin
