"""The page at `/` of the demo: what this is, the invented people to sign in as, and a console to try operations in.

It works without a script as far as signing in and out; the console and "who is signed in" need one.
"""

import os
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from api.development.examples import read_examples
from api.development.issuers import PEOPLE_VARIABLE
from api.development.people import Agency, Person, read_people
from api.development.static_files import ASSETS, static_route
from api.security_headers import page_policy

# "same-origin" and not "no-referrer": with the latter a browser sends our own forms with Origin "null".
_HEADERS = {
    "Content-Security-Policy": f"{page_policy()}; require-trusted-types-for 'script'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_NOBODY = '<p>No invented people are listed here. <a href="/sign-in">Choose an agency to sign in with</a>.</p>'


class PageSettings(Protocol):
    """The one setting that the page depends on."""

    @property
    def environment(self) -> str: ...


def routes(settings: PageSettings, environ: Mapping[str, str] = os.environ) -> list[BaseRoute]:
    """`/` and `/static/…` in development, nothing anywhere else; people come from CONCORDAT_DEVELOPMENT_PEOPLE."""
    if settings.environment != "development":
        return []
    people_file = environ.get(PEOPLE_VARIABLE)
    content = render(read_people(Path(people_file)) if people_file else ())

    async def front(request: Request) -> Response:
        return HTMLResponse(content, headers=_HEADERS)

    return [Route("/", front, methods=["GET"]), static_route(read_examples())]


def render(agencies: Iterable[Agency]) -> str:
    """The whole page; it is the same for everybody, and a script asks who is signed in."""
    sections = "\n".join(_agency(agency) for agency in agencies)
    return (ASSETS / "page.html").read_text(encoding="utf-8").replace("<!-- people -->", sections or _NOBODY)


def _agency(agency: Agency) -> str:
    about = f"\n<p>{escape(agency.about)}</p>" if agency.about else ""
    people = "\n".join(_person(agency, person) for person in agency.people)
    return f'<section class="agency">\n<h3>{escape(agency.name)}</h3>{about}\n<ul>\n{people}\n</ul>\n</section>'


def _person(agency: Agency, person: Person) -> str:
    query = urlencode({"login_hint": person.subject, "return_to": "/"})
    address = escape(f"/sign-in/{quote(agency.slug, safe='')}?{query}")
    about = f" {escape(person.about)}" if person.about else ""
    return (
        f'<li><a href="{address}">Sign in as {escape(person.name)}</a> '
        f'<span class="role">{escape(person.role)}</span>{about}</li>'
    )
