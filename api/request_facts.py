"""What the door knows about one request and may write down: never its content."""

from dataclasses import dataclass, field
from uuid import uuid4

from starlette.types import Scope

_KEY = "concordat.request_facts"


@dataclass(slots=True)
class RequestFacts:
    """Filled in on the way through; the request's log line is made of it."""

    request_id: str = field(default_factory=lambda: str(uuid4()))
    operation: str | None = None
    code: str | None = None
    challenge: str | None = None  # what a caller with credentials of its own is answered when they are no use


def facts_of(scope: Scope) -> RequestFacts:
    """The facts of this request; an id that comes from outside is never believed."""
    facts = scope.setdefault(_KEY, RequestFacts())
    if not isinstance(facts, RequestFacts):
        raise TypeError(_KEY)
    return facts
