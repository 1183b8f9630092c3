"""The message's values, each at its place in the draft, with every key that could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.errors import Problem
from services.imports.key import Key
from services.imports.mapping import DOCUMENT_FIELDS, DOCUMENT_KEY, DOCUMENTS, KEYS
from services.imports.readers import Reader, UnreadableError, kind
from services.referrals.answers import Document
from services.referrals.choices import ReferralKind
from services.referrals.paths import Place, path_of


@dataclass
class Gathered:
    """What was read, what was wrong, and from which key each path came."""

    duty_to_notify: bool
    values: dict[Place, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)

    def add(self, key: str, known: Key, value: Any) -> None:
        """Put one value where it belongs; a repeated answer must be the same answer."""
        place = known.place_in(duty_to_notify=self.duty_to_notify)
        if known.collects:
            held = self.values.get(place, ())
            self.keys[path_of(place, len(held))] = key
            self.values[place] = (*held, value)
        elif known.repeats:
            self._compare(key, place, value)
        else:
            self.values[place] = value

    def _compare(self, key: str, place: Place, value: Any) -> None:
        if place in self.values and self.values[place] != value:
            other = principal_key(place, duty_to_notify=self.duty_to_notify)
            message = f"This says something else than {other}."
            self.problems.append(Problem(key, "contradiction", message, f"Give {key} and {other} the same meaning."))


def gather(message: Mapping[str, object]) -> Gathered:
    """Read every known key in the form's order, whatever order the message has, and name every unknown one."""
    gathered = Gathered(duty_to_notify=_is_duty_to_notify(message))
    for key, known in KEYS.items():
        value = _read(gathered, message, key, known.read)
        if value is not None:
            gathered.add(key, known, value)
    _gather_documents(gathered, message)
    gathered.problems += [_unknown(key) for key in message if key not in KEYS and not DOCUMENT_KEY.fullmatch(key)]
    return gathered


def principal_key(place: Place, *, duty_to_notify: bool) -> str | None:
    """The first key that fills this place; None when no key of the message can."""
    fitting = (key for key, known in KEYS.items() if known.place_in(duty_to_notify=duty_to_notify) == place)
    return next(fitting, "Document1.URL" if place == DOCUMENTS else None)


def _is_duty_to_notify(message: Mapping[str, object]) -> bool:
    try:
        return kind(message.get("Type")) is ReferralKind.DUTY_TO_NOTIFY
    except UnreadableError:
        return False


def _read(gathered: Gathered, message: Mapping[str, object], key: str, reader: Reader) -> Any:
    """The value or None: the form sends an empty text for a question it did not ask."""
    value = message.get(key, "")
    if isinstance(value, str) and not value.strip():
        return None
    try:
        return reader(value)
    except UnreadableError as error:
        gathered.problems.append(Problem(key, error.code, error.message, error.remedy))
        return None


def _gather_documents(gathered: Gathered, message: Mapping[str, object]) -> None:
    numbers = sorted({int(found[1]) for key in message if (found := DOCUMENT_KEY.fullmatch(key))})
    documents: list[Document] = []
    for number in numbers:
        parts = _document_parts(gathered, message, number)
        if len(parts) == len(DOCUMENT_FIELDS):
            gathered.keys |= _document_keys(number, len(documents))
            documents.append(Document(**parts))
    if documents:
        gathered.values[DOCUMENTS] = tuple(documents)


def _document_parts(gathered: Gathered, message: Mapping[str, object], number: int) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    for part, (name, reader) in DOCUMENT_FIELDS.items():
        key = f"Document{number}.{part}"
        before = len(gathered.problems)
        value = _read(gathered, message, key, reader)
        if value is not None:
            parts[name] = value
        elif len(gathered.problems) == before:
            gathered.problems.append(_missing_part(key))
    return parts


def _document_keys(number: int, index: int) -> dict[str, str]:
    members = {path_of(DOCUMENTS, index, name): part for part, (name, _) in DOCUMENT_FIELDS.items()}
    return {path: f"Document{number}.{part}" for path, part in members.items()}


def _missing_part(key: str) -> Problem:
    return Problem(key, "required", "A document needs this.", "Send all four keys of the document, or none of them.")


def _unknown(key: str) -> Problem:
    return Problem(
        path=key[:100],
        code="unknown_key",
        message="The form's message has no such key.",
        remedy="Leave the key out, or correct its spelling.",
    )
