"""Records to which one person stands in every way there is, always the same, as they are made up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from random import Random
from uuid import UUID

from policies.vocabulary import DataGroup, Function, Relation

EACH = 2  # records for every function and relation
GROUPS = (DataGroup.CLOCKS, DataGroup.INFORMATION_REQUESTS, DataGroup.STRATEGY_MINUTES, DataGroup.IDENTITY)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ENDING = frozenset({Relation.RECIPIENT, Relation.REQUESTED})  # always with an end
BY_SCOPE = frozenset({Relation.RECIPIENT, Relation.ATTENDEE, Relation.RELEASED_TO})
GIVEN_NOWHERE = frozenset({Relation.UNRELATED, Relation.AUTHOR, Relation.COLLEAGUE})


class Given(Enum):
    """Who has the work that an involvement brings."""

    ME = "the person"
    MY_TEAM = "a team that they manage"
    MY_PEOPLE = "somebody of that team"
    SOMEBODY = "another colleague"
    NOBODY = "nobody"
    ONCE_ME = "the person, until yesterday"


MINE = frozenset({Given.ME, Given.MY_TEAM, Given.MY_PEOPLE})


class Bar(Enum):
    """Whom a bar keeps from a record."""

    ME = "the person"
    AGENCY = "their agency"
    SOMEBODY = "another person"
    ONCE_ME = "the person, until yesterday"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who there is, and what time it is. `teams`: one of each function, which the person manages."""

    now: datetime
    today: date
    person: UUID
    worker: UUID
    colleague: UUID
    agency: UUID
    elsewhere: UUID
    teams: dict[str, UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """An involvement of the person's agency. `scope`: group, version, item; `is_for_me`: none, or whom it names."""

    id: UUID
    relation: Relation
    given: Given
    from_at: datetime
    until_at: datetime | None
    is_for_me: bool | None
    scope: tuple[tuple[DataGroup, int | None, UUID | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A record and all that is there of it. `told`: the id of a notice about it."""

    id: UUID
    kind: str
    function: Function
    restricted: bool
    bar: Bar | None
    is_open: bool
    next_due: date | None
    told: UUID
    meeting: UUID
    parts: tuple[UUID, UUID]  # the open one, and a closed one
    ways: tuple[Way, ...]
    seed: int


def every_way(cast: Cast) -> list[Made]:
    """Some records for every function and every relation, each with one to three involvements."""
    dice = Random(1927)  # noqa: S311 - the same records at every run
    relations = [relation for relation in Relation if relation not in GIVEN_NOWHERE]
    return [
        _made(dice, cast, function, relation, [other for other in relations if other is not relation])
        for function in Function
        for relation in relations
        for _ in range(EACH)
    ]


def _made(dice: Random, cast: Cast, function: Function, relation: Relation, others: Sequence[Relation]) -> Made:
    meeting, parts = an_id(dice), (an_id(dice), an_id(dice))
    relations = [relation, *dice.sample(others, dice.choice((0, 0, 0, 1, 1, 2)))]
    return Made(
        id=an_id(dice),
        kind="duty_to_notify" if dice.random() < 0.25 else "case",
        function=function,
        restricted=dice.random() < 0.15,
        bar=dice.choice(list(Bar)) if dice.random() < 0.2 else None,
        is_open=dice.random() < 0.85,
        next_due=cast.today + dice.randint(-3, 6) * DAY if dice.random() < 0.7 else None,
        told=an_id(dice),
        meeting=meeting,
        parts=parts,
        ways=tuple(_way(dice, cast.now, one, (meeting, *parts)) for one in relations),
        seed=dice.getrandbits(32),
    )


def _way(dice: Random, now: datetime, relation: Relation, items: Sequence[UUID]) -> Way:
    begins = now + HOUR if dice.random() < 0.08 else now - dice.randint(1, 12) * HOUR
    ends = dice.choice((begins, now + HOUR) if begins < now else (now + DAY,))
    has_end = relation in ENDING or dice.random() < 0.15
    return Way(
        id=an_id(dice),
        relation=relation,
        given=dice.choice((Given.ME, *Given)),
        from_at=begins,
        until_at=(now + DAY if relation in ENDING and dice.random() < 0.7 else ends) if has_end else None,
        is_for_me=dice.choice((None, True, False)) if relation is Relation.RECIPIENT else None,
        scope=tuple(_scope(dice, items)) if relation in BY_SCOPE or dice.random() < 0.2 else (),
    )


def _scope(dice: Random, items: Sequence[UUID]) -> Iterator[tuple[DataGroup, int | None, UUID | None]]:
    for group in dice.sample(GROUPS, dice.randint(0, len(GROUPS))):
        yield group, 2 if group is DataGroup.IDENTITY and dice.random() < 0.5 else None, None  # others have no versions
    yield from ((DataGroup.STRATEGY_MINUTES, None, item) for item in items if dice.random() < 0.5)


def an_id(dice: Random) -> UUID:
    """The next id that these dice make up."""
    return UUID(int=dice.getrandbits(128))
