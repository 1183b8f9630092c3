"""One key of the public form's message: where its value lands and how it is read."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.imports import readers
from services.imports.readers import Reader
from services.referrals.paths import Place


@dataclass(frozen=True, slots=True)
class Key:
    """Several keys may fill one list (`collects`), or say one thing twice (`repeats`)."""

    place: Place
    read: Reader = readers.text
    collects: bool = False
    repeats: bool = False
    in_duty_to_notify: Place | None = None

    def place_in(self, *, duty_to_notify: bool) -> Place:
        """Where the value lands: a Duty to Notify record files what does not identify under its own group."""
        return self.in_duty_to_notify if duty_to_notify and self.in_duty_to_notify else self.place


def texts(group: str, names: Mapping[str, str]) -> dict[str, Key]:
    """Keys that carry plain text into fields of one group."""
    return answers(group, readers.text, names)


def answers(group: str, reader: Reader, names: Mapping[str, str]) -> dict[str, Key]:
    """Keys of one group that are read alike."""
    return {key: Key(Place(group, field), reader) for key, field in names.items()}
