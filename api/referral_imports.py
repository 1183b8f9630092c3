"""`POST /imports/referrals`: an agency's system sends up to 500 messages; each is stored whole or refused whole."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager
from math import inf
from uuid import UUID

import anyio
from anyio.streams.memory import MemoryObjectSendStream
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope, Send

from api.entering import entered
from api.faults import log_fault
from api.identity.bearer import bearer_secret, challenge
from api.import_results import End, Results, fault
from api.limits import Slots
from api.message_stream import BrokenListError, Cutter, LineCutter, ListCutter
from api.problems import Code, Problem
from api.request_facts import facts_of
from api.sent_message import SentMessage, sent_message
from api.taking_in import TOGETHER, Became, NoSessionError, take_in
from services.errors import Invalid, WorkProblem
from services.imports.commands import Imported
from services.machines.documents import IMPORT
from services.tools import Tools, database_is_away

PATH = "/imports/referrals"
SECONDS = 900.0
IDLE_SECONDS = 30.0
MOST_MESSAGES = 500
MOST_BYTES = 64 * 1024 * 1024
_CUTTERS: dict[str, Callable[[], Cutter]] = {"application/json": ListCutter, "application/x-ndjson": LineCutter}
_START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"application/x-ndjson; charset=utf-8")],
}


class _EndedError(Exception):
    """The batch ends before its body does."""

    def __init__(self, end: End) -> None:
        super().__init__(end.value)
        self.end = end


class ReferralImports:
    """Messages are stored while the body still arrives; whoever is cut off sends the same batch again."""

    def __init__(self, tools: Tools, *, public_url: str, at_once: int = 2) -> None:
        self._tools = tools
        self._challenge = challenge(public_url)
        self._slots = Slots(at_once)
        self._busy: set[UUID] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one batch; problems are raised and become answers in one place, further out."""
        facts_of(scope).challenge = self._challenge
        facts_of(scope).operation = IMPORT
        headers = Headers(scope=scope)
        cutter = _cutter(scope, headers)
        secret = bearer_secret(headers)
        if not secret:
            raise Problem(Code.UNAUTHENTICATED)
        with self._slots.taken(), self._alone(await self._machine(secret)):
            await self._serve(_body(receive), cutter, secret, send)

    async def _machine(self, secret: str) -> UUID:
        async with entered(self._tools, secret, IMPORT) as reading:
            return reading.actor.member_id

    @contextmanager
    def _alone(self, machine: UUID) -> Iterator[None]:
        """One batch at a time from each client: its messages keep their order, and others keep their share."""
        if machine in self._busy:
            raise Problem(Code.BUSY)
        self._busy.add(machine)
        try:
            yield
        finally:
            self._busy.discard(machine)

    async def _serve(self, body: AsyncIterator[bytes], cutter: Cutter, secret: str, send: Send) -> None:
        """Read and store in one task, answer in another: a sender that reads late must not stop what it sends."""
        await send(_START)
        lines, to_send = anyio.create_memory_object_stream[bytes](inf)
        async with to_send, anyio.create_task_group() as tasks:
            tasks.start_soon(self._store, body, cutter, secret, lines)
            async for line in to_send:
                await send({"type": "http.response.body", "body": line, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _store(
        self, body: AsyncIterator[bytes], cutter: Cutter, secret: str, lines: MemoryObjectSendStream[bytes]
    ) -> None:
        results, end = Results(), End.COMPLETE
        with lines:
            try:
                async for texts in _messages(body, cutter):
                    room = MOST_MESSAGES - results.total
                    some = [sent_message(text) for text in texts[:room]]
                    async with aclosing(self._take_in(secret, some)) as told:
                        async for sent, became in told:
                            lines.send_nowait(results.line(sent, became))
                    if len(texts) > room:
                        raise _EndedError(End.TOO_MANY)
            except ClientDisconnect:
                return
            except BrokenListError:
                end = End.BROKEN
            except _EndedError as ended:
                end = ended.end
            lines.send_nowait(results.last(end))

    async def _take_in(
        self, secret: str, some: Sequence[SentMessage]
    ) -> AsyncGenerator[tuple[SentMessage, Imported | WorkProblem], None]:
        whole = [(sent.message, sent.arrival) for sent in some if not sent.problems]
        async with aclosing(take_in(self._tools, secret, whole)) as taken:
            for sent in some:
                yield sent, Invalid(sent.problems) if sent.problems else await _next_of(taken)


async def _next_of(taken: AsyncGenerator[Became, None]) -> Imported | WorkProblem:
    """What became of a message; one message's fault must not take the others with it."""
    try:
        became = await anext(taken)
    except NoSessionError:
        raise _EndedError(End.UNAUTHENTICATED) from None
    except Exception as error:
        if not database_is_away(error):
            raise
        log_fault(error)
        raise _EndedError(End.UNAVAILABLE) from None
    if isinstance(became, Exception):
        log_fault(became)
        return fault(type(became).__name__)
    return became


def _cutter(scope: Scope, headers: Headers) -> Cutter:
    if scope["method"] != "POST":
        raise Problem(Code.METHOD_NOT_ALLOWED)
    kind = headers.get("content-type", "").lower().replace(" ", "").removesuffix(";charset=utf-8")
    if kind not in _CUTTERS or headers.get("content-encoding", "identity") != "identity":
        raise Problem(Code.UNSUPPORTED_MEDIA_TYPE, f"Send {' or '.join(_CUTTERS)} in UTF-8, not compressed.")
    declared = headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and (len(declared) > 18 or int(declared) > MOST_BYTES):
        raise Problem(Code.BODY_TOO_LARGE, "A batch has at most 64 MiB: send it in several.")
    return _CUTTERS[kind]()


async def _body(receive: Receive) -> AsyncIterator[bytes]:
    """The body in pieces, as they come; it ends with the sender's connection or at the limit."""
    size, more = 0, True
    while more:
        message = await _next(receive)
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        piece, more = message.get("body", b""), message.get("more_body", False)
        size += len(piece)
        if size > MOST_BYTES:
            raise _EndedError(End.TOO_LARGE)
        yield piece


async def _next(receive: Receive) -> Message:
    """The next event of the connection; who sends nothing keeps nobody else from sending."""
    try:
        async with asyncio.timeout(IDLE_SECONDS):
            return await receive()
    except TimeoutError:
        raise _EndedError(End.STALLED) from None


async def _messages(body: AsyncIterator[bytes], cutter: Cutter) -> AsyncIterator[list[bytes | None]]:
    """The messages that have come, no more of them than go together."""
    async for piece in body:
        for some in _in_company(cutter.feed(piece)):
            yield some
    for some in _in_company(cutter.end()):
        yield some


def _in_company(texts: Iterator[bytes | None]) -> Iterator[list[bytes | None]]:
    """What comes before a mistake is given before the mistake is told."""
    some: list[bytes | None] = []
    broken: BrokenListError | None = None
    try:
        for text in texts:
            some.append(text)
            if len(some) == TOGETHER:
                yield some
                some = []
    except BrokenListError as error:
        broken = error
    if some:
        yield some
    if broken is not None:
        raise broken
