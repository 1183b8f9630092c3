"""Attachments come and go outside GraphQL, as bytes: `POST` and `GET /cases/{case}/attachments/{group}`, `GET` and
`DELETE /attachments/{attachment}`. What a reader may not see is answered like what is nowhere."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, Final
from uuid import UUID

from anyio import fail_after, to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive

from api.callers import check_caller, origin_of
from api.identity.current import session_secret
from api.limits import Slots
from api.problem_responses import json_response
from api.problems import Code, Problem
from policies.vocabulary import DataGroup
from schema.node import global_id, lookup, uuid_of
from services.attachments import commands, queries
from services.attachments.preparing import LARGEST, Reception
from services.attachments.scanner import Scan
from services.attachments.vault import Vault
from services.attachments.views import AttachmentView
from services.errors import Conflict, Invalid, NotFound, Refused, WorkProblem
from services.machines import queries as machines
from services.tools import Reading, Tools, lost_a_race

OPERATION: Final = "Attachments"  # no contract publishes it: no machine can list it
AT_ONCE: Final = 8
SECONDS: Final = 300.0
BEGINNINGS: Final = ("/cases/", "/attachments/")
"""Of the addresses at which so many seconds may be needed."""
IDLE_SECONDS: Final = 30.0
ATTEMPTS: Final = 4
GROUPS: Final = {group.value.replace("_", "-"): group for group in commands.GROUPS}
INFECTED: Final = Conflict(
    "INFECTED", "This file holds something harmful and is not given out.", "Ask who attached it."
)
NOTHING: Final = {"problem": {"kind": "NotFound", "message": "There is no such thing here."}}


class AttachmentDoor:
    """The four addresses; at most eight files arrive at once, each smaller than 25 MB, none of them in memory."""

    def __init__(self, tools: Tools, vault: Vault, reception: Reception, *, public_url: str) -> None:
        self._tools, self._vault, self._reception = tools, vault, reception
        self._own_origin = origin_of(public_url)
        self._slots = Slots(AT_ONCE)

    def routes(self) -> list[Route]:
        """Every address with its methods."""
        return [
            Route("/cases/{case}/attachments/{group}", self.attach, methods=["POST"]),
            Route("/cases/{case}/attachments/{group}", self.listed, methods=["GET"]),
            Route("/attachments/{attachment}", self.download, methods=["GET"]),
            Route("/attachments/{attachment}", self.remove, methods=["DELETE"]),
        ]

    async def attach(self, request: Request) -> Response:
        """Keep the body as a file of a group."""
        check_caller(request.headers, self._own_origin)
        key = request.headers.get("idempotency-key", "")
        await self._in_turn(request, _nothing)  # whoever is not signed in sends no file
        arriving = _body(request.receive, request.headers.get("content-length"))
        with self._slots.taken():
            async with self._reception.received(arriving) as file:
                if isinstance(file, Invalid):
                    return _problem(request, file)
                group = GROUPS.get(request.path_params["group"])
                to = (lookup(request.path_params["case"], "Case") if group else "nothing", group or DataGroup.EVIDENCE)

                async def act(reading: Reading) -> Response:
                    outcome = await commands.attach(reading, self._vault, key, to, file)
                    if not isinstance(outcome, UUID):
                        return _problem(request, outcome)
                    found = await queries.one(reading, outcome)
                    return _json(request, {"attachment": _written(found) if found else None}, 201)

                return await self._in_turn(request, act)

    async def listed(self, request: Request) -> Response:
        """The files of a group."""
        group = GROUPS.get(request.path_params["group"])

        async def look(reading: Reading) -> Response:
            wanted = lookup(request.path_params["case"], "Case") if group else "nothing"
            found = await queries.of_group(reading, wanted, group or DataGroup.EVIDENCE)
            if found is None:
                return _json(request, NOTHING, 404)
            return _json(request, {"attachments": [_written(one) for one in found]}, 200)

        return await self._in_turn(request, look)

    async def download(self, request: Request) -> Response:
        """One file: always to be saved, never shown in the browser; what was not scanned has no type of its own."""
        wanted = uuid_of(request.path_params["attachment"], "Attachment") or UUID(int=0)

        async def look(reading: Reading) -> Response:
            found = await queries.one(reading, wanted)
            if found is None:
                return _json(request, NOTHING, 404)
            if found.scan is Scan.INFECTED:
                return _problem(request, INFECTED)
            headers = {
                "Content-Disposition": f'attachment; filename="{found.name}"',
                "X-Scan": found.scan.value,
            }
            return StreamingResponse(_pieces(self._vault.pieces(found.place)), headers=headers, media_type=_type(found))

        return await self._in_turn(request, look)

    async def remove(self, request: Request) -> Response:
        """Remove a file that one's own agency attached; its content is destroyed once that is certain."""
        check_caller(request.headers, self._own_origin)
        wanted = uuid_of(request.path_params["attachment"], "Attachment") or UUID(int=0)
        key = request.headers.get("idempotency-key", "")
        unneeded: list[str | None] = []

        async def act(reading: Reading) -> Response:
            outcome, place = await commands.remove(reading, key, wanted)
            unneeded[:] = [place]
            if not isinstance(outcome, UUID):
                return _problem(request, outcome)
            return _json(request, {"removed": global_id("Attachment", outcome)}, 200)

        answer = await self._in_turn(request, act)
        for place in filter(None, unneeded):
            await to_thread.run_sync(self._vault.drop, place)
        return answer

    async def _in_turn(self, request: Request, act: Callable[[Reading], Awaitable[Response]]) -> Response:
        """In one transaction of who is signed in, committed before the answer; what lost a race is run again whole."""
        secret = session_secret(request)
        if not secret:
            raise Problem(Code.UNAUTHENTICATED)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                async with self._tools.enter(secret) as reading:
                    if reading is None:
                        raise Problem(Code.UNAUTHENTICATED)
                    if not await machines.may_run(reading, OPERATION):
                        raise Problem(Code.OPERATION_NOT_LISTED)
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


async def _pieces(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    while piece := await to_thread.run_sync(lambda: next(pieces, b"")):
        yield piece


def _type(found: AttachmentView) -> str:
    return found.kind.media_type if found.scan is Scan.CLEAN else "application/octet-stream"


def _written(found: AttachmentView) -> dict[str, Any]:
    return {
        "id": global_id("Attachment", found.id),
        "group": found.group.name,
        "name": found.name,
        "size": found.size,
        "scan": found.scan.name,
        "addedAt": found.added_at.isoformat(),
        "isOwn": found.is_own,
    }


def _problem(request: Request, found: WorkProblem) -> Response:
    match found:
        case NotFound():
            return _json(request, NOTHING, 404)
        case Refused(reason=reason):
            return _json(request, {"problem": {"kind": "Refused", "message": reason}}, 403)
        case Conflict(code=code, message=message, remedy=remedy):
            said = {"kind": "Conflict", "code": code, "message": message, "remedy": remedy}
            return _json(request, {"problem": said}, 409)
        case Invalid(problems=problems):
            each = [{"path": p.path, "code": p.code, "message": p.message, "remedy": p.remedy} for p in problems]
            return _json(request, {"problem": {"kind": "Invalid", "problems": each}}, 422)


def _json(request: Request, content: dict[str, Any], status: int) -> Response:
    return json_response(content, status, request.scope)
