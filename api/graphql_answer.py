"""What leaves of an execution: its data, and its errors in the catalogue's words; a fault leaves without data."""

from http import HTTPStatus
from typing import Any

from graphql import ExecutionResult, GraphQLError
from starlette.responses import Response
from starlette.types import Scope

from api.faults import log_fault
from api.problem_responses import catalogue_error, code_of, json_response
from api.problems import FAULTS, Code, Problem
from api.request_facts import facts_of

# What the language room may say of itself, by `extensions={"code": …}`; the words stay the catalogue's.
_SAYABLE = frozenset({Code.BAD_USER_INPUT, Code.UNAUTHENTICATED, Code.OPERATION_NOT_LISTED, Code.BUSY, Code.TIMEOUT})
# graphql-core reads arguments here while it executes; what it raises then is about the client's input.
_READERS_OF_INPUT = frozenset({"graphql.execution.values", "graphql.utilities.validate_input_value"})
_WORST_FIRST = (Code.UNAUTHENTICATED, Code.OPERATION_NOT_LISTED, Code.INTERNAL, Code.TIMEOUT, Code.BUSY)


def answer(result: ExecutionResult, scope: Scope) -> Response:
    """The response to an execution; with a fault nothing of its data leaves, because its record may be gone too."""
    errors = [(error, _code(error)) for error in result.errors or ()]
    codes = {code for _, code in errors}
    for error, code in errors:
        if code in FAULTS:
            log_fault(error)
    if worst := next((code for code in _WORST_FIRST if code in codes), None):
        raise Problem(worst)
    content: dict[str, Any] = {"data": result.data}
    if errors:
        facts_of(scope).code = Code.BAD_USER_INPUT.value
        content["errors"] = [_written(error, code) for error, code in errors]
    return json_response(content, HTTPStatus.OK, scope)


def _code(error: GraphQLError) -> Code:
    root = error
    while isinstance(root.original_error, GraphQLError):
        root = root.original_error
    said = (root.extensions or {}).get("code")
    if isinstance(said, str) and said in _SAYABLE:
        return Code(said)
    if root.original_error is None and _raised_in(root) in _READERS_OF_INPUT:
        return Code.BAD_USER_INPUT
    return code_of(root)


def _raised_in(error: GraphQLError) -> str | None:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_frame.f_globals.get("__name__") if trace is not None else None


def _written(error: GraphQLError, code: Code) -> dict[str, Any]:
    written = catalogue_error(code, "")
    if error.locations:
        written["locations"] = [location.formatted for location in error.locations]
    if error.path:
        written["path"] = error.path
    return written
