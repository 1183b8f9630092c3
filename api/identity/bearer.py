"""Whose request this is when a machine calls: the token in its Authorization header, which no cookie can stand for."""

import re

from starlette.datastructures import Headers

from services.machines.tokens import PREFIX

# A person's secret has no dot and a machine's has two: neither fits where the other belongs.
_BEARER = re.compile(rf"Bearer ({re.escape(PREFIX)}[A-Za-z0-9_-]{{43}})", re.IGNORECASE)


def calls_as_machine(headers: Headers) -> bool:
    """Whether the caller sends credentials of its own; a browser never does by itself, and its cookies do not count."""
    return "authorization" in headers


def bearer_secret(headers: Headers) -> str | None:
    """The session's secret from the one Authorization header, if it has the form of a machine's."""
    sent = headers.getlist("authorization")
    found = _BEARER.fullmatch(sent[0]) if len(sent) == 1 else None
    # The scheme's name is said in any case, the prefix as we made it: the hash decides on every byte of it.
    return found[1] if found else None


def challenge(public_url: str) -> str:
    """How a caller without a living token learns where to get one (RFC 9728)."""
    return f'Bearer resource_metadata="{public_url}/.well-known/oauth-protected-resource"'
