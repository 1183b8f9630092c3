"""The words of the sign-in: which agency, what to do when it fails, and that one is signed out."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote, urlencode

from starlette.responses import HTMLResponse

from api.identity.pages import page
from services.sessions.views import SignInProvider


def choose_provider(providers: Sequence[SignInProvider], return_to: str) -> HTMLResponse:
    """Every agency's provider as a link."""
    query = "" if return_to == "/" else "?" + urlencode({"return_to": return_to})
    links = "\n".join(f'<li><a href="{_start(provider, query)}">{_label(provider)}</a></li>' for provider in providers)
    if not providers:
        return page("Sign in", "<p>No agency has registered its sign-in here yet.</p>")
    return page("Sign in", f'<p>Choose the agency you work for.</p>\n<ul class="choices">\n{links}\n</ul>')


def did_not_work(request_id: str) -> HTMLResponse:
    """The same page for every failure: the reason is in the log, where an attacker cannot read it."""
    body = (
        '<p>Nothing was changed. <a href="/sign-in">Start again</a>, in one window and within ten minutes.</p>'
        "<p>If it fails again, tell your agency's administrator this number: "
        f"<strong>{escape(request_id)}</strong></p>"
    )
    return page("Sign-in did not work", body, status=400)


def not_registered(provider: SignInProvider, request_id: str) -> HTMLResponse:
    """For a person the provider vouches for, whom the agency has not given a place here."""
    body = (
        f"<p>{escape(provider.agency_name)} knows you, but has given you no place on this platform "
        "that is in force today.</p>"
        "<p>Ask your agency's administrator to add you, and tell them this number: "
        f"<strong>{escape(request_id)}</strong></p>"
        '<p><a href="/sign-in">Sign in with another agency</a></p>'
    )
    return page("You are not registered here", body, status=403)


def signed_out() -> HTMLResponse:
    """The session here has ended; the provider's own session is the provider's."""
    body = (
        "<p>Your session on this platform has ended. If others use this computer, "
        "sign out of your agency's own account as well.</p>"
        '<p><a href="/sign-in">Sign in</a></p>'
    )
    return page("You are signed out", body)


def _start(provider: SignInProvider, query: str) -> str:
    return escape(f"/sign-in/{quote(provider.slug, safe='')}{query}")


def _label(provider: SignInProvider) -> str:
    if provider.name == provider.agency_name:
        return escape(provider.agency_name)
    return escape(f"{provider.agency_name} ({provider.name})")
