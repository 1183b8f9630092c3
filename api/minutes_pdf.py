"""`GET /minutes/{id}.pdf`: the printed page as a tagged PDF, from the same tree, so that both say the same."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element

import typst
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.meeting_look import looked_at, nothing
from api.minutes_document import title_of, tree_of
from services.meetings.views import MeetingView
from services.tools import Tools

TEMPLATE: Final = (Path(__file__).parent / "minutes.typ").read_bytes()
OPERATION: Final = "PrintMinutesAsPdf"
UNDRAWN: Final = (re.compile(r"(?!)"), re.compile(r"[\u2e80-\U0010ffff]"), re.compile(r"[\u0250-\U0010ffff]"))
"""What is written as numbers: nothing; if it cannot be drawn, East Asian scripts and pictures; then all but Latin."""
STANDARD: Final = "ua-1"  # PDF/UA-1: whoever is read to hears headings, lists and tables as such
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
    """The whole document. The standard refuses a mark that no font can draw, and it would be missing: those of rare
    scripts are then written as their numbers, such as [U+674E], so that nothing is lost."""
    title = Element("h1")
    title.text = title_of(view)
    root = tree_of(view)
    root.insert(0, title)
    for undrawn in UNDRAWN:
        try:
            return _compiled({"title": title.text, "tree": _plain(root, undrawn)})
        except typst.TypstError as problem:
            if undrawn is UNDRAWN[-1] or "could not be displayed" not in problem.message:
                raise
    raise AssertionError("the last attempt raises")


def _compiled(said: dict[str, Any]) -> bytes:
    found = typst.compile(
        TEMPLATE, sys_inputs={"minutes": json.dumps(said)}, pdf_standards=STANDARD, font_paths=_fonts()
    )
    if not isinstance(found, bytes):
        raise TypeError("a document of several files is no PDF")
    return found


@cache
def _fonts() -> typst.Fonts:
    """Those of the package, and for marks that these lack those of the machine; looked for once."""
    return typst.Fonts(include_system_fonts=True)


def _plain(node: Element, undrawn: re.Pattern[str]) -> dict[str, Any]:
    """A node as the template reads it."""
    text = undrawn.sub(lambda mark: f"[U+{ord(mark[0]):04X}]", node.text or "")
    return {"tag": node.tag, "text": text, "children": [_plain(one, undrawn) for one in node]}
