"""Whether a meeting had its quorum at a moment: each profession that the row asks for, in a person of its own. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from services.meetings.content import Attendance
from services.meetings.views import Judgement
from services.meetings.words import FUNCTIONS_OF, Presence
from services.regimes.row_types import Quorum
from services.regimes.words import Profession

Person = tuple[str, str]


def judge(quorum: Quorum, attendances: Iterable[Attendance], at: datetime) -> Judgement:
    """As many of the required professions as possible are filled, each by somebody else who was there."""
    listed = list(attendances)
    chairs = {_person(one) for one in listed if one.is_chair}
    there = {_person(one): _fills(listed, _person(one), chairs) for one in listed if _was_there(one, at)}
    missing = _unfilled(sorted(quorum.requires), list(there.values()))
    return Judgement(not missing, missing, quorum.row)


def _person(attendance: Attendance) -> Person:
    return (attendance.person.strip().casefold(), str(attendance.body.agency or attendance.body.name.casefold()))


def _was_there(attendance: Attendance, at: datetime) -> bool:
    return attendance.presence is Presence.PRESENT and any(stretch.covers(at) for stretch in attendance.stretches)


def _fills(listed: Iterable[Attendance], person: Person, chairs: set[Person]) -> frozenset[Profession]:
    """A team manager who chairs counts as the manager, and never as the social worker."""
    own = {one.profession for one in listed if _person(one) == person and _fits(one)}
    if person in chairs and own & {Profession.SOCIAL_WORKER, Profession.MANAGER}:
        own = own - {Profession.SOCIAL_WORKER} | {Profession.MANAGER}
    return frozenset(own)


def _fits(attendance: Attendance) -> bool:
    allowed = FUNCTIONS_OF.get(attendance.profession)
    return allowed is None or attendance.body.function in allowed


def _unfilled(required: Sequence[Profession], people: Sequence[frozenset[Profession]]) -> tuple[Profession, ...]:
    """The fewest that stay empty, by giving each profession to everybody who could fill it, and to nobody. Whoever
    fills the same as another is tried once, so that a large meeting costs no more than a small one."""
    if not required:
        return ()
    first, *rest = required
    best = (first, *_unfilled(rest, people))
    for fills in sorted({one for one in people if first in one}, key=sorted):
        others = list(people)
        others.remove(fills)
        best = min(best, _unfilled(rest, others), key=len)
    return best
