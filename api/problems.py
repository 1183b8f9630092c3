"""Every way a request can end without its answer: a closed list of codes, and the words that may leave with each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Any, NamedTuple


class Code(StrEnum):
    """Every code a client can meet at the top level of an answer; nothing else ever leaves."""

    BAD_REQUEST = "BAD_REQUEST"
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    TOO_COMPLEX = "TOO_COMPLEX"
    BODY_TOO_LARGE = "BODY_TOO_LARGE"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    FORBIDDEN_ORIGIN = "FORBIDDEN_ORIGIN"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    OPERATION_NOT_LISTED = "OPERATION_NOT_LISTED"
    BUSY = "BUSY"
    TIMEOUT = "TIMEOUT"
    INTERNAL = "INTERNAL"


class Entry(NamedTuple):
    """What the catalogue says about one code."""

    status: HTTPStatus
    message: str
    headers: Mapping[str, str] = {}


CATALOGUE: Mapping[Code, Entry] = {
    Code.BAD_REQUEST: Entry(HTTPStatus.BAD_REQUEST, "The request is not a GraphQL request in JSON."),
    Code.GRAPHQL_PARSE_FAILED: Entry(HTTPStatus.BAD_REQUEST, "The document is not GraphQL."),
    Code.GRAPHQL_VALIDATION_FAILED: Entry(HTTPStatus.BAD_REQUEST, "The document does not fit the schema."),
    Code.BAD_USER_INPUT: Entry(
        HTTPStatus.BAD_REQUEST, "An input value does not have the type that the schema asks for."
    ),
    Code.TOO_COMPLEX: Entry(HTTPStatus.BAD_REQUEST, "The document asks for too much at once."),
    Code.BODY_TOO_LARGE: Entry(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is larger than 64 KiB."),
    Code.UNSUPPORTED_MEDIA_TYPE: Entry(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send the body as application/json in UTF-8, not compressed."
    ),
    Code.METHOD_NOT_ALLOWED: Entry(HTTPStatus.METHOD_NOT_ALLOWED, "Use POST.", {"Allow": "POST"}),
    Code.FORBIDDEN_ORIGIN: Entry(HTTPStatus.FORBIDDEN, "This page may not call this service."),
    Code.UNAUTHENTICATED: Entry(HTTPStatus.UNAUTHORIZED, "Sign in first."),
    Code.OPERATION_NOT_LISTED: Entry(
        HTTPStatus.FORBIDDEN, "A machine runs the published operations that its agency listed for it, word for word."
    ),
    Code.BUSY: Entry(
        HTTPStatus.SERVICE_UNAVAILABLE, "The service is busy. Try again in a moment.", {"Retry-After": "1"}
    ),
    Code.TIMEOUT: Entry(
        HTTPStatus.SERVICE_UNAVAILABLE, "The operation took too long and was stopped.", {"Retry-After": "5"}
    ),
    Code.INTERNAL: Entry(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here. Quote the request id."),
}

FAULTS = frozenset({Code.BUSY, Code.TIMEOUT, Code.INTERNAL})


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing wrong with the document or its variables, in words about the document only."""

    message: str
    locations: tuple[tuple[int, int], ...] = ()

    def written(self, code: Code) -> dict[str, Any]:
        """The detail as a GraphQL error."""
        error: dict[str, Any] = {"message": self.message}
        if self.locations:
            error["locations"] = [{"line": line, "column": column} for line, column in self.locations]
        return error | {"extensions": {"code": code}}


class Problem(Exception):  # noqa: N818 - an ordinary end of a request, not an error of ours
    """The request ends here, with this code."""

    def __init__(self, code: Code, *details: str | Detail) -> None:
        super().__init__(code.value)
        self.code = code
        self.details = tuple(Detail(detail) if isinstance(detail, str) else detail for detail in details)
