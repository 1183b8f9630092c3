"""The one address under which people sign in; cookies and callbacks only work there."""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request

from api.callers import origin_of


def is_canonical(request: HTTPConnection, public_url: str) -> bool:
    """Whether the browser asked for the public host. The scheme is the proxy's business and is not compared."""
    asked = f"{urlsplit(public_url).scheme}://{request.headers.get('host', '').lower()}"
    try:
        return origin_of(asked) == origin_of(public_url)
    except ValueError:  # a Host header that is no host
        return False


def canonical_url(request: Request, public_url: str) -> str:
    """The same page at the public address."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{origin_of(public_url)}{request.url.path}{query}"


def is_own_form(request: Request, public_url: str) -> bool:
    """Whether a POST came from a page of ours; SameSite alone does not tell two ports of one host apart."""
    fetch_site = request.headers.get("sec-fetch-site")
    if fetch_site is not None:
        return fetch_site == "same-origin"
    return request.headers.get("origin") == origin_of(public_url)


def local_path(value: str | None) -> str:
    """Where to go after signing in: a path of ours and nothing that a browser reads as another address."""
    is_path = value is not None and value.startswith("/") and not value.startswith("//")
    if not is_path or value is None or len(value) > 500 or "\\" in value:
        return "/"
    return value if value.isascii() and value.isprintable() and " " not in value else "/"
