"""The demo's identity providers: one OIDC issuer per agency, all in one process, never in production.

Each lives at `{issuers_url}/{agency slug}`; its one client is `concordat`, public, with PKCE, and its one callback is
`{public_url}/sign-in/{agency slug}/callback`.
"""

import os
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.development import picker
from api.development.authorization import UntrustedRequestError
from api.development.back_channel import BackChannel
from api.development.issuer import Issuer
from api.development.issuer_endpoints import IssuerEndpoints, UnknownIssuerError
from api.development.people import Agency, read_people
from api.development.refusal import DevelopmentProblemError, refuse_outside_development
from api.identity.pages import stylesheet

PEOPLE_VARIABLE = "CONCORDAT_DEVELOPMENT_PEOPLE"


def issuers_url(public_url: str) -> str:
    """Where the issuers of a demo are: the same host, the next port."""
    parts = urlsplit(public_url)
    if parts.port is None or parts.hostname is None:
        raise DevelopmentProblemError(f"PUBLIC_URL={public_url} has no port, so the issuers' port is unknown: add one.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{parts.port + 1}"


def issuers_app_from_environment(environ: Mapping[str, str] = os.environ) -> Starlette:
    """The issuers as `make demo` starts them, from ENVIRONMENT, PUBLIC_URL and CONCORDAT_DEVELOPMENT_PEOPLE."""
    environment = environ.get("ENVIRONMENT", "development")
    refuse_outside_development(environment)
    path = environ.get(PEOPLE_VARIABLE)
    if not path:
        raise DevelopmentProblemError(f"{PEOPLE_VARIABLE} is not set: give it the path of the people file.")
    public_url = environ.get("PUBLIC_URL", "http://127.0.0.1:8000")
    return create_issuers_app(read_people(Path(path)), public_url=public_url, environment=environment)


def create_issuers_app(
    agencies: Iterable[Agency],
    *,
    public_url: str,
    environment: str,
    clock: Callable[[], float] = time.time,
    transport: httpx2.AsyncBaseTransport | None = None,
) -> Starlette:
    """One issuer for each agency; `transport` replaces the network towards the platform."""
    refuse_outside_development(environment)
    base = issuers_url(public_url)
    issuers = {agency.slug: Issuer(agency, base, public_url, clock) for agency in agencies}
    door = IssuerEndpoints(issuers, public_url, BackChannel(transport))
    app = Starlette(
        routes=[
            Route(picker.STYLESHEET, stylesheet),
            Route("/{slug}/.well-known/openid-configuration", door.metadata),
            Route("/{slug}/jwks", door.jwks),
            Route("/{slug}/authorize", door.ask, methods=["GET"]),
            Route("/{slug}/authorize", door.answer, methods=["POST"]),
            Route("/{slug}/token", door.token, methods=["POST"]),
            Route("/{slug}/end-session", door.end_session, methods=["GET", "POST"]),
        ],
        exception_handlers={UnknownIssuerError: _not_found, UntrustedRequestError: _not_trusted},
    )
    app.state.issuers = issuers
    return app


async def _not_found(request: Request, error: Exception) -> Response:
    page = picker.not_answered("No agency of this name has a development sign-in here.")
    page.status_code = 404
    return page


async def _not_trusted(request: Request, error: Exception) -> Response:
    return picker.not_answered("The application that sent you here, or its callback, is not the registered one.")
