"""Makes logout tokens, good and bad ones."""

import json
from uuid import UUID

from api.identity.logout_token import EVENT
from services.sessions.views import SignInProvider
from tests.api.identity import forge
from tests.api.identity.forge import CLIENT_ID, ISSUER, KID, NOW, AnyKey, Forgery

PROVIDER = SignInProvider(UUID(int=1), "police", "Police", UUID(int=2), "Police", ISSUER, CLIENT_ID, None)


def logout_claims(**changes: object) -> dict[str, object]:
    """Claims that are accepted; a change to None removes one."""
    claims: dict[str, object] = {
        "iss": ISSUER,
        "aud": CLIENT_ID,
        "iat": int(NOW),
        "exp": int(NOW) + 120,
        "jti": "jti-1",
        "events": {EVENT: {}},
        "sub": "officer-7",
        "sid": "sid-1",
    } | changes
    return {name: value for name, value in claims.items() if value is not None}


def logout_token(key: AnyKey | None = None, **changes: object) -> str:
    """A signed logout token whose claims differ from good ones."""
    header = {"alg": "ES256", "kid": KID, "typ": "logout+jwt"}
    return Forgery(header=header, payload=json.dumps(logout_claims(**changes)).encode(), key=key or forge.EC).token()
