"""Global ids: opaque to clients, `Type:uuid` inside."""

import base64
import binascii
from uuid import UUID

import strawberry


@strawberry.interface(description="Anything that has an id of its own and can be fetched again by it.")
class Node:
    id: strawberry.ID = strawberry.field(description="Opaque; the same for everybody who may know the thing.")


def global_id(kind: str, raw: UUID) -> strawberry.ID:
    """The public id of a thing."""
    return strawberry.ID(base64.urlsafe_b64encode(f"{kind}:{raw}".encode()).decode())


def parse_id(public: str) -> tuple[str, UUID] | None:
    """Kind and uuid; None for anything that is no id of ours, which is answered like an id of nothing."""
    try:
        kind, _, raw = base64.urlsafe_b64decode(public.encode()).decode().partition(":")
        return kind, UUID(raw)
    except (binascii.Error, UnicodeError, ValueError):
        return None


def lookup(public: str, kind: str) -> str:
    """What to look up for this id: an id of another kind or of nothing is looked up like one that is not there."""
    parsed = parse_id(public)
    return str(parsed[1]) if parsed and parsed[0] == kind else "nothing"


def given_uuid(public: str, kind: str) -> UUID:
    """The id in a public id of this kind; the id of nothing when it is none."""
    found = uuid_of(public, kind)
    return found if found is not None else UUID(int=0)


def uuid_of(public: str | None, kind: str) -> UUID | None:
    """The uuid of an id of this kind; an id of nothing becomes a uuid of nothing."""
    if public is None:
        return None
    parsed = parse_id(public)
    return parsed[1] if parsed and parsed[0] == kind else UUID(int=0)
