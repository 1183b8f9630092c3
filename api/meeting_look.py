"""A meeting for the doors beside GraphQL: whoever is signed in sees it through the usual look, which is recorded."""

from starlette.requests import Request
from starlette.responses import Response

from api.entering import entered
from api.identity.current import session_secret
from api.identity.pages import page
from schema.node import uuid_of
from services.meetings import queries
from services.meetings.views import MeetingView
from services.tools import Tools

STYLESHEET = "/minutes.css"


async def looked_at(tools: Tools, request: Request, operation: str) -> MeetingView | None:
    """The meeting of the address as this reader may see it, or None; raises the problems of whoever may not ask. The
    operation is one that no contract publishes: a machine can list none of that name, so none comes through here."""
    async with entered(tools, session_secret(request), operation) as reading:
        meeting = uuid_of(request.path_params["meeting"], "Meeting")
        return await queries.one(reading, meeting) if meeting else None


def nothing(what: str) -> Response:
    """The one page for what is hidden and for what is nowhere."""
    return page(f"No such {what}", "<p>There is nothing here for you.</p>", status=404, stylesheet=STYLESHEET)
