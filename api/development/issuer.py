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
from api.development.people import Agency, Person

CLIENT_ID = "concordat"
CODE_SECONDS = 60
ID_TOKEN_SECONDS = 300


class RefusedCodeError(Exception):
    """The code is unknown, used, old, or was given to someone else; the client is not told which."""


@dataclass(frozen=True, slots=True)
class _Grant:
    request: AuthorizationRequest
    person: Person
    given_at: float


class Issuer:
    """Holds its codes in memory: a restart forgets them, and every person simply signs in again."""

    def __init__(
        self, agency: Agency, base_url: str, redirect_uri: str, clock: Callable[[], float] = time.time
    ) -> None:
        self.agency = agency
        self.url = f"{base_url}/{agency.slug}"
        self.client = Client(client_id=CLIENT_ID, redirect_uri=redirect_uri)
        self._clock = clock
        self._key = ECKey.generate_key("P-256", auto_kid=True)
        self._grants: dict[str, _Grant] = {}

    def metadata(self) -> dict[str, object]:
        """The discovery document."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "end_session_endpoint": f"{self.url}/end-session",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["public"],
            "scopes_supported": ["openid"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": ["none"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
        }

    def jwks(self) -> dict[str, object]:
        """The public key, made when the process started."""
        return {"keys": [{**self._key.as_dict(private=False), "use": "sig", "alg": "ES256"}]}

    def give_code(self, request: AuthorizationRequest, person: Person) -> str:
        """A code for this person, this client and this callback."""
        now = self._clock()
        self._grants = {code: grant for code, grant in self._grants.items() if now - grant.given_at <= CODE_SECONDS}
        code = secrets.token_urlsafe(32)
        self._grants[code] = _Grant(request, person, now)
        return code

    def redeem(self, asked: Mapping[str, str]) -> dict[str, object]:
        """The tokens for a code, once; whoever presents it wrongly has used it up."""
        grant = self._grants.pop(asked.get("code", ""), None)
        if grant is None or self._clock() - grant.given_at > CODE_SECONDS or not _is_bound(grant.request, asked):
            raise RefusedCodeError
        return {
            "access_token": secrets.token_urlsafe(32),
            "token_type": "Bearer",
            "expires_in": ID_TOKEN_SECONDS,
            "scope": "openid",
            "id_token": self._id_token(grant),
        }

    def _id_token(self, grant: _Grant) -> str:
        now = int(self._clock())
        claims: dict[str, object] = {
            "iss": self.url,
            "sub": grant.person.subject,
            "aud": grant.request.client_id,
            "iat": now,
            "exp": now + ID_TOKEN_SECONDS,
            "auth_time": int(grant.given_at),
            "nonce": grant.request.nonce,
            "sid": secrets.token_urlsafe(16),
        }
        return jwt.encode({"alg": "ES256", "kid": self._key.kid}, claims, self._key, algorithms=["ES256"])


def _is_bound(request: AuthorizationRequest, asked: Mapping[str, str]) -> bool:
    challenge = urlsafe_b64encode(hashlib.sha256(asked.get("code_verifier", "").encode()).digest()).rstrip(b"=")
    return (
        asked.get("client_id") == request.client_id
        and asked.get("redirect_uri") == request.redirect_uri
        and hmac.compare_digest(challenge, request.code_challenge.encode())
    )
