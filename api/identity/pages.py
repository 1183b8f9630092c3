"""Plain pages: one heading, no script, nothing from elsewhere, under a strict content security policy."""

from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

_STYLE = (Path(__file__).parent / "pages.css").read_bytes()
_FRAME = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – Concordat</title>
<link rel="stylesheet" href="{stylesheet}">
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def page(
    title: str, body: str, *, status: int = 200, stylesheet: str = "/sign-in.css", forms: str = "'self'"
) -> HTMLResponse:
    """A page; the title is text, the body is HTML whose values are already escaped."""
    html = _FRAME.format(title=escape(title), body=body, stylesheet=escape(stylesheet))
    return HTMLResponse(html, status_code=status, headers=_headers(forms))


async def stylesheet(request: Request) -> Response:
    """The one stylesheet of these pages."""
    return Response(_STYLE, media_type="text/css", headers={"X-Content-Type-Options": "nosniff"})


def _headers(forms: str) -> dict[str, str]:
    policy = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    return {
        "Content-Security-Policy": f"{policy}; form-action {forms}",
        # "same-origin" and not "no-referrer": with the latter a browser sends our own forms with Origin "null".
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
