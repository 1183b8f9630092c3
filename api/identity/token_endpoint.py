"""Our own token endpoint: an agency's system proves itself with its key and gets a session of ten minutes."""

from uuid import UUID

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from api.identity.client_assertion import verified_assertion
from api.identity.refusal import SignInError
from api.identity.token_request import GRANT, OAuthCode, OAuthError, parse_token_request
from api.identity.verification_keys import ALGORITHMS
from api.limits import Slots
from api.problems import Code, Problem
from api.request_body import read_body
from api.request_facts import facts_of
from services.machines import tokens
from services.machines.views import KnownClient, MachineSession, NoMachineSession
from services.tools import Tools

TOKEN_PATH = "/oauth/token"  # noqa: S105 - an address, not a token
_WORDS = "The assertion proves no client that may act here now. Quote the request id to ask why."
_log = structlog.get_logger("token")


def routes(public_url: str, tools: Tools) -> list[BaseRoute]:
    """The endpoint, and the two documents by which a client finds it."""
    door = TokenEndpoint(public_url, tools)
    return [
        Route(TOKEN_PATH, door.token, methods=["POST"]),
        Route("/.well-known/oauth-authorization-server", door.authorization_server, methods=["GET"]),
        Route("/.well-known/oauth-protected-resource", door.protected_resource, methods=["GET"]),
    ]


class TokenEndpoint:
    """Client credentials with `private_key_jwt`, and nothing else."""

    def __init__(self, public_url: str, tools: Tools, *, at_once: int = 16) -> None:
        self._issuer = public_url
        self._tools = tools
        self._slots = Slots(at_once)

    async def token(self, request: Request) -> Response:
        """POST /oauth/token."""
        body = await read_body(request.receive, request.headers.get("content-length"))
        try:
            with self._slots.taken():
                session = await self._session(request, body)
        except OAuthError as error:
            return _refusal(request, error)
        return JSONResponse({"access_token": session.secret, "token_type": "Bearer", "expires_in": session.seconds})

    async def authorization_server(self, request: Request) -> Response:
        """GET /.well-known/oauth-authorization-server (RFC 8414)."""
        return JSONResponse(
            {
                "issuer": self._issuer,
                "token_endpoint": f"{self._issuer}{TOKEN_PATH}",
                "grant_types_supported": [GRANT],
                "response_types_supported": [],
                "token_endpoint_auth_methods_supported": ["private_key_jwt"],
                "token_endpoint_auth_signing_alg_values_supported": sorted(ALGORITHMS),
            }
        )

    async def protected_resource(self, request: Request) -> Response:
        """GET /.well-known/oauth-protected-resource (RFC 9728)."""
        return JSONResponse(
            {
                "resource": self._issuer,
                "authorization_servers": [self._issuer],
                "bearer_methods_supported": ["header"],
                "resource_name": "Concordat",
            }
        )

    async def _session(self, request: Request, body: bytes) -> MachineSession:
        asked = parse_token_request(request.headers, body)
        try:
            proven = await verified_assertion(asked.assertion, self._issuer, self._known)
        except SignInError as error:
            raise _unproven(request, error.reason.value) from None
        if asked.client_id not in (None, str(proven.client)):
            raise _unproven(request, "other_client_id")
        session = await tokens.start_session(self._tools, proven)
        if session is NoMachineSession.TOO_MANY:
            raise Problem(Code.BUSY)
        if not isinstance(session, MachineSession):
            raise _unproven(request, session.value)
        return session

    async def _known(self, client: UUID) -> KnownClient:
        return await tokens.known(self._tools, client)


def _unproven(request: Request, reason: str) -> OAuthError:
    """The same words for every failure: why is in the log, where whoever tries cannot read it."""
    _log.warning("token_refused", reason=reason, request_id=facts_of(request.scope).request_id)
    return OAuthError(OAuthCode.INVALID_CLIENT, _WORDS)


def _refusal(request: Request, error: OAuthError) -> Response:
    facts_of(request.scope).code = error.code.value
    status = 401 if error.code is OAuthCode.INVALID_CLIENT else 400
    # A caller that came with another scheme is told, as HTTP has it, that this one is no use.
    headers = {"WWW-Authenticate": "private_key_jwt"} if "authorization" in request.headers else {}
    return JSONResponse({"error": error.code.value, "error_description": error.words}, status, headers=headers)
