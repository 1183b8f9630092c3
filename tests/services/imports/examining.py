"""Messages as the import examines them: the draft, or the problems."""

from typing import Any

from services.errors import Problem
from services.imports.message import examine
from services.referrals.draft import ReferralDraft
from tests.services.imports import upstream


def accepted(name: str, **changes: Any) -> ReferralDraft:
    """The draft of a message that is right, with changes."""
    found = examine(upstream.message(name) | changes, upstream.received(name))
    assert isinstance(found, ReferralDraft), found
    return found


def refused(name: str, said: object) -> list[Problem]:
    """Everything wrong with what was said in place of this message."""
    found = examine(said, upstream.received(name))
    assert isinstance(found, list), "should be refused"
    return found


def paths(problems: list[Problem]) -> set[str]:
    """Where the problems are."""
    return {problem.path for problem in problems}
