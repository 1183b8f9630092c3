"""One agency's provider turned hostile, beside honest ones: it publishes and answers what a test says."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2
from joserfc.jwk import ECKey

from tests.api.development.issuing import ISSUERS_URL, POLICE, issuers_transport
from tests.api.identity.forge import Forgery, published
from tests.api.identity.platform import with_query

SLUG = "hostile"
ISSUER = f"{ISSUERS_URL}/{SLUG}"
PERSON = "mole-1"
KEY = ECKey.generate_key("P-256")
Asked = dict[str, str]
Claims = Callable[[Mapping[str, str]], Mapping[str, object]]


def metadata(**changes: object) -> dict[str, object]:
    """What it publishes about itself; a change to None leaves a member out."""
    document: dict[str, object] = {
        "issuer": ISSUER,
        "authorization_endpoint": f"{ISSUER}/authorize",
        "token_endpoint": f"{ISSUER}/token",
        "jwks_uri": f"{ISSUER}/jwks",
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
    } | changes
    return {name: value for name, value in document.items() if value is not None}


def claims(asked: Mapping[str, str], **changes: object) -> dict[str, object]:
    """The claims of a good ID token of its own for this sign-in; a change to None removes one."""
    now = int(time.time())
    good: dict[str, object] = {
        "iss": ISSUER,
        "sub": PERSON,
        "aud": "concordat",
        "iat": now,
        "exp": now + 300,
        "nonce": asked["nonce"],
    } | changes
    return {name: value for name, value in good.items() if value is not None}


def signed(content: Mapping[str, object], key: ECKey = KEY, **header: object) -> str:
    """A token by the provider's own key, or by one that it stole."""
    named = {"alg": "ES256", "kid": "hostile-1", "typ": "JWT"} | header
    return Forgery(header=named, payload=json.dumps(content).encode(), key=key).token()


@dataclass
class Hostile(httpx2.AsyncBaseTransport):
    """The network: honest issuers, and the hostile one between them."""

    document: dict[str, object] = field(default_factory=metadata)
    keys: list[dict[str, object]] = field(default_factory=lambda: [published(KEY, kid="hostile-1")])
    token: str = ""
    honest: httpx2.ASGITransport = field(default_factory=issuers_transport)
    redeemed: list[dict[str, str]] = field(default_factory=list)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The hostile answer at the hostile addresses."""
        if not request.url.path.startswith(f"/{SLUG}/"):
            return await self.honest.handle_async_request(request)
        if request.url.path.endswith("/token"):
            self.redeemed.append(dict(httpx2.QueryParams((await request.aread()).decode())))
        return httpx2.Response(200, stream=httpx2.ByteStream(json.dumps(self._answer(request.url.path)).encode()))

    def _answer(self, path: str) -> Any:
        if path.endswith("/openid-configuration"):
            return self.document
        if path.endswith("/jwks"):
            return {"keys": self.keys}
        return {"access_token": "a", "token_type": "Bearer", "id_token": self.token}


POLICE_JWKS = f"{POLICE}/jwks"


def back(asked: Asked, code: str = "any", **changes: str) -> str:
    """Where the browser comes back from it."""
    return with_query(f"/sign-in/{SLUG}/callback?code={code}&state={asked['state']}", **changes)
