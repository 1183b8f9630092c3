"""What every endpoint of the sign-in promises: the public address first, and one plain page for every refusal."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Protocol, TypeVar

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.identity import sign_in_pages
from api.identity.origin import canonical_url, is_canonical
from api.identity.refusal import SignInError
from api.request_facts import facts_of

_log = structlog.get_logger("sign_in")


class _Door(Protocol):
    public_url: str


DoorT = TypeVar("DoorT", bound=_Door)
_Endpoint = Callable[[DoorT, Request], Awaitable[Response]]


def refusing(endpoint: _Endpoint[DoorT]) -> _Endpoint[DoorT]:
    """Turn every refusal into the one plain page; the reason goes to the log."""

    @wraps(endpoint)
    async def answer(door: DoorT, request: Request) -> Response:
        try:
            return await endpoint(door, request)
        except SignInError as error:
            number = facts_of(request.scope).request_id
            _log.warning("sign_in_refused", reason=error.reason.value, request_id=number)
            return sign_in_pages.did_not_work(number)

    return answer


def on_public_origin(endpoint: _Endpoint[DoorT]) -> _Endpoint[DoorT]:
    """Send a browser to the public address first: a cookie set anywhere else would not be there at the callback."""

    @wraps(endpoint)
    async def answer(door: DoorT, request: Request) -> Response:
        if not is_canonical(request, door.public_url):
            return RedirectResponse(canonical_url(request, door.public_url), status_code=303)
        return await endpoint(door, request)

    return answer
