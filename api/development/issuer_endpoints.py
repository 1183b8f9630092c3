"""The issuers' addresses over HTTP: discovery, the picker, the token endpoint and the end of a session."""

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from api.callers import origin_of
from api.development import picker
from api.development.authorization import RefusedRequestError, UntrustedRequestError, checked_request
from api.development.back_channel import BackChannel
from api.development.issuer import Issuer, RefusedCodeError
from api.development.signed_in import SignedIn

_NO_STORE = {"Cache-Control": "no-store"}


class UnknownIssuerError(Exception):
    """No agency of this name has an issuer here."""


class IssuerEndpoints:
    """Every address names its issuer in its path; nothing is shared between two of them."""

    def __init__(self, issuers: Mapping[str, Issuer], public_url: str, back_channel: BackChannel) -> None:
        self._issuers = issuers
        self._public_origin = origin_of(public_url)
        self._back_channel = back_channel
        self._signed_in = {slug: SignedIn() for slug in issuers}

    async def metadata(self, request: Request) -> Response:
        """GET /{slug}/.well-known/openid-configuration."""
        return JSONResponse(self._issuer(request).metadata())

    async def jwks(self, request: Request) -> Response:
        """GET /{slug}/jwks."""
        return JSONResponse(self._issuer(request).jwks())

    async def ask(self, request: Request) -> Response:
        """GET /{slug}/authorize: show the picker."""
        issuer, asked = self._issuer(request), _single(request.query_params)
        try:
            fields = checked_request(asked, issuer.client).as_fields()
        except RefusedRequestError as refusal:
            return _to_callback(issuer, asked, {"error": refusal.error, "error_description": refusal.description})
        return picker.pick_person(issuer.agency, fields, asked.get("login_hint"), self._public_origin)

    async def answer(self, request: Request) -> Response:
        """POST /{slug}/authorize: someone was picked."""
        issuer = self._issuer(request)
        async with request.form() as form:
            asked = _single(form)
        try:
            wanted = checked_request(asked, issuer.client)
        except RefusedRequestError as refusal:
            return _to_callback(issuer, asked, {"error": refusal.error, "error_description": refusal.description})
        person = issuer.agency.person(asked.get("subject", ""))
        if person is None:
            return picker.not_answered("Nobody with this name works for the agency. Go back and pick someone.")
        secret, presence = self._signed_in[issuer.agency.slug].begin(person)
        response = _to_callback(issuer, asked, {"code": issuer.give_code(wanted, presence)})
        slug = issuer.agency.slug
        response.set_cookie(_cookie(slug), secret, path=f"/{slug}", httponly=True, samesite="lax")
        return response

    async def token(self, request: Request) -> Response:
        """POST /{slug}/token: a code or a refresh token becomes an ID token."""
        issuer = self._issuer(request)
        async with request.form() as form:
            asked = _single(form)
        if "authorization" in request.headers or asked.get("client_id") != issuer.client.client_id:
            return _token_error("invalid_client", status=401)
        give = {"authorization_code": issuer.redeem, "refresh_token": issuer.renew}.get(asked.get("grant_type", ""))
        if give is None:
            return _token_error("unsupported_grant_type")
        try:
            return JSONResponse(give(asked), headers=_NO_STORE)
        except RefusedCodeError:
            return _token_error("invalid_grant")

    async def end_session(self, request: Request) -> Response:
        """GET or POST /{slug}/end-session: tell the platform; back to our own front door, or a plain page."""
        issuer = self._issuer(request)
        slug = issuer.agency.slug
        if presence := self._signed_in[slug].end(request.cookies.get(_cookie(slug))):
            issuer.let_go(presence.subject, presence.sid)
            await self._back_channel.tell(issuer.client.back_channel_logout_uri, issuer.logout_token(presence))
        async with request.form() as form:
            asked = _single(form) if request.method == "POST" else _single(request.query_params)
        back = asked.get("post_logout_redirect_uri")
        if back is None:
            return picker.signed_out(issuer.agency)
        if back != f"{self._public_origin}/":
            return picker.not_answered("The address to go to after signing out is not on the list.")
        query = "?" + urlencode({"state": asked["state"]}) if "state" in asked else ""
        return RedirectResponse(back + query, status_code=303, headers=_NO_STORE)

    def _issuer(self, request: Request) -> Issuer:
        issuer = self._issuers.get(request.path_params["slug"])
        if issuer is None:
            raise UnknownIssuerError
        return issuer


def _cookie(slug: str) -> str:
    """Named by the issuer: cookies do not tell two ports of one host apart, and the platform has its own."""
    return f"issuer-{slug}"


def _single(parameters: ImmutableMultiDict[str, object]) -> dict[str, str]:
    """Each parameter once: a repeated one would let two readers see two requests."""
    pairs = parameters.multi_items()
    if len(dict(pairs)) != len(pairs):
        raise UntrustedRequestError
    return {str(name): value for name, value in pairs if isinstance(value, str)}


def _to_callback(issuer: Issuer, asked: Mapping[str, str], answer: Mapping[str, str]) -> Response:
    # The callback is the registered one, which the request was compared with; `iss` says who answers (RFC 9207).
    state = {"state": asked["state"]} if asked.get("state") else {}
    query = urlencode({**answer, **state, "iss": issuer.url})
    headers = {**_NO_STORE, "Referrer-Policy": "no-referrer"}
    return RedirectResponse(f"{issuer.client.redirect_uri}?{query}", status_code=303, headers=headers)


def _token_error(error: str, status: int = 400) -> Response:
    return JSONResponse({"error": error}, status_code=status, headers=_NO_STORE)
