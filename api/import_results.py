"""What a sender is told: a line for each message, in order, and a last line that says the batch is over and why."""

import json
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from api.sent_message import SentMessage
from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.imports.commands import Imported

MOST_PROBLEMS = 50


class Outcome(StrEnum):
    """What became of a message."""

    IMPORTED = "imported"
    KNOWN = "already_imported"
    REFUSED = "refused"


class End(StrEnum):
    """Why there are no more lines. Without this line the connection was cut: send the same batch again."""

    COMPLETE = "complete"
    UNAUTHENTICATED = "unauthenticated"
    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"
    BROKEN = "broken"
    STALLED = "stalled"
    UNAVAILABLE = "unavailable"


REMEDIES: Mapping[End, str] = {
    End.UNAUTHENTICATED: "The session has ended: get a new token, then send the same batch again.",
    End.TOO_MANY: "A batch has at most 500 messages: send the rest in another one.",
    End.TOO_LARGE: "A batch has at most 64 MiB: send the rest in another one.",
    End.BROKEN: "The body is no list of messages from here on: mend it, then send the same batch again.",
    End.STALLED: "Nothing more came in time: send the same batch again, without a pause.",
    End.UNAVAILABLE: "The platform cannot store anything now: send the same batch again later.",
}


class Results:
    """The lines of one batch."""

    def __init__(self) -> None:
        self._counted = Counter[Outcome]()

    @property
    def total(self) -> int:
        """How many messages have their line."""
        return self._counted.total()

    def line(self, sent: SentMessage, found: Imported | WorkProblem) -> bytes:
        """The line of one message."""
        if not isinstance(found, Imported):
            problems = [_written(one) for one in _problems(found)[:MOST_PROBLEMS]]
            return self._line(sent, Outcome.REFUSED, {"problems": problems})
        outcome = Outcome.IMPORTED if found.is_new else Outcome.KNOWN
        return self._line(sent, outcome, {"reference": found.reference})

    def last(self, end: End) -> bytes:
        """The last line; everything before it stays as it is."""
        counts = {outcome.value: self._counted[outcome] for outcome in Outcome}
        said: dict[str, object] = {"end": end.value, "counts": counts}
        return _ndjson(said if end is End.COMPLETE else said | {"remedy": REMEDIES[end]})

    def _line(self, sent: SentMessage, outcome: Outcome, more: Mapping[str, object]) -> bytes:
        line = {"index": self.total, "externalId": sent.external_id, "outcome": outcome.value}
        self._counted[outcome] += 1
        return _ndjson(line | dict(more))


def fault(name: str) -> Invalid:
    """What a sender is told when the platform itself failed on a message."""
    message = f"A fault of the platform ({name}), not of the message; nothing of it was stored."
    return Invalid((Problem("", "platform_fault", message, "Report it, and send the message again later."),))


def _problems(found: WorkProblem) -> tuple[Problem, ...]:
    match found:
        case Invalid(problems):
            return problems
        case Conflict(code, message, remedy):
            return (Problem("", code, message, remedy),)
        case Refused(_, reason):
            return (Problem("", "refused", reason, "Ask your agency what this client is registered for."),)
        case NotFound():
            return (Problem("", "not_found", "There is no such thing here.", "Check the message."),)


def _written(problem: Problem) -> dict[str, str]:
    path = {"--received-at": "receivedAt"}.get(problem.path, problem.path)
    return {"path": path, "code": problem.code, "message": problem.message, "remedy": problem.remedy}


def _ndjson(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
