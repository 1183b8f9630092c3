"""Who is involved by a concern, a referral or a notification, and what is left for a person to find.

Sources: the UKHTC page (c. 2014) for routing before 2019, the regional partnership page (2021) since, the public form.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping

from policies.vocabulary import Function, Relation
from services.agencies import store as agencies
from services.outbox.kinds import NoticeKind
from services.reference import queries as reference
from services.reference.forces import force_for
from services.tools import Reading


@dataclass(frozen=True, slots=True)
class Body:
    """An agency in the function that it is involved in."""

    agency: UUID
    code: str
    function: Function
    relation: Relation
    on_platform: bool
    notice: NoticeKind | None = None


@dataclass(slots=True)
class Participants:
    """The bodies found, and the tasks for what was not found."""

    bodies: list[Body] = field(default_factory=list)
    unfound: list[NoticeKind] = field(default_factory=list)

    def by(self, relation: Relation) -> Body | None:
        """The body with this relation."""
        return next((body for body in self.bodies if body.relation is relation), None)

    def add(self, body: Body | None, or_else: NoticeKind | None = None) -> None:
        """A body that was found; or the task to find it."""
        if body is not None:
            self.bodies.append(body)
        elif or_else is not None:
            self.unfound.append(or_else)


async def body(
    reading: Reading,
    function: Function,
    relation: Relation,
    day: date,
    *,
    code: str | None = None,
    nation: str | None = None,
    notice: NoticeKind | None = None,
) -> Body | None:
    """The body that has this function on that day, with the notice it is owed."""
    row = await agencies.doing(reading, function, day, code=code, nation=nation)
    return _body(row, function, relation, notice) if row else None


async def childrens_services(
    reading: Reading, day: date, local_authority: str | None, referrer_code: str, notice: NoticeKind
) -> Body | None:
    """The children's services of the authority named; of a referring council itself when none was named."""
    named = reference.entry("local_authorities", local_authority) if local_authority else None
    code = named.code if named else (referrer_code if local_authority is None else None)
    if code is None:
        return None
    return await body(reading, Function.CHILDRENS_SERVICES, Relation.SAFEGUARDING_LEAD, day, code=code, notice=notice)


def force_of(day: date, place: tuple[str | None, str | None], referrer_code: str) -> str | None:
    """The code of the force of where the person is; where that is not known, of the referrer's own area."""
    return next(iter(_forces(day, place, referrer_code)), None)


async def police(
    reading: Reading, day: date, place: tuple[str | None, str | None], referrer_code: str, notice: NoticeKind | None
) -> Body | None:
    """The force of where the person is; where that is not known, the referrer's own force area."""
    for code in _forces(day, place, referrer_code):
        found = await body(
            reading, Function.INVESTIGATING_POLICE, Relation.INVESTIGATING_POLICE, day, code=code, notice=notice
        )
        if found:
            return found
    return None


def _forces(day: date, place: tuple[str | None, str | None], referrer_code: str) -> Iterable[str]:
    town, region = place
    of_place = force_for(town, region, day)
    if of_place:
        yield of_place
    elif reference.entry("police_forces", referrer_code, day):
        yield referrer_code
    else:
        area = _area(referrer_code)
        of_referrer = force_for(area, area, day) if area else None
        if of_referrer:
            yield of_referrer


def _area(referrer_code: str) -> str | None:
    """The place in a council's name: `Leeds City Council` serves Leeds."""
    council = reference.entry("local_authorities", referrer_code)
    if council is None:
        return None
    name = council.name
    for ending in (
        " City Council",
        " Metropolitan Borough Council",
        " Borough Council",
        " District Council",
        " County Council",
        " Council",
    ):
        name = name.removesuffix(ending)
    return name


def _body(row: RowMapping, function: Function, relation: Relation, notice: NoticeKind | None) -> Body:
    return Body(row["id"], row["code"], function, relation, row["on_platform"], notice)
