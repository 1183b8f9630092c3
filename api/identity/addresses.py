"""Which addresses of a provider are fit to be called at all."""

import ipaddress
from urllib.parse import urlsplit

_LOOPBACK_HOSTS = frozenset({"127.0.0.1", "::1", "localhost"})


def is_loopback(url: str) -> bool:
    """Whether the address is plain http on this machine."""
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname in _LOOPBACK_HOSTS


def is_allowed_address(url: object, *, development: bool) -> bool:
    """https to a named host; in development also http on loopback. No user, no fragment, no control character."""
    if not isinstance(url, str) or len(url) > 2048 or not url.isascii() or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises on a port that is none
    except ValueError:
        return False
    if not parts.hostname or "@" in parts.netloc or "#" in url or "\\" in url:
        return False
    if parts.scheme == "https":
        return _is_outside(parts.hostname)
    return development and is_loopback(url)


def _is_outside(host: str) -> bool:
    """Not this machine and not a private network written as a number: no provider lives there."""
    if host == "localhost" or host.endswith(".localhost"):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True
