"""The people of one agency as its administrator reads them: what every other list of people is held against."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from policies.vocabulary import AccessLevel, Function

Read = Mapping[str, Any]  # as it stands in an answer


@dataclass(frozen=True)
class Directory:
    """`me`: the reader's id; `days`: today, and two others that are asked about."""

    people: tuple[Read, ...]
    me: str
    days: Sequence[date]

    def at_level(self, level: AccessLevel) -> "Directory":
        """The same people, of whom the reader does everything at this level."""

        def leveled(one: Read) -> Read:
            mine = [{**held, "accessLevel": level.name} for held in one["functions"]]
            return {**one, "functions": mine} if one["id"] == self.me else one

        return replace(self, people=tuple(map(leveled, self.people)))

    def held_on(self, day: date) -> list[tuple[str, Read]]:
        """Everybody with each function that they had on that day, one that ended at once on the day it ended."""
        return [
            (one["id"], held)
            for one in self.people
            for held in sorted(one["functions"], key=lambda each: each["function"].lower())
            if date.fromisoformat(held["since"]) <= day and (_lasts(held, day) or _ended(held) == day)
        ]

    def named(self, fits: Callable[[Read], bool]) -> list[dict[str, str]]:
        """Those of whom it is true, as they stand to be chosen."""
        return [{"id": one["id"], "name": one["name"]} for one in self.people if fits(one)]

    def does(self, one: Read, function: str, *levels: AccessLevel) -> bool:
        """Whether somebody works in that function today, at one of those levels."""
        names = {level.name for level in levels}
        return any(
            held["function"] == function and held["accessLevel"] in names and self._is_live(held)
            for held in one["functions"]
        )

    def works_in(self, one: Read, team: Read) -> bool:
        """Whether somebody has a place in the team today and does its work."""
        return self.does(one, team["function"], AccessLevel.PRACTITIONER, AccessLevel.APPROVER) and any(
            (place["team"], place["function"]) == (team["name"], team["function"]) and self._is_now(place)
            for place in one["teams"]
        )

    def may_chair(self, one: Read) -> bool:
        """Whether somebody may chair a meeting: a manager of a team of the children's services, or above."""
        function = Function.CHILDRENS_SERVICES.name
        manages = any(
            place["function"] == function and place["standing"] == "MANAGER" and self._is_now(place)
            for place in one["teams"]
        )
        return self.does(one, function, AccessLevel.APPROVER) or (
            manages and self.does(one, function, AccessLevel.PRACTITIONER)
        )

    def can_leave(self, one: Read) -> bool:
        """Whether somebody else has something left to lose: a function or a place today or later."""
        lasts = any(_lasts(held, self.days[0]) for held in one["functions"])
        return one["id"] != self.me and (lasts or any(not _is_over(place) for place in one["teams"]))

    def _is_live(self, held: Read) -> bool:
        return date.fromisoformat(held["since"]) <= self.days[0] and _lasts(held, self.days[0])

    def _is_now(self, place: Read) -> bool:
        return datetime.fromisoformat(place["since"]) <= _now() and not _is_over(place)


def _lasts(held: Read, day: date) -> bool:
    return held["until"] is None or date.fromisoformat(held["until"]) > day


def _ended(held: Read) -> date | None:
    end = held["endedAt"]
    return datetime.fromisoformat(end).astimezone(ZoneInfo("Europe/London")).date() if end else None


def _is_over(place: Read) -> bool:
    return place["until"] is not None and datetime.fromisoformat(place["until"]) <= _now()


def _now() -> datetime:
    return datetime.now(ZoneInfo("Europe/London"))
