"""How a problem names the field it is about: `identity.firstName`, `account.ukTowns.1`, or `nation` of the draft."""

from typing import NamedTuple

CORE = "core"
"""The draft's own fields, which belong to no group of answers."""


class Place(NamedTuple):
    """One field of one group of answers, or of the draft itself."""

    group: str
    field: str


def path_of(place: Place, *inside: object) -> str:
    """The field's path, followed by where inside it: an index, a member."""
    names = [place.field] if place.group == CORE else [place.group, place.field]
    return ".".join([*map(_camel, names), *map(str, inside)])


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
