"""The same PostgreSQL server seen as another role or at another database; a socket's `host` stays where it is."""

from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

APP_ROLE: Final = "concordat_app"
"""Does the platform's work, under row security; it can begin no session."""
SIGN_IN_ROLE: Final = "concordat_sign_in"
"""Begins and ends sessions, and can do nothing else: no injected statement of the work ever runs as this role."""


def as_role(url: str, role: str, password: str) -> str:
    """The address with another user and password."""
    parts = urlsplit(url)
    server = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(role, safe='')}:{quote(password, safe='')}@{server}"))


def at_database(url: str, database: str) -> str:
    """The address of another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(database, safe='')}"))
