"""Bodies that are no GraphQL request: each is refused with 400 and never with a fault."""

import json

import pytest

from api.problems import Code, Problem
from api.request_body import parse_request
from tests.api.door import JSON, CountingExecutor, client, codes, door

pytestmark = pytest.mark.anyio

DEEP = 100_000
BAD_BODIES = {
    "nothing": b"",
    "a string": b'"abc"',
    "a number": b"1",
    "null": b"null",
    "true": b"true",
    "an array": b"[]",
    "a batch": b'[{"query":"{hello}"},{"query":"{hello}"}]',
    "an empty object": b"{}",
    "half an object": b'{"query":"{hello}"',
    "two objects": b'{"query":"{hello}"}{"query":"{hello}"}',
    "not UTF-8": b'{"query":"{hello}\xff"}',
    "UTF-16": '{"query":"{hello}"}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"query":"{hello}"}',
    "deep arrays": b"[" * DEEP,
    "deep objects": b'{"a":' * (DEEP // 8),
    "deep variables": b'{"query":"{hello}","variables":{"a":' + b"[" * 1000 + b"]" * 1000 + b"}}",
    "a number of 5000 digits": b'{"query":"{hello}","variables":{"a":' + b"9" * 5000 + b"}}",
    "NaN": b'{"query":"{hello}","variables":{"a":NaN}}',
    "Infinity": b'{"query":"{hello}","variables":{"a":-Infinity}}',
    "a number beyond all numbers": b'{"query":"{hello}","variables":{"a":1e999}}',
    "a key twice": b'{"query":"{hello}","query":"{boom}"}',
    "a key twice, deeper": b'{"query":"{hello}","variables":{"a":{"b":1,"b":2}}}',
    "half a surrogate pair": b'{"query":"{hello}","variables":{"a":"\\ud800"}}',
    "half a surrogate pair in the query": b'{"query":"{hello(name: \\"\\udfff\\")}"}',
    "a NUL": b'{"query":"{hello}","variables":{"a":"x\\u0000y"}}',
    "a NUL in a key": b'{"query":"{hello}","variables":{"\\u0000":1}}',
    "a NUL by GraphQL's escape": json.dumps({"query": '{ hello(name: "\\u0000") }'}).encode(),
    "a NUL by GraphQL's longer escape": json.dumps({"query": '{ hello(name: "\\u{00}") }'}).encode(),
    "a raw control character": b'{"query":"{hello\x00}"}',
    "no query": b'{"variables":{}}',
    "an empty query": b'{"query":"  "}',
    "query null": b'{"query":null}',
    "query a number": b'{"query":1}',
    "query a list": b'{"query":["{hello}"]}',
    "variables a list": b'{"query":"{hello}","variables":[]}',
    "variables a string": b'{"query":"{hello}","variables":"{}"}',
    "variables false": b'{"query":"{hello}","variables":false}',
    "operationName a number": b'{"query":"{hello}","operationName":1}',
    "operationName an object": b'{"query":"{hello}","operationName":{}}',
    "extensions a number": b'{"query":"{hello}","extensions":1}',
    "an unknown key": b'{"query":"{hello}","id":"x"}',
    "an unterminated string of quotes": b'{"query":"' + b'\\"' * 30_000,
    "backslashes": b"\\" * 60_000,
    "a form": b"query=%7Bhello%7D",
    "a document without JSON": b"{ hello }",
}


@pytest.mark.parametrize("name", BAD_BODIES)
async def test_a_bad_body_is_refused_and_nothing_is_executed(name: str) -> None:
    executor = CountingExecutor()

    async with client(door(executor)) as browser:
        body = BAD_BODIES[name][: 64 * 1024]
        response = await browser.post("/graphql", content=body, headers={"Content-Type": JSON})

    assert (response.status_code, codes(response)) == (400, ["BAD_REQUEST"])
    assert "data" not in response.json()
    assert executor.executed == []


async def test_thirty_megabytes_are_refused() -> None:
    async with client(door(CountingExecutor())) as browser:
        body = b'{"query":"' + b" " * (30 * 1024 * 1024)
        response = await browser.post("/graphql", content=body, headers={"Content-Type": JSON})

    assert (response.status_code, codes(response)) == (413, ["BODY_TOO_LARGE"])


async def test_a_large_header_that_is_not_ours_changes_nothing() -> None:
    async with client(door(CountingExecutor())) as browser:
        headers = {"X-Large": "x" * 200_000} | {f"X-{n}": "y" for n in range(10_000)}
        response = await browser.post("/graphql", json={"query": "{ hello }"}, headers=headers)

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b'{"query":"{hello}"}', None),
        (b'{"query":"{hello}","variables":null,"operationName":null,"extensions":null}', None),
        (b'{"query":"{hello}","operationName":""}', None),
        (b' {"extensions":{},"operationName":"A","query":"query A {hello}"}\n', "A"),
        (b'{"query":"{hello}","variables":{"text":"[[[[{{{{ \\\\u0000 \\u00e9"}}', None),
    ],
)
def test_a_plain_request_is_read(body: bytes, name: str | None) -> None:
    assert parse_request(body).operation_name == name


def test_text_may_hold_any_character_that_can_be_stored() -> None:
    request = parse_request('{"query":"{hello}","variables":{"a":"Zoë 🕊 \\ud83d\\ude4f \\\\u0000"}}'.encode())

    assert request.variables == {"a": "Zoë 🕊 🙏 \\u0000"}


def test_nesting_is_counted_outside_of_strings_and_to_its_limit() -> None:
    def nested(depth: int) -> bytes:
        return b'{"query":"{hello}","variables":{"a":' + b"[" * depth + b"]" * depth + b"}}"

    parse_request(nested(30))
    with pytest.raises(Problem) as refused:
        parse_request(nested(31))

    assert refused.value.code is Code.BAD_REQUEST
    assert refused.value.details[0].message == "The body nests deeper than 32."
