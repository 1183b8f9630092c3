"""One agency's development issuer: its key, its codes and the ID tokens they are worth."""

import hashlib
import hmac
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from joserfc import jwt
from joserfc.jwk import ECKey

from api.development.authorization import AuthorizationRequest, Client
from api.development.people import Agency
from api.development.signed_in import Presence
from api.identity.code_flow import back_channel_logout_url, callback_url
from api.identity.logout_token import EVENT

CLIENT_ID = "concordat"
CODE_SECONDS = 60
ID_TOKEN_SECONDS = 300
LOGOUT_TOKEN_SECONDS = 120
TWO_FACTORS = "urn:example:two-factors"  # nobody proves anything here; the level is for trying a step-up out


class RefusedCodeError(Exception):
    """The code is unknown, used, old, or was given to someone else; the client is not told which."""


@dataclass(frozen=True, slots=True)
class _Grant:
    request: AuthorizationRequest
    presence: Presence
    given_at: float


class Issuer:
    """Holds its codes in memory: a restart forgets them, and every person simply signs in again."""

    def __init__(self, agency: Agency, base_url: str, public_url: str, clock: Callable[[], float] = time.time) -> None:
        self.agency = agency
        self.url = f"{base_url}/{agency.slug}"
        self.client = Client(
            CLIENT_ID, callback_url(public_url, agency.slug), back_channel_logout_url(public_url, agency.slug)
        )
        self._clock = clock
        self._keys = [ECKey.generate_key("P-256", auto_kid=True)]
        self._grants: dict[str, _Grant] = {}
        self._known: dict[str, _Grant] = {}  # by refresh token: whom we still vouch for

    def metadata(self) -> dict[str, object]:
        """The discovery document."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "end_session_endpoint": f"{self.url}/end-session",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "subject_types_supported": ["public"],
            "scopes_supported": ["openid"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": ["none"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
            "acr_values_supported": [TWO_FACTORS],
            "backchannel_logout_supported": True,
            "backchannel_logout_session_supported": True,
        }

    def jwks(self) -> dict[str, object]:
        """The public keys: the one that signs, and those before it that are still believed."""
        return {"keys": [{**key.as_dict(private=False), "use": "sig", "alg": "ES256"} for key in self._keys]}

    def publish_next_key(self) -> None:
        """Show a new key before it signs, as providers do that rotate without a failed sign-in."""
        self._keys.append(ECKey.generate_key("P-256", auto_kid=True))

    def sign_with_next_key(self) -> None:
        """From now on the newest key signs; the others stay to be seen."""
        self._keys.insert(0, self._keys.pop())

    def withdraw_old_keys(self) -> None:
        """Only the key that signs is left."""
        del self._keys[1:]

    def give_code(self, request: AuthorizationRequest, presence: Presence) -> str:
        """A code for this presence, this client and this callback."""
        now = self._clock()
        self._grants = {code: grant for code, grant in self._grants.items() if now - grant.given_at <= CODE_SECONDS}
        code = secrets.token_urlsafe(32)
        self._grants[code] = _Grant(request, presence, now)
        return code

    def redeem(self, asked: Mapping[str, str]) -> dict[str, object]:
        """The tokens for a code, once; whoever presents it wrongly has used it up."""
        grant = self._grants.pop(asked.get("code", ""), None)
        if grant is None or self._clock() - grant.given_at > CODE_SECONDS or not _is_bound(grant.request, asked):
            raise RefusedCodeError
        return self._tokens(grant, nonce=grant.request.nonce)

    def renew(self, asked: Mapping[str, str]) -> dict[str, object]:
        """The tokens again for a refresh token, once; nobody is asked anything, and nobody who left is renewed."""
        grant = self._known.pop(asked.get("refresh_token", ""), None)
        if grant is None:
            raise RefusedCodeError
        return self._tokens(grant)

    @property
    def refresh_tokens(self) -> frozenset[str]:
        """What would be renewed now."""
        return frozenset(self._known)

    def let_go(self, subject: str, sid: str | None = None) -> None:
        """Vouch for somebody no longer: their account was closed, or this one presence of theirs ended."""
        self._known = {
            token: grant
            for token, grant in self._known.items()
            if grant.presence.subject != subject or sid not in (None, grant.presence.sid)
        }

    def _tokens(self, grant: _Grant, **claims: object) -> dict[str, object]:
        refresh_token = secrets.token_urlsafe(32)
        self._known[refresh_token] = grant
        return {
            "access_token": secrets.token_urlsafe(32),
            "token_type": "Bearer",
            "expires_in": ID_TOKEN_SECONDS,
            "scope": "openid",
            "refresh_token": refresh_token,
            "id_token": self._id_token(grant, claims),
        }

    def _id_token(self, grant: _Grant, more: Mapping[str, object]) -> str:
        now = int(self._clock())
        claims: dict[str, object] = {
            "iss": self.url,
            "sub": grant.presence.subject,
            "aud": grant.request.client_id,
            "iat": now,
            "exp": now + ID_TOKEN_SECONDS,
            "auth_time": int(grant.given_at),
            "sid": grant.presence.sid,
            **more,
        }
        if TWO_FACTORS in grant.request.acr_values.split():
            claims["acr"] = TWO_FACTORS
        return self._signed(claims, "JWT")

    def logout_token(self, presence: Presence) -> str:
        """Our word that somebody signed out here."""
        now = int(self._clock())
        claims: dict[str, object] = {
            "iss": self.url,
            "sub": presence.subject,
            "sid": presence.sid,
            "aud": self.client.client_id,
            "iat": now,
            "exp": now + LOGOUT_TOKEN_SECONDS,
            "jti": secrets.token_urlsafe(16),
            "events": {EVENT: {}},
        }
        return self._signed(claims, "logout+jwt")

    def _signed(self, claims: dict[str, object], kind: str) -> str:
        key = self._keys[0]
        return jwt.encode({"alg": "ES256", "kid": key.kid, "typ": kind}, claims, key, algorithms=["ES256"])


def _is_bound(request: AuthorizationRequest, asked: Mapping[str, str]) -> bool:
    challenge = urlsafe_b64encode(hashlib.sha256(asked.get("code_verifier", "").encode()).digest()).rstrip(b"=")
    return (
        asked.get("client_id") == request.client_id
        and asked.get("redirect_uri") == request.redirect_uri
        and hmac.compare_digest(challenge, request.code_challenge.encode())
    )
