"""The one address under which people sign in; cookies and callbacks only work there."""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def origin_of(public_url: str) -> str:
    """Scheme, host and port as a browser writes them."""
    parts = urlsplit(public_url)
    return f"{parts.scheme}://{parts.netloc.lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme, ''))}"


def is_canonical(request: HTTPConnection, public_url: str) -> bool:
    """Whether the browser asked for the public host. The scheme is the proxy's business and is not compared."""
    scheme = urlsplit(public_url).scheme
    asked = request.headers.get("host", "").lower().removesuffix(_DEFAULT_PORTS.get(scheme, ""))
    return origin_of(public_url) == f"{scheme}://{asked}"


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
