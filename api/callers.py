"""Whether a request may be one that a foreign page made a browser send."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from api.problems import Code, Problem

_JSON_TYPES = frozenset({"application/json", "application/json;charset=utf-8", 'application/json;charset="utf-8"'})
_OWN_SITES = frozenset({"same-origin", "none"})
_DEFAULT_PORTS: Mapping[str, int] = {"http": 80, "https": 443}


def origin_of(url: str) -> str:
    """Scheme, host and port of a URL, as browsers write them in Origin."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = "" if parts.port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def check_content_type(headers: Headers) -> None:
    """Exactly JSON: every other type is one that a form or a script without permission could send."""
    types = [value.lower().replace(" ", "").replace("\t", "") for value in headers.getlist("content-type")]
    if len(types) != 1 or types[0] not in _JSON_TYPES:
        raise Problem(Code.UNSUPPORTED_MEDIA_TYPE)
    if any(value.strip().lower() != "identity" for value in headers.getlist("content-encoding")):
        raise Problem(Code.UNSUPPORTED_MEDIA_TYPE)


def check_caller(headers: Headers, own_origin: str) -> None:
    """A browser says where a request comes from; only our own pages may call. Other programs say nothing."""
    if any(origin != own_origin for origin in headers.getlist("origin")):
        raise Problem(Code.FORBIDDEN_ORIGIN)
    if any(site not in _OWN_SITES for site in headers.getlist("sec-fetch-site")):
        raise Problem(Code.FORBIDDEN_ORIGIN)
