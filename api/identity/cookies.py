"""The two cookies: the session, and the proof that a callback returns to the browser that began."""

import re
import secrets

from starlette.requests import HTTPConnection
from starlette.responses import Response

from api.identity.addresses import is_loopback

SESSION = "concordat"
ATTEMPT = "concordat-sign-in"
ATTEMPT_SECONDS = 600
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")  # 256 bits in base64url


class Cookie:
    """One cookie in the safest form its address allows: `__Host-` binds it to this host and to https."""

    def __init__(self, name: str, public_url: str, max_age: int | None = None) -> None:
        self._secure = not is_loopback(public_url)
        self.name = f"__Host-{name}" if self._secure else name
        self._max_age = max_age

    def read(self, request: HTTPConnection) -> str | None:
        """The secret the browser holds, if it has the form of one of ours."""
        value = request.cookies.get(self.name, "")
        return value if _SECRET.fullmatch(value) else None

    def put(self, response: Response, secret: str) -> None:
        """Give the browser this secret in place of the one before."""
        response.set_cookie(
            self.name, secret, max_age=self._max_age, path="/", secure=self._secure, httponly=True, samesite="lax"
        )

    def remove(self, response: Response) -> None:
        """Take the secret from the browser."""
        response.delete_cookie(self.name, path="/", secure=self._secure, httponly=True, samesite="lax")


def session_cookie(public_url: str) -> Cookie:
    """The signed-in session; ends with the browser, and on the server when the database says so."""
    return Cookie(SESSION, public_url)


def attempt_cookie(public_url: str) -> Cookie:
    """Binds a sign-in under way to the browser that began it; gone after ten minutes."""
    return Cookie(ATTEMPT, public_url, max_age=ATTEMPT_SECONDS)


def new_secret() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)
