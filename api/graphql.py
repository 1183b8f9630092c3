"""The GraphQL endpoint: POST JSON only, every check before the work, the work committed before the first byte."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from graphql import DocumentNode, ExecutionResult, GraphQLSchema
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.types import Receive, Scope, Send

from api.callers import check_caller, check_content_type, origin_of
from api.documents import Documents
from api.graphql_answer import answer
from api.identity.bearer import bearer_secret, calls_as_machine, challenge
from api.limits import Slots
from api.problems import Code, Problem
from api.request_body import GraphQLRequest, parse_request, read_body
from api.request_facts import facts_of
from api.variables import check_variables
from services.machines.documents import operation_of

FindSecret = Callable[[HTTPConnection], str | None]


class Executor(Protocol):
    """Runs one operation in one transaction and commits it before it returns."""

    @property
    def graphql_schema(self) -> GraphQLSchema:
        """The schema that documents are validated against."""
        ...

    async def execute(
        self, document: DocumentNode, source: str, variables: dict[str, Any], operation_name: str | None, secret: str
    ) -> object:
        """An ExecutionResult; anything else says that the session is not alive."""
        ...


class GraphQLEndpoint:
    """One operation for a person with a living session, or a problem with its code."""

    def __init__(
        self,
        executor: Executor,
        *,
        find_secret: FindSecret,
        public_url: str,
        introspection: bool = False,
        at_once: int = 32,
    ) -> None:
        self._executor = executor
        self._find_secret = find_secret
        self._public_url = public_url
        self._own_origin = origin_of(public_url)
        self._documents = Documents(executor.graphql_schema, introspection=introspection)
        self._slots = Slots(at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; problems are raised and become answers in one place, further out."""
        try:
            request, secret = await self._admit(scope, receive)
        except ClientDisconnect:
            return
        result = await self._execute(request, secret, scope)
        await answer(result, scope)(scope, receive, send)

    async def _admit(self, scope: Scope, receive: Receive) -> tuple[GraphQLRequest, str]:
        if scope["method"] != "POST":
            raise Problem(Code.METHOD_NOT_ALLOWED)
        headers = Headers(scope=scope)
        check_content_type(headers)
        is_machine = calls_as_machine(headers)
        if is_machine:
            facts_of(scope).challenge = challenge(self._public_url)
        else:
            check_caller(headers, self._own_origin)
        request = parse_request(await read_body(receive, headers.get("content-length")))
        secret = bearer_secret(headers) if is_machine else self._find_secret(HTTPConnection(scope))
        if not secret:
            raise Problem(Code.UNAUTHENTICATED)
        return (_published(request) if is_machine else request), secret

    async def _execute(self, request: GraphQLRequest, secret: str, scope: Scope) -> ExecutionResult:
        document = self._documents.document(request.query)
        operation = self._documents.operation(document, request.operation_name, request.variables)
        facts_of(scope).operation = operation.operation.value
        check_variables(self._executor.graphql_schema, operation, request.variables)
        with self._slots.taken():
            outcome = await self._executor.execute(
                document.tree, request.query, dict(request.variables), request.operation_name, secret
            )
        if not isinstance(outcome, ExecutionResult):
            raise Problem(Code.UNAUTHENTICATED)
        return outcome


def _published(request: GraphQLRequest) -> GraphQLRequest:
    """A machine's request under the name of the published operation that it is; the executor asks who may run it."""
    name = operation_of(request.query)
    if name is None or request.operation_name not in (None, name):
        raise Problem(Code.OPERATION_NOT_LISTED)
    return replace(request, operation_name=name)
