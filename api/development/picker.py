"""The page on which one picks who to be; a link may suggest a person, but only a press of the button signs in."""

from collections.abc import Mapping
from html import escape

from starlette.responses import HTMLResponse

from api.development.people import Agency, Person
from api.identity.pages import page

STYLESHEET = "/pages.css"
_INVENTED = (
    '<p class="notice">This is a development sign-in. These people are invented, no password is asked, '
    "and nothing here may hold real data.</p>"
)


def pick_person(agency: Agency, fields: Mapping[str, str], hint: str | None, callback_origin: str) -> HTMLResponse:
    """The agency's people as radio buttons; the suggested one, or else the first, is selected beforehand."""
    if not agency.people:
        return _page(f"Sign in to {agency.name}", f"{_INVENTED}\n<p>Nobody is listed for this agency.</p>")
    suggested = agency.person(hint or "") or agency.people[0]
    hidden = "\n".join(_hidden(name, value) for name, value in fields.items())
    choices = "\n".join(_choice(person, is_selected=person == suggested) for person in agency.people)
    form = (
        f'<form method="post" action="{escape(f"/{agency.slug}/authorize")}">\n{hidden}\n'
        f"<fieldset>\n<legend>Who are you today?</legend>\n{choices}\n</fieldset>\n"
        '<button type="submit">Sign in as this person</button>\n</form>'
    )
    # The form's answer redirects to the callback, and browsers hold that redirect to form-action as well.
    return _page(f"Sign in to {agency.name}", f"{_INVENTED}\n{form}", forms=f"'self' {callback_origin}")


def not_answered(words: str) -> HTMLResponse:
    """For a request that may not be sent back to anyone."""
    return _page("This sign-in cannot be answered", f"<p>{escape(words)}</p>", status=400)


def signed_out(agency: Agency) -> HTMLResponse:
    """The issuer keeps no session: it asks who one is each time."""
    return _page("You are signed out", f"<p>{escape(agency.name)}’s development sign-in remembers nobody.</p>")


def _page(title: str, body: str, *, status: int = 200, forms: str = "'none'") -> HTMLResponse:
    return page(title, body, status=status, stylesheet=STYLESHEET, forms=forms)


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'


def _choice(person: Person, *, is_selected: bool) -> str:
    selected = " checked" if is_selected else ""
    button = f'<input type="radio" name="subject" value="{escape(person.subject)}" required{selected}>'
    return f'<label class="choice">{button} {escape(person.name)}, {escape(person.role)}</label>'
