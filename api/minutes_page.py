"""`GET /minutes/{id}`: what its reader may see of a strategy meeting as a page to print, through the usual look."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.identity.current import session_secret
from api.identity.pages import page
from api.minutes_document import body_of, title_of
from api.problems import Code, Problem
from schema.node import uuid_of
from services.machines import queries as machines
from services.meetings import queries
from services.meetings.views import MeetingView
from services.tools import Tools

STYLE = (Path(__file__).parent / "minutes.css").read_bytes()
STYLESHEET = "/minutes.css"
OPERATION = "PrintMinutes"  # no published operation: a machine can list none of this name, so none prints


def routes(tools: Tools) -> list[Route]:
    """The page and its stylesheet."""

    async def minutes(request: Request) -> Response:
        secret = session_secret(request)
        if not secret:
            raise Problem(Code.UNAUTHENTICATED)
        view = await _view(tools, secret, request.path_params["meeting"])
        if view is None:
            return page("No such minutes", "<p>There are none here for you.</p>", status=404, stylesheet=STYLESHEET)
        return page(title_of(view), body_of(view), stylesheet=STYLESHEET)

    return [
        Route("/minutes/{meeting}", minutes, methods=["GET"]),
        Route(STYLESHEET, stylesheet, methods=["GET"]),
    ]


async def stylesheet(request: Request) -> Response:
    """How the page looks on a screen and on paper."""
    return Response(STYLE, media_type="text/css", headers={"X-Content-Type-Options": "nosniff"})


async def _view(tools: Tools, secret: str, public: str) -> MeetingView | None:
    async with tools.enter(secret) as reading:
        if reading is None:
            raise Problem(Code.UNAUTHENTICATED)
        if not await machines.may_run(reading, OPERATION):
            raise Problem(Code.OPERATION_NOT_LISTED)
        meeting = uuid_of(public, "Meeting")
        return await queries.one(reading, meeting) if meeting else None
