"""One message of a batch: the form's own message, alone or wrapped with how and when it arrived."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from api.identity.strict_json import NotStrictJsonError, parse_object
from services.clocks.london_time import NoSuchTimeError, instant
from services.errors import Problem
from services.imports.commands import Arrival
from services.referrals.choices import Channel

WRAPPER: Final = frozenset({"message", "receivedAt", "channel"})
_LONGEST_ID = 100


@dataclass(frozen=True, slots=True)
class SentMessage:
    """What is handed to the import; with problems it is handed to nobody."""

    message: dict[str, object] = field(default_factory=dict, repr=False)
    arrival: Arrival = field(default_factory=Arrival)
    problems: tuple[Problem, ...] = ()

    @property
    def external_id(self) -> str | None:
        """The sender's own id, to find the message by."""
        found = self.message.get("ExternalId")
        return found if isinstance(found, str) and 0 < len(found) <= _LONGEST_ID and found.isprintable() else None


def sent_message(text: bytes | None) -> SentMessage:
    """The message in these bytes; None: they were too many to be kept."""
    if text is None:
        return _refused("", "too_large", "This is larger than 2 MiB, which no message is.", "Check that it is one.")
    try:
        content = parse_object(text)
    except NotStrictJsonError:
        remedy = "Send the message as the form made it: one JSON object, no key twice."
        return _refused("", "not_json", "This is not one JSON object.", remedy)
    message = content.get("message")
    return _wrapped(content, message) if isinstance(message, dict) else SentMessage(content)


def _wrapped(content: dict[str, object], message: dict[str, object]) -> SentMessage:
    problems = [
        Problem(key[:100], "unknown_key", "A wrapped message has no such key.", f"Leave it out: {_known()}.")
        for key in content
        if key not in WRAPPER
    ]
    at = _received_at(content.get("receivedAt"), problems)
    channel = _channel(content.get("channel", Channel.ONLINE.value), problems)
    return SentMessage(message, Arrival(channel=channel, received_at=at), tuple(problems))


def _received_at(value: object, problems: list[Problem]) -> datetime | None:
    if value is None:
        return None
    try:
        return instant(value) if isinstance(value, str) else _no_time()
    except NoSuchTimeError as error:
        problems.append(Problem("receivedAt", "no_time", str(error), "Give the time with its zone, or leave it out."))
        return None


def _no_time() -> datetime:
    raise NoSuchTimeError("This is no text with a date and a time.")


def _channel(value: object, problems: list[Problem]) -> Channel:
    if isinstance(value, str) and value in list(Channel):
        return Channel(value)
    problems.append(Problem("channel", "unknown", "There is no such channel.", f"Give one of {', '.join(Channel)}."))
    return Channel.ONLINE


def _known() -> str:
    return f"known are {', '.join(sorted(WRAPPER))}"


def _refused(path: str, code: str, message: str, remedy: str) -> SentMessage:
    return SentMessage(problems=(Problem(path, code, message, remedy),))
