"""Our own token endpoint: an agency's system proves itself, by its key or by its provider, and gets a session."""

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from api.identity.machine_proofs import MachineProofs
from api.identity.providers import Providers
from api.identity.refusal import SignInError
from api.identity.token_request import (
    ACCESS_TOKEN,
    EXCHANGE,
    GRANT,
    ExchangeRequest,
    OAuthCode,
    OAuthError,
    TokenRequest,
    parse_token_request,
)
from api.identity.verification_keys import ALGORITHMS
from api.limits import Slots
from api.problems import Code, Problem
from api.request_body import read_body
from api.request_facts import facts_of
from services.machines.views import MachineSession, NoMachineSession
from services.tools import Tools

TOKEN_PATH = "/oauth/token"  # noqa: S105 - an address, not a token
_AT_ONCE = 16
_PROOF = {
    # RFC 8693, section 2.2.2: a token that is no use makes the request invalid, and no client is spoken of.
    ExchangeRequest: (OAuthCode.INVALID_REQUEST, "token"),
    TokenRequest: (OAuthCode.INVALID_CLIENT, "assertion"),
}
_log = structlog.get_logger("token")


def routes(public_url: str, tools: Tools, providers: Providers) -> list[BaseRoute]:
    """The endpoint, and the two documents by which a client finds it."""
    door = TokenEndpoint(public_url, MachineProofs(public_url, tools, providers))
    return [
        Route(TOKEN_PATH, door.token, methods=["POST"]),
        Route("/.well-known/oauth-authorization-server", door.authorization_server, methods=["GET"]),
        Route("/.well-known/oauth-protected-resource", door.protected_resource, methods=["GET"]),
    ]


class TokenEndpoint:
    """Client credentials with `private_key_jwt`, the exchange of a provider's access token, and nothing else."""

    def __init__(self, public_url: str, proofs: MachineProofs) -> None:
        self._issuer = public_url
        self._proofs = proofs
        self._slots = Slots(_AT_ONCE)

    async def token(self, request: Request) -> Response:
        """POST /oauth/token."""
        body = await read_body(request.receive, request.headers.get("content-length"))
        try:
            asked = parse_token_request(request.headers, body, self._issuer)
            with self._slots.taken():
                session = await self._session(request, asked)
        except OAuthError as error:
            return _refusal(request, error)
        answer = {"access_token": session.secret, "token_type": "Bearer", "expires_in": session.seconds}
        kind = {"issued_token_type": ACCESS_TOKEN} if isinstance(asked, ExchangeRequest) else {}
        return JSONResponse(answer | kind)

    async def authorization_server(self, request: Request) -> Response:
        """GET /.well-known/oauth-authorization-server (RFC 8414)."""
        return JSONResponse(
            {
                "issuer": self._issuer,
                "token_endpoint": f"{self._issuer}{TOKEN_PATH}",
                "grant_types_supported": [GRANT, EXCHANGE],
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

    async def _session(self, request: Request, asked: TokenRequest | ExchangeRequest) -> MachineSession:
        try:
            if isinstance(asked, ExchangeRequest):
                session = await self._proofs.by_token(asked.token, asked.client_id)
            else:
                session = await self._proofs.by_assertion(asked.assertion, asked.client_id)
        except SignInError as error:
            raise _unproven(request, asked, error.reason.value) from None
        if session is NoMachineSession.TOO_MANY:
            raise Problem(Code.BUSY)
        if not isinstance(session, MachineSession):
            raise _unproven(request, asked, session.value)
        return session


def _unproven(request: Request, asked: TokenRequest | ExchangeRequest, reason: str) -> OAuthError:
    """The same words for every failure: why is in the log, where whoever tries cannot read it."""
    _log.warning("token_refused", reason=reason, request_id=facts_of(request.scope).request_id)
    code, proof = _PROOF[type(asked)]
    return OAuthError(code, f"The {proof} proves no client that may act here now. Quote the request id to ask why.")


def _refusal(request: Request, error: OAuthError) -> Response:
    facts_of(request.scope).code = error.code.value
    status = 401 if error.code is OAuthCode.INVALID_CLIENT else 400
    # A caller that came with another scheme is told, as HTTP has it, that this one is no use.
    headers = {"WWW-Authenticate": "private_key_jwt"} if "authorization" in request.headers else {}
    return JSONResponse({"error": error.code.value, "error_description": error.words}, status, headers=headers)
