"""`GET /minutes/{id}.pdf`: the printed page as a tagged PDF, from the same tree, so that both say the same."""

from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.meeting_look import looked_at, nothing
from api.minutes_document import title_of, tree_of
from api.pdf import Plain, compiled
from services.meetings.views import MeetingView
from services.tools import Tools

TEMPLATE: Final = (Path(__file__).parent / "minutes.typ").read_bytes()
OPERATION: Final = "PrintMinutesAsPdf"
DISPOSITION: Final = 'inline; filename="minutes.pdf"'  # the name tells whoever sees it nothing of a case


def routes(tools: Tools) -> list[Route]:
    """The one address."""

    async def minutes(request: Request) -> Response:
        view = await looked_at(tools, request, OPERATION)
        if view is None:
            return nothing("minutes")
        found = await run_in_threadpool(pdf_of, view)
        return Response(found, media_type="application/pdf", headers={"Content-Disposition": DISPOSITION})

    return [Route("/minutes/{meeting}.pdf", minutes, methods=["GET"])]


def pdf_of(view: MeetingView) -> bytes:
    """The whole document."""
    title = Element("h1")
    title.text = title_of(view)
    root = tree_of(view)
    root.insert(0, title)
    return compiled(TEMPLATE, "minutes", lambda drawn: {"title": title.text, "tree": _plain(root, drawn)})


def _plain(node: Element, drawn: Plain) -> dict[str, Any]:
    """A node as the template reads it."""
    children = [_plain(one, drawn) for one in node]
    return {"tag": node.tag, "text": drawn(node.text or ""), "children": children}
