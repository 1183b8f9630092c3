"""One way to look at any field of a draft, whether its own or an answer's."""

from collections.abc import Iterator
from typing import Any

from services.referrals.content import value_types
from services.referrals.draft import ReferralDraft
from services.referrals.paths import CORE, Place


def value_at(draft: ReferralDraft, place: Place) -> Any:
    """What the draft says there; a blank text and an empty list say nothing."""
    holder = draft if place.group == CORE else draft.answers.get(place.group)
    value = getattr(holder, place.field, None)
    blank = (isinstance(value, str) and not value.strip()) or value == ()
    return None if blank else value


def says(draft: ReferralDraft, place: Place, wanted: object) -> bool:
    """Whether the field holds this value, or this value among others."""
    value = value_at(draft, place)
    return wanted in value if isinstance(value, tuple) else value == wanted


def answered(draft: ReferralDraft) -> Iterator[tuple[Place, Any, Any]]:
    """Every answered field of every group: its place, its type and its value."""
    for group, answers in draft.answers.items():
        for name, kind in value_types(type(answers)).items():
            place = Place(group, name)
            value = value_at(draft, place)
            if value is not None:
                yield place, kind, value
