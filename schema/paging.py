"""Relay paging: sealed keyset cursors that only their own viewer can use, and sizes with a limit."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Annotated, Any

import strawberry
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from graphql import GraphQLError

from policies.actor import Actor
from schema.groups import value

PAGE = 20
MOST = 100

First = Annotated[int, strawberry.argument(description="How many at most, from 1 to 100.")]
After = Annotated[str | None, strawberry.argument(description="The cursor after which to go on.")]


@strawberry.type(directives=[value], description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether there is more that you may see.")
    end_cursor: str | None = strawberry.field(description="Give this as `after` to go on. Null: the page is empty.")


class Seal:
    """Cursors are encrypted and bound to viewer, function and list; the same place always gives the same cursor."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESSIV(key)

    def close(self, actor: Actor, name: str, place: list[Any]) -> str:
        """The cursor of a place in the list called `name`."""
        sealed = self._cipher.encrypt(json.dumps(place).encode(), self._bound(actor, name))
        return base64.urlsafe_b64encode(sealed).decode()

    def open(self, actor: Actor, name: str, cursor: str) -> list[Any]:
        """The place; a cursor that was not sealed for this viewer and list is a wrong input."""
        try:
            sealed = base64.urlsafe_b64decode(cursor)
            opened = self._cipher.decrypt(sealed, self._bound(actor, name))
        except (InvalidTag, binascii.Error, ValueError, UnicodeEncodeError):
            raise wrong_input() from None
        if base64.urlsafe_b64encode(sealed).decode() != cursor:  # one place, one cursor: no spelling beside it
            raise wrong_input()
        place: list[Any] = json.loads(opened)
        return place

    def _bound(self, actor: Actor, name: str) -> list[bytes]:
        return [f"{actor.member_id}/{actor.function}/{name}".encode()]


@dataclass(frozen=True, slots=True)
class Page:
    """How many, after which place."""

    first: int
    after: list[Any] | None


def page(seal: Seal, actor: Actor, name: str, first: int, after: str | None) -> Page:
    """The page asked for, checked."""
    if not 1 <= first <= MOST:
        raise wrong_input()
    return Page(first, seal.open(actor, name, after) if after is not None else None)


def wrong_input() -> GraphQLError:
    """An argument that cannot be used; the door finds the words."""
    return GraphQLError("bad input", extensions={"code": "BAD_USER_INPUT"})
