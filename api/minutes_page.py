"""`GET /minutes/{id}`: what its reader may see of a strategy meeting as a page to print, through the usual look."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.identity.pages import page
from api.meeting_look import STYLESHEET, looked_at, nothing
from api.minutes_document import body_of, title_of
from services.tools import Tools

STYLE = (Path(__file__).parent / "minutes.css").read_bytes()
OPERATION = "PrintMinutes"


def routes(tools: Tools) -> list[Route]:
    """The page and its stylesheet."""

    async def minutes(request: Request) -> Response:
        view = await looked_at(tools, request, OPERATION)
        if view is None:
            return nothing("minutes")
        return page(title_of(view), body_of(view), stylesheet=STYLESHEET)

    return [
        Route("/minutes/{meeting}", minutes, methods=["GET"]),
        Route(STYLESHEET, stylesheet, methods=["GET"]),
    ]


async def stylesheet(request: Request) -> Response:
    """How the page looks on a screen and on paper."""
    return Response(STYLE, media_type="text/css", headers={"X-Content-Type-Options": "nosniff"})
