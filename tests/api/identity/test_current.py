"""The door reads the session's secret from the right cookie only, and judges nothing but its form."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from api.identity.current import session_secret
from tests.api.identity.platform import Settings

SECRET = "s" * 43


def _request(cookie: str, settings: Settings) -> Request:
    app = Starlette()
    app.state.settings = settings
    return Request({"type": "http", "app": app, "headers": [(b"cookie", cookie.encode())]})


def test_on_loopback_the_plain_cookie_counts() -> None:
    assert session_secret(_request(f"concordat={SECRET}", Settings())) == SECRET


@pytest.mark.parametrize("public_url", ["https://concordat.example", "http://concordat.example", "https://127.0.0.1"])
def test_t42_everywhere_else_only_the_host_bound_cookie_counts(public_url: str) -> None:
    settings = Settings(public_url, "production")

    assert session_secret(_request(f"concordat={SECRET}", settings)) is None
    assert session_secret(_request(f"__Host-concordat={SECRET}", settings)) == SECRET


@pytest.mark.parametrize("value", ["", "short", "s" * 44, "s" * 42 + "'", "s" * 42 + "\u00e9"])
def test_what_has_not_the_form_of_a_secret_is_none(value: str) -> None:
    assert session_secret(_request(f"concordat={value}", Settings())) is None
