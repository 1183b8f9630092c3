"""The last filter: whatever went wrong leaves as a sentence from the catalogue and a code from a closed list."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.faults import Classified, classify, log_fault
from api.problems import CATALOGUE, FAULTS, Code, Detail, Problem
from api.request_facts import facts_of

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
# GraphQL over HTTP: for clients of the older media type a well-formed request is answered with 200,
# whatever is wrong with its document.
_ABOUT_THE_DOCUMENT = frozenset(
    {Code.GRAPHQL_PARSE_FAILED, Code.GRAPHQL_VALIDATION_FAILED, Code.BAD_USER_INPUT, Code.TOO_COMPLEX}
)
_OF_CLASS = {Classified.BUSY: Code.BUSY, Classified.TIMEOUT: Code.TIMEOUT, Classified.UNEXPECTED: Code.INTERNAL}


def code_of(error: BaseException) -> Code:
    """The code under which an exception leaves; unexpected ones are all alike."""
    return error.code if isinstance(error, Problem) else _OF_CLASS[classify(error)]


def catalogue_error(code: Code, request_id: str) -> dict[str, Any]:
    """A GraphQL error in the catalogue's words; only faults carry the request id."""
    extensions = {"code": code.value} | ({"requestId": request_id} if code in FAULTS else {})
    return {"message": CATALOGUE[code].message, "extensions": extensions}


def media_type(scope: Scope) -> str:
    """The media type the client asked for: the newer one only when it is named in Accept."""
    accepted = b",".join(value for name, value in scope["headers"] if name == b"accept").decode("latin-1").lower()
    for offer in accepted.split(","):
        name, *parameters = (part.strip() for part in offer.split(";"))
        if name == GRAPHQL and not any(part.replace(" ", "") in ("q=0", "q=0.0", "q=0.00") for part in parameters):
            return GRAPHQL
    return JSON


def json_response(content: Mapping[str, Any], status: int, scope: Scope) -> Response:
    """The answer in bytes; a value that is not JSON is a fault, not an answer."""
    body = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    return Response(body, status, media_type=f"{media_type(scope)}; charset=utf-8")


def problem_response(code: Code, details: Sequence[Detail], scope: Scope) -> Response:
    """The answer to a request that ended with a problem; there is no data in it."""
    facts = facts_of(scope)
    facts.code = code.value
    errors = [detail.written(code) for detail in details] or [catalogue_error(code, facts.request_id)]
    entry = CATALOGUE[code]
    older = code in _ABOUT_THE_DOCUMENT and media_type(scope) == JSON
    response = json_response({"errors": errors}, HTTPStatus.OK if older else entry.status, scope)
    response.headers.update(entry.headers)
    if code is Code.UNAUTHENTICATED and facts.challenge is not None:
        response.headers["WWW-Authenticate"] = facts.challenge
    return response


class ProblemResponses:
    """No exception passes this door: it becomes a problem response, or closes an answer already begun."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request and turn what it raises into an answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 - the last filter has to see everything
            if not isinstance(error, Problem):
                log_fault(error)
            if begun:
                raise AnswerCutShort from None
            details = error.details if isinstance(error, Problem) else ()
            await problem_response(code_of(error), details, scope)(scope, receive, send)


class AnswerCutShort(Exception):  # noqa: N818 - the connection is closed; nobody reads this name as an answer
    """An answer had begun when it failed; the server closes the connection."""
