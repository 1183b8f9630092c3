"""What can be wrong with what was sent, said before anything is looked up. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from policies.vocabulary import Function
from services.errors import Invalid, Problem
from services.meetings.content import Attendance, Body, Content, Position, Referral, Stretch
from services.meetings.words import FUNCTIONS_OF, INVITED, Mode, Presence

LONGEST: Final = 10_000
LONGEST_NAME: Final = 300
SHORT: Final = frozenset({"said_by", "person", "owner_person", "name", "place", "minute_taker", "to_whom"})
MAY_BE_EMPTY: Final = frozenset({"not_to_be_told", "may_be_told"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """When and where, and in whose hands."""

    mode: Mode
    starts_at: datetime
    ends_at: datetime
    place: str
    chair: UUID
    minute_taker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitee:
    """A function of an agency, or of a body by name."""

    agency: UUID | None
    name: str | None
    function: Function
    is_home_authority: bool


def problems(*found: Iterator[Problem]) -> Invalid | None:
    """Everything that is wrong, at once."""
    wrong = tuple(problem for some in found for problem in some)
    return Invalid(wrong) if wrong else None


def text(path: str, said: str | None, *, required: bool = True) -> Iterator[Problem]:
    """Something was said, and not too much."""
    most = LONGEST_NAME if path.rpartition(".")[2] in SHORT else LONGEST
    if required and not (said or "").strip():
        yield Problem(_camel(path), "required", "This is required.", f"Say it in at most {most} characters.")
    elif said is not None and len(said) > most:
        yield Problem(_camel(path), "too_long", f"At most {most} characters.", "Say it shorter.")


def arrangement(given: Arranged) -> Iterator[Problem]:
    """It begins and ends, at a place or link."""
    yield from text("arrangement.place", given.place)
    yield from text("arrangement.minute_taker", given.minute_taker)
    if given.starts_at.utcoffset() is None or given.ends_at.utcoffset() is None:
        remedy = "Add +01:00, or Z for UTC."
        yield Problem("arrangement.startsAt", "time_zone", "Without a time zone this is no moment.", remedy)
    elif given.ends_at <= given.starts_at:
        remedy = "Give a later end."
        yield Problem("arrangement.endsAt", "ends_before_it_begins", "It ends before it begins.", remedy)


def invitees(given: Sequence[Invitee]) -> Iterator[Problem]:
    """Each is named once, in a function that the rules let in; one home authority at most."""
    seen: set[tuple[object, Function]] = set()
    for place, one in enumerate(given):
        path = f"invite.{place}"
        if (one.agency is None) == (not (one.name or "").strip()):
            yield Problem(path, "one_of", "An agency of the directory, or a body by name.", "Give agencyId or name.")
        if one.function not in INVITED:
            remedy = "Its part in the case is another; ask it for information instead."
            yield Problem(f"{path}.function", "not_invited", "This function takes part in no meeting.", remedy)
        if (one.agency or one.name, one.function) in seen:
            yield Problem(path, "twice", "This body was named before.", "Name it once.")
        seen.add((one.agency or one.name, one.function))
    homes = [one for one in given if one.is_home_authority]
    if len(homes) > 1 or any(one.function is not Function.CHILDRENS_SERVICES for one in homes):
        remedy = "Mark the children's services of where the child lives."
        yield Problem("invite", "home_authority", "One council's children's services are the home authority.", remedy)


def said(path: str, content: Content) -> Iterator[Problem]:
    """The texts of an entry, and what only this kind can get wrong."""
    yield from _texts(path, content)
    if isinstance(content, Attendance):
        yield from _attendance(path, content)
    if isinstance(content, Position) and not content.agrees:
        yield from text(f"{path}.reason", content.reason)
    if isinstance(content, Referral) and content.is_to_be_made and content.by is None:
        yield Problem(f"{path}.by", "required", "Somebody has to refer.", "Say which body refers.")


def _texts(path: str, part: Any) -> Iterator[Problem]:
    for field in fields(part):
        found = getattr(part, field.name)
        if isinstance(part, Body) and part.agency is not None:
            return
        if is_dataclass(found):
            yield from _texts(f"{path}.{field.name}", found)
        elif isinstance(found, tuple):
            for place, one in enumerate(found):
                yield from text(f"{path}.{field.name}.{place}", one) if isinstance(one, str) else ()
        elif isinstance(found, datetime) and found.utcoffset() is None:
            remedy = "Add +01:00, or Z for UTC."
            yield Problem(_camel(f"{path}.{field.name}"), "time_zone", "This is no moment yet.", remedy)
        elif type(found) is str:
            yield from text(f"{path}.{field.name}", found, required=field.name not in MAY_BE_EMPTY)


def _attendance(path: str, attendance: Attendance) -> Iterator[Problem]:
    allowed = FUNCTIONS_OF.get(attendance.profession)
    if allowed is not None and attendance.body.function not in allowed:
        remedy = "Choose the profession that fits the body's function."
        yield Problem(f"{path}.profession", "not_of_this_function", "This body has no such profession.", remedy)
    if (attendance.presence is Presence.PRESENT) != bool(attendance.stretches):
        remedy = "Say when somebody who was present arrived; leave it out for all others."
        yield Problem(f"{path}.stretches", "presence", "Presence and times do not fit.", remedy)
    for place, stretch in enumerate(attendance.stretches):
        yield from _stretch(f"{path}.stretches.{place}", stretch)


def _stretch(path: str, stretch: Stretch) -> Iterator[Problem]:
    moments = [stretch.arrived_at, *([stretch.left_at] if stretch.left_at else [])]
    if any(moment.utcoffset() is None for moment in moments):
        yield Problem(path, "time_zone", "Without a time zone this is no moment.", "Add +01:00, or Z for UTC.")
    elif stretch.left_at is not None and stretch.left_at <= stretch.arrived_at:
        yield Problem(path, "leaves_before_arriving", "Somebody leaves before arriving.", "Give a later moment.")


def _camel(path: str) -> str:
    first, *rest = path.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in rest)
