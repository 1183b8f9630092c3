"""Whose request this is, as far as the door can tell: the session's secret. Whether it lives, the database decides."""

from starlette.requests import HTTPConnection

from api.identity.cookies import session_cookie


def session_secret(request: HTTPConnection) -> str | None:
    """The session's secret from the cookie; the application keeps its settings in `app.state.settings`."""
    return session_cookie(request.app.state.settings.public_url).read(request)
