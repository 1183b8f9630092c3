"""What files have in common, whatever they belong to: they arrive piece by piece, are answered in one transaction that
is committed before the answer, and are only ever saved."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, Final

from anyio import fail_after, to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive

from api.callers import check_caller, origin_of
from api.entering import entered
from api.identity.current import session_secret
from api.limits import Slots
from api.problem_responses import json_response
from api.problems import Code, Problem
from services.attachments.kinds import Kind
from services.attachments.preparing import LARGEST, Prepared, Reception
from services.attachments.scanner import Scan
from services.errors import Conflict, Invalid, NotFound, Refused, WorkProblem
from services.tools import Reading, Tools, lost_a_race

OPERATION: Final = "Attachments"  # no contract publishes it: no machine can list it
AT_ONCE: Final = 8
SECONDS: Final = 300.0
IDLE_SECONDS: Final = 30.0
ATTEMPTS: Final = 4
INFECTED: Final = Conflict(
    "INFECTED", "This file holds something harmful and is not given out.", "Ask who attached it."
)
NOTHING: Final = {"problem": {"kind": "NotFound", "message": "There is no such thing here."}}


class Traffic:
    """At most eight files arrive at once in a process, each smaller than 25 MB, none of them in memory."""

    def __init__(self, tools: Tools, reception: Reception, *, public_url: str) -> None:
        self._tools, self._reception = tools, reception
        self._own_origin = origin_of(public_url)
        self._slots = Slots(AT_ONCE)

    def key_of(self, request: Request) -> str:
        """The key of a write that this platform's own page, or no page, sends."""
        check_caller(request.headers, self._own_origin)
        return request.headers.get("idempotency-key", "")

    async def taken_in(
        self, request: Request, keep: Callable[[Reading, str, Prepared], Awaitable[Response]]
    ) -> Response:
        """The answer of `keep` to the body, recognised, stripped and scanned; or what is wrong with it."""
        key = self.key_of(request)
        await self.in_turn(request, _nothing)  # whoever is not signed in sends no file
        arriving = _body(request.receive, request.headers.get("content-length"))
        with self._slots.taken():
            async with self._reception.received(arriving) as file:
                if isinstance(file, Invalid):
                    return problem_answer(request, file)
                return await self.in_turn(request, lambda reading: keep(reading, key, file))

    async def in_turn(self, request: Request, act: Callable[[Reading], Awaitable[Response]]) -> Response:
        """In one transaction of who is signed in, committed before the answer; what lost a race is run again whole."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                async with entered(self._tools, session_secret(request), OPERATION) as reading:
                    return await act(reading)
            except Exception as error:
                if attempt == ATTEMPTS or not lost_a_race(error):
                    raise
        raise AssertionError("unreachable")


async def _nothing(_: Reading) -> Response:
    return Response()


async def _body(receive: Receive, declared: str | None) -> AsyncIterator[bytes]:
    """The body in pieces, as they come, up to the limit; a sender that falls silent is cut off."""
    if declared is not None and declared.isdigit() and (len(declared) > 9 or int(declared) > LARGEST):
        raise Problem(Code.BODY_TOO_LARGE)
    size, more = 0, True
    while more:
        with fail_after(IDLE_SECONDS):
            message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        piece, more = message.get("body", b""), message.get("more_body", False)
        size += len(piece)
        if size > LARGEST:
            raise Problem(Code.BODY_TOO_LARGE)
        yield piece


def to_be_saved(request: Request, name: str, kind: Kind, scan: Scan, pieces: Iterator[bytes]) -> Response:
    """One file: always to be saved, never shown in the browser; what was not scanned has no type of its own."""
    if scan is Scan.INFECTED:
        return problem_answer(request, INFECTED)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Scan": scan.value}
    told = kind.media_type if scan is Scan.CLEAN else "application/octet-stream"
    return StreamingResponse(_one_by_one(pieces), headers=headers, media_type=told)


async def _one_by_one(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    while piece := await to_thread.run_sync(lambda: next(pieces, b"")):
        yield piece


def problem_answer(request: Request, found: WorkProblem) -> Response:
    """What kept something from being done."""
    match found:
        case NotFound():
            return answer(request, NOTHING, 404)
        case Refused(reason=reason):
            return answer(request, {"problem": {"kind": "Refused", "message": reason}}, 403)
        case Conflict(code=code, message=message, remedy=remedy):
            said = {"kind": "Conflict", "code": code, "message": message, "remedy": remedy}
            return answer(request, {"problem": said}, 409)
        case Invalid(problems=problems):
            each = [{"path": p.path, "code": p.code, "message": p.message, "remedy": p.remedy} for p in problems]
            return answer(request, {"problem": {"kind": "Invalid", "problems": each}}, 422)


def answer(request: Request, content: dict[str, Any], status: int) -> Response:
    """In the format of every other answer."""
    return json_response(content, status, request.scope)
