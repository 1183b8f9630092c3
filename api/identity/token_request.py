"""A token request read strictly: one form, each parameter once, and the two ways of proving oneself that we know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import parse_qsl

from starlette.datastructures import Headers

GRANT = "client_credentials"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"  # noqa: S105 - a type, not a token
_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 16
_ANOTHERS_PROOF = frozenset({"actor_token", "actor_token_type", "client_assertion", "client_assertion_type"})


class OAuthCode(StrEnum):
    """RFC 6749, section 5.2, and RFC 8693, section 2.2.2."""

    INVALID_REQUEST = "invalid_request"
    INVALID_CLIENT = "invalid_client"
    UNSUPPORTED_GRANT_TYPE = "unsupported_grant_type"
    INVALID_SCOPE = "invalid_scope"
    INVALID_TARGET = "invalid_target"


class OAuthError(Exception):
    """The request gets no token; `words` say what its maker can mend, and nothing about any client."""

    def __init__(self, code: OAuthCode, words: str) -> None:
        super().__init__(code.value)
        self.code = code
        self.words = words


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """What of a request matters: the assertion, and whom it says it is from, if it says so at all."""

    assertion: str = field(repr=False)
    client_id: str | None


@dataclass(frozen=True, slots=True)
class ExchangeRequest:
    """The access token of an agency's provider that is to become one of ours."""

    token: str = field(repr=False)
    client_id: str | None


def parse_token_request(headers: Headers, body: bytes, issuer: str) -> TokenRequest | ExchangeRequest:
    """The request in the body, or OAuthError; `issuer` is ours."""
    if headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise OAuthError(OAuthCode.INVALID_REQUEST, f"Send the form as {_FORM}.")
    form = _form(body)
    if "authorization" in headers or "client_secret" in form:
        raise OAuthError(OAuthCode.INVALID_CLIENT, "No client has a secret here: prove yourself by private_key_jwt.")
    if not form.get("grant_type"):
        raise OAuthError(OAuthCode.INVALID_REQUEST, "grant_type is missing.")
    if form["grant_type"] not in (GRANT, EXCHANGE):
        raise OAuthError(OAuthCode.UNSUPPORTED_GRANT_TYPE, f"Only {GRANT} and {EXCHANGE} are served.")
    if form.get("scope"):
        raise OAuthError(OAuthCode.INVALID_SCOPE, "There are no scopes: a client may run what its agency listed.")
    return _exchange(form, issuer) if form["grant_type"] == EXCHANGE else _credentials(form)


def _credentials(form: Mapping[str, str]) -> TokenRequest:
    if form.get("client_assertion_type") != ASSERTION or not form.get("client_assertion"):
        raise OAuthError(OAuthCode.INVALID_CLIENT, f"Send client_assertion with client_assertion_type {ASSERTION}.")
    return TokenRequest(form["client_assertion"], form.get("client_id"))


def _exchange(form: Mapping[str, str], issuer: str) -> ExchangeRequest:
    if form.get("subject_token_type") != ACCESS_TOKEN or not form.get("subject_token"):
        raise OAuthError(OAuthCode.INVALID_REQUEST, f"Send subject_token with subject_token_type {ACCESS_TOKEN}.")
    if form.get("requested_token_type", ACCESS_TOKEN) != ACCESS_TOKEN:
        raise OAuthError(OAuthCode.INVALID_REQUEST, f"Only {ACCESS_TOKEN} is issued.")
    if _ANOTHERS_PROOF & form.keys():
        words = "The provider's token alone proves a client: send no actor_token and no client_assertion."
        raise OAuthError(OAuthCode.INVALID_REQUEST, words)
    if {form[name] for name in ("audience", "resource") if name in form} - {issuer}:
        raise OAuthError(OAuthCode.INVALID_TARGET, f"Tokens are issued for {issuer} only.")
    return ExchangeRequest(form["subject_token"], form.get("client_id"))


def _form(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, strict_parsing=True, max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        raise OAuthError(OAuthCode.INVALID_REQUEST, "The body is no form.") from None
    form = dict(pairs)
    if len(form) != len(pairs):
        raise OAuthError(OAuthCode.INVALID_REQUEST, "A parameter stands twice.")
    return form
