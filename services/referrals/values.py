"""One way to look at any field of a draft, whether its own or an answer's."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Any

from services.referrals.content import value_types
from services.referrals.draft import ReferralDraft
from services.referrals.form.conditions import Said
from services.referrals.form.loading import PLACES
from services.referrals.paths import CORE, Place


def value_at(draft: ReferralDraft, place: Place) -> Any:
    """What the draft says there; a blank text and an empty list say nothing."""
    holder = draft if place.group == CORE else draft.answers.get(place.group)
    value = getattr(holder, place.field, None)
    blank = (isinstance(value, str) and not value.strip()) or value == ()
    return None if blank else value


def said_by(draft: ReferralDraft) -> Said:
    """What the draft says, in the plain words that the rows of the form use; each place is looked at once."""

    @cache
    def said(path: str) -> tuple[str, ...]:
        value = value_at(draft, PLACES[path])
        values = value if isinstance(value, tuple) else () if value is None else (value,)
        return tuple(_plain(one) for one in values)

    return said


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.value if isinstance(value, StrEnum) else getattr(value, "media_type", str(value))


def answered(draft: ReferralDraft) -> Iterator[tuple[Place, Any, Any]]:
    """Every answered field of every group: its place, its type and its value."""
    for group, answers in draft.answers.items():
        for name, kind in value_types(type(answers)).items():
            place = Place(group, name)
            value = value_at(draft, place)
            if value is not None:
                yield place, kind, value
