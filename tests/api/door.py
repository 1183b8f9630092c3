"""A small world behind the real door: a schema of its own, an executor that counts, a client that signs in."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx2
from graphql import DocumentNode, ExecutionResult, GraphQLSchema, build_schema, execute
from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.routing import Route

from api.assembly import assemble
from api.graphql import GraphQLEndpoint

PUBLIC_URL = "http://127.0.0.1:8000"
COOKIE = "secret"
ALIVE = "a-living-session"
JSON = "application/json"
GRAPHQL = "application/graphql-response+json"

SCHEMA = """
scalar Day
input Part { name: String!  size: Int }
input Thing { day: Day!  parts: [Part!] }
type Item { name: String  items(first: Int): [Item!]  item: Item  boom: String }
type Query {
  hello(name: String, day: Day): String
  required(first: Int! = 3): Int
  boom: String
  never: String!
  items(first: Int, last: Int): [Item!]
  item: Item
}
type Mutation { change(input: Thing): String  other: String }
"""

Boom = Callable[[], object]


def small_schema(boom: Boom) -> GraphQLSchema:
    """A schema in which one field does whatever a test wants."""
    schema = build_schema(SCHEMA)
    query = schema.query_type
    mutation = schema.mutation_type
    assert query is not None
    assert mutation is not None
    query.fields["hello"].resolve = lambda _root, _info, name="world", day=None: f"hello {name} {day or ''}".strip()
    query.fields["required"].resolve = lambda _root, _info, first: first
    query.fields["boom"].resolve = lambda _root, _info: boom()
    query.fields["never"].resolve = lambda _root, _info: None
    query.fields["items"].resolve = lambda _root, _info, first=1, last=1: [{"name": "one"}]
    mutation.fields["change"].resolve = lambda _root, _info, input=None: "changed"  # noqa: A006 - GraphQL's name
    schema.type_map["Day"].coerce_input_value = _day  # type: ignore[attr-defined] # it is the scalar of the SDL above
    return schema


def _day(value: object) -> str:
    if isinstance(value, str) and len(value) == 10:
        return value
    raise ValueError(f"no day: {value!r}")


class CountingExecutor:
    """Runs operations for one living session and remembers how many."""

    def __init__(self, boom: Boom = lambda: "quiet") -> None:
        self.graphql_schema = small_schema(boom)
        self.executed: list[str] = []
        self.before: Callable[[], Any] | None = None

    async def execute(
        self, document: DocumentNode, source: str, variables: dict[str, Any], operation_name: str | None, secret: str
    ) -> object:
        """The result, or None for a session that is not alive."""
        if secret != ALIVE:
            return None
        self.executed.append(source)
        if self.before is not None:
            await self.before()
        result = execute(self.graphql_schema, document, variable_values=variables, operation_name=operation_name)
        if asyncio.iscoroutine(result):
            result = await result
        assert isinstance(result, ExecutionResult)
        return result


def door(executor: CountingExecutor, **options: Any) -> Starlette:
    """The endpoint behind the real middleware."""
    endpoint = GraphQLEndpoint(executor, find_secret=find_secret, public_url=PUBLIC_URL, **options)
    return assemble([Route("/graphql", endpoint)], public_url=PUBLIC_URL)


def find_secret(connection: HTTPConnection) -> str | None:
    """The session's secret in the small world."""
    return connection.cookies.get(COOKIE)


def client(app: Starlette, secret: str | None = ALIVE) -> httpx2.AsyncClient:
    """A client at the door, signed in unless told otherwise."""
    cookies = {} if secret is None else {COOKIE: secret}
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=PUBLIC_URL, cookies=cookies)


async def ask(
    executor: CountingExecutor, query: str, variables: dict[str, Any] | None = None, **headers: str
) -> httpx2.Response:
    """One operation as a newer client sends it."""
    async with client(door(executor)) as browser:
        sent = {"Accept": GRAPHQL} | {name.replace("_", "-"): value for name, value in headers.items()}
        return await browser.post("/graphql", json={"query": query, "variables": variables}, headers=sent)


def codes(response: httpx2.Response) -> list[str]:
    """The codes of the errors in an answer."""
    return [error["extensions"]["code"] for error in response.json()["errors"]]
