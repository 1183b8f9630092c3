"""Routes behind the one stack of middleware: log, headers, the last filter, limits; always in this order."""

from collections.abc import Mapping, Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from starlette.types import Lifespan

from api.limits import Limits
from api.problem_responses import ProblemResponses
from api.request_log import RequestLog
from api.security_headers import SecurityHeaders


def assemble(
    routes: Sequence[BaseRoute],
    *,
    public_url: str,
    form_targets: Sequence[str] = (),
    longer: Mapping[str, float] | None = None,
    lifespan: Lifespan[Starlette] | None = None,
) -> Starlette:
    """An application in which no answer leaves without its headers, its log line and its error filter."""
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(RequestLog),
            Middleware(SecurityHeaders, https=public_url.startswith("https:"), form_targets=form_targets),
            Middleware(ProblemResponses),
            Middleware(Limits, longer=longer),
        ],
        lifespan=lifespan,
    )
    # A redirect to the path with or without its slash would be built from the Host header of the request.
    app.router.redirect_slashes = False
    return app
