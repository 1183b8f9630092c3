"""Runs one operation in one transaction. Committed before the answer leaves; a fault rolls everything back."""

from typing import Any

from graphql import DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema
from graphql.execution import execute

from schema.context import Context
from schema.paging import Seal
from schema.root import build_schema
from services.machines import queries as machines
from services.tools import Tools, lost_a_race

ATTEMPTS = 4


class Unauthenticated:
    """No living session has this secret."""


class _FaultError(Exception):
    """Ends the transaction with a rollback and carries the answer out of it."""

    def __init__(self, result: ExecutionResult) -> None:
        super().__init__("an operation failed")
        self.result = result


class Executor:
    """The schema with what its resolvers need."""

    def __init__(self, tools: Tools, *, cursor_key: bytes) -> None:
        self._tools = tools
        self._seal = Seal(cursor_key)
        self.graphql_schema: GraphQLSchema = build_schema()._schema

    async def execute(
        self, document: DocumentNode, source: str, variables: dict[str, Any], operation_name: str | None, secret: str
    ) -> ExecutionResult | Unauthenticated:
        """One operation; one that lost a race is run again as a whole, with a fresh snapshot."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await self._once(document, variables, operation_name, secret)
            except _FaultError as fault:
                if attempt == ATTEMPTS or not _lost_a_race(fault.result.errors or []):
                    return ExecutionResult(data=None, errors=fault.result.errors)
            except Exception as error:
                if attempt == ATTEMPTS or not lost_a_race(error):
                    raise
        raise AssertionError("unreachable")

    async def _once(
        self, document: DocumentNode, variables: dict[str, Any], operation_name: str | None, secret: str
    ) -> ExecutionResult | Unauthenticated:
        async with self._tools.enter(secret) as reading:
            if reading is None:
                return Unauthenticated()
            if not await machines.may_run(reading, operation_name):
                return ExecutionResult(data=None, errors=[_not_listed()])
            pending = execute(
                self.graphql_schema,
                document,
                context_value=Context(reading, self._seal),
                variable_values=variables,
                operation_name=operation_name,
            )
            result = pending if isinstance(pending, ExecutionResult) else await pending
            if result.errors:
                raise _FaultError(result)
            return result


def _lost_a_race(errors: list[GraphQLError]) -> bool:
    return any(error.original_error is not None and lost_a_race(error.original_error) for error in errors)


def _not_listed() -> GraphQLError:
    return GraphQLError("operation not listed", extensions={"code": "OPERATION_NOT_LISTED"})
