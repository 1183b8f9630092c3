"""`GET /meetings/{meeting}/{invitation}.ics`: an invitation as a calendar file, for whoever is invited and for the
council that sends it to a body without an account."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.meeting_look import looked_at, nothing
from schema.node import uuid_of
from services.tools import Tools

OPERATION = "SaveCalendarFile"
MEDIA_TYPE = "text/calendar; charset=utf-8"  # the method stands in the file, which changes without this address
DISPOSITION = 'attachment; filename="meeting.ics"'  # the name tells whoever sees the download nothing of a case


def routes(tools: Tools) -> list[Route]:
    """The one address."""

    async def calendar(request: Request) -> Response:
        view = await looked_at(tools, request, OPERATION)
        wanted = uuid_of(request.path_params["invitation"], "MeetingInvitation")
        found = [one.calendar_file for one in view.invitations if one.id == wanted] if view else []
        if not found or found[0] is None:
            return nothing("invitation")
        return Response(found[0], media_type=MEDIA_TYPE, headers={"Content-Disposition": DISPOSITION})

    return [Route("/meetings/{meeting}/{invitation}.ics", calendar, methods=["GET"])]
