"""A provider tells us that somebody signed out there: their sessions here end before the answer leaves."""

import math
import time
from functools import partial
from urllib.parse import parse_qsl

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.identity.allowance import Allowance
from api.identity.logout_token import verified_logout
from api.identity.providers import Providers
from api.identity.refusal import Reason, SignInError
from api.request_body import read_body
from api.request_facts import facts_of
from services.sessions import commands
from services.tools import Tools

_FORM = "application/x-www-form-urlencoded"
_HEADERS = {"Cache-Control": "no-store"}
_MAX_FIELDS = 16
_log = structlog.get_logger("sign_in")


class BackChannelLogout:
    """The endpoint; a provider reaches its own people's sessions only, since its keys sign for nobody else's."""

    def __init__(self, providers: Providers, tools: Tools, allowance: Allowance) -> None:
        self._providers = providers
        self._tools = tools
        self._allowance = allowance

    async def end(self, request: Request) -> Response:
        """POST /sign-in/{slug}/back-channel-logout: 200 when the sessions have ended, 400 for anything not believed."""
        caller = (request.path_params["slug"], request.client.host if request.client else None)
        if wait := self._allowance.wait(caller):
            retry = {"Retry-After": str(math.ceil(wait))}
            return JSONResponse({"error": "temporarily_unavailable"}, status_code=429, headers=_HEADERS | retry)
        try:
            await self._end(request)
        except SignInError as error:
            self._allowance.count(caller)
            number = facts_of(request.scope).request_id
            _log.warning("logout_refused", reason=error.reason.value, request_id=number)
            return JSONResponse({"error": "invalid_request"}, status_code=400, headers=_HEADERS)
        return Response(status_code=200, headers=_HEADERS)

    async def _end(self, request: Request) -> None:
        token = await _logout_token(request)
        provider = await self._providers.named(request.path_params["slug"])
        metadata = await self._providers.metadata(provider)
        logout = await verified_logout(token, provider, partial(self._providers.key, metadata), time.time())
        if await commands.end_by_provider(provider, logout, self._tools) is None:
            raise SignInError(Reason.TOKEN_USED)


async def _logout_token(request: Request) -> str:
    """The one token in the form; other fields are passed over, as the specification says."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise SignInError(Reason.BAD_LOGOUT_REQUEST)
    body = await read_body(request.receive, request.headers.get("content-length"))
    try:
        fields = parse_qsl(body.decode("ascii"), strict_parsing=True, max_num_fields=_MAX_FIELDS)
    except ValueError as error:
        raise SignInError(Reason.BAD_LOGOUT_REQUEST) from error
    tokens = [value for name, value in fields if name == "logout_token"]
    if len(tokens) != 1:
        raise SignInError(Reason.BAD_LOGOUT_REQUEST)
    return tokens[0]
