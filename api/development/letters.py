"""`/outbox` in the demo: the letters that left, as the invented person would read them."""

import os
from collections.abc import Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from api.mail import SMTP_VARIABLE
from api.security_headers import page_policy

HEADERS: Final = {
    "Content-Security-Policy": page_policy(),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
NONE: Final = "<p>No letter has left yet. One leaves with a decision, once it is recorded how letters may come.</p>"


def routes(environ: Mapping[str, str] = os.environ) -> list[BaseRoute]:
    """The one page; the caller sees to it that it is served in development only."""
    url = urlsplit(environ.get(SMTP_VARIABLE, ""))
    folder = Path(unquote(url.path)) if url.scheme == "file" else None

    async def outbox(request: Request) -> Response:
        return HTMLResponse(await run_in_threadpool(render, folder), headers=HEADERS)

    return [Route("/outbox", outbox, methods=["GET"])]


def render(folder: Path | None) -> str:
    """Every letter, the newest first."""
    found = [message for message in map(_read, folder.glob("*.eml") if folder else ()) if message]
    found.sort(key=lambda message: (message["Date"].datetime, message["Message-ID"]), reverse=True)
    letters = "\n".join(_letter(place, message) for place, message in enumerate(found)) or NONE
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<title>Letters that left: demo</title>\n</head>\n<body>\n'
        "<main>\n<h1>Letters that left</h1>\n<p>Everybody here is invented.</p>\n"
        f"{letters}\n</main>\n</body>\n</html>\n"
    )


def _read(file: Path) -> EmailMessage | None:
    """A letter; None for other e-mails, which have no page."""
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    is_letter = isinstance(message, EmailMessage) and message["Content-Language"] is not None
    return message if is_letter and isinstance(message, EmailMessage) else None


def _letter(place: int, message: EmailMessage) -> str:
    """Its head and its words, read aloud in their own language."""
    body = message.get_body(("plain",))
    paragraphs = (body.get_content() if body else "").strip().split("\n\n")[1:]
    language = escape(str(message["Content-Language"]), quote=True)
    head = [(name, escape(str(message[name]))) for name in ("From", "To", "Date")]
    listed = "".join(f"<dt>{name}</dt><dd>{said}</dd>" for name, said in head)
    words = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return (
        f'<article aria-labelledby="letter-{place}">\n'
        f'<h2 id="letter-{place}" lang="{language}">{escape(str(message["Subject"]))}</h2>\n'
        f'<dl>{listed}</dl>\n<div lang="{language}">\n{words}\n</div>\n</article>'
    )
