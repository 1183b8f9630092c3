"""Lists and single reads answer alike over HTTP: for every function and every level of a person, what a list says of a
thing is what is said when it is asked for by its name, and no list says what that would not."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from policies import engine
from policies.actor import Actor
from policies.permit import RecordFacts
from policies.vocabulary import AccessLevel, Action, CaseClass, DataGroup, Function, Relation
from tests.journeys.test_attachments import attached, got
from tests.noninterference.values import public
from tests.services.database.directory import Directory
from tests.services.database.hat_scene import DAY, hat_scene
from tests.services.database.hats import PERSON
from tests.services.database.list_answers import Answers, all_ids, answers
from tests.services.database.world import World
from tests.world.platform import Person

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(600)]

# Whoever administers comes first: they read the people of their agency, against whom the others' lists are held.
LEVELS = (AccessLevel.ADMINISTRATOR, AccessLevel.APPROVER, AccessLevel.PRACTITIONER)
FOR_MACHINES = {Function.PLATFORM_WORKER, Function.REFERRAL_IMPORT}
NOBODY = UUID(int=0)
SEVERAL = 10  # agencies that are not on the platform and asked for by name, others each time


@dataclass(frozen=True)
class Told:
    """Who was told what, and whom an administrator of theirs sees."""

    function: Function
    level: AccessLevel
    answers: Answers
    directory: Directory
    in_hand: frozenset[str]  # cases

    @property
    def reads_people(self) -> bool:
        """Whether the people of the agency are for this reader."""
        return self.level is AccessLevel.ADMINISTRATOR or self.function is Function.INFORMATION_GOVERNANCE


async def test_a_list_says_what_is_said_of_each_thing_by_its_name(own_world: World) -> None:
    scene = await hat_scene(own_world)
    who = own_world.person(PERSON)
    files = await _files(own_world, who)
    ids = await all_ids(scene)
    in_hand = frozenset(public("Case", one) for one in await scene.in_hand())
    seen: Counter[str] = Counter()
    directory = Directory((), "", ())

    for number, (function, level) in enumerate(product([f for f in Function if f not in FOR_MACHINES], LEVELS)):
        await scene.act_as(function, level)
        found = await answers(scene, who, ids | {"agency": ids["here"] + _some(ids["agency"], number)})
        if level is AccessLevel.ADMINISTRATOR:
            directory = Directory(tuple(found.nodes("people")), public("Member", scene.me), found.days)
        told = Told(function, level, found, directory.at_level(level), in_hand)
        for name, compare in COMPARISONS.items():
            listed, expected = compare(told)
            assert listed == expected, (function, level, name)
            seen[name] += len(listed)
        assert await _downloads(who, files) == _listed_files(found), (function, level)

    assert set(seen) == {name for name, many in seen.items() if many}, "compared with nothing"
    assert sum(seen.values()) > 2_500


Compared = tuple[Any, Any]  # what a list says, and what single reads say


def agencies(told: Told) -> Compared:
    """Those on the platform; all others are told of by their ids too, since cases go on naming them."""
    found = told.answers.found("agency")
    assert set(found) == set(told.answers.ids["agency"]), "who is there is everybody's to know"
    return _by_id(told.answers.nodes("agencies")), {one: said for one, said in found.items() if said["onPlatform"]}


def people(told: Told) -> Compared:
    """Whoever can be asked about by id as somebody who may leave, for administrators."""
    listed = told.answers.nodes("people")
    assert bool(listed) is told.reads_people
    leaving = told.answers.found("person")
    may_leave = [one for one in listed if told.directory.can_leave(one)] if _administers(told) else []
    return {one["id"]: one["name"] for one in may_leave}, {one: said["name"] for one, said in leaving.items()}


def people_as_administered(told: Told) -> Compared:
    """Governance officers read of each what administrators do."""
    return told.answers.nodes("people"), list(told.directory.people) if told.reads_people else []


def successors(told: Told) -> Compared:
    """Whoever could take over is one of the people, and does that work."""
    found = {}
    for one, said in told.answers.found("person").items():
        for part in said["functions"]:
            found[one, part["function"]] = part["people"]
    wanted = {
        (one, function): [each for each in _working(told.directory, function) if each["id"] != one]
        for one, function in found
    }
    return found, wanted


def functions_on(told: Told) -> Compared:
    """Of everybody at once, and of each alone; of nobody else's people."""
    days = told.answers.days
    listed = {day: told.answers.lists[f"held {day}"] for day in days}
    single = {day: [row for one in _in_order(told) for row in told.answers.single[f"held {day} {one}"]] for day in days}
    return listed, single


def functions_of_people(told: Told) -> Compared:
    """The functions that stand beside each of the people, by the day."""
    found = {
        day: [(row["memberId"], row["held"]) for row in told.answers.lists[f"held {day}"]] for day in told.answers.days
    }
    return found, {day: told.directory.held_on(day) if told.reads_people else [] for day in told.answers.days}


def teams(told: Told) -> Compared:
    """Who works in a team, by the places that stand beside each of the people."""
    listed = {one["id"]: one["people"] for one in told.answers.lists["teams"]}
    working = {
        one["id"]: [each["name"] for each in told.directory.people if told.directory.works_in(each, one)]
        for one in told.answers.lists["teams"]
    }
    return listed, working


def planned_ends(told: Told) -> Compared:
    """A day that is planned is the day on which the function ends that stands beside the person."""
    listed = {(one["memberId"], one["function"], one["lastDay"]) for one in told.answers.lists["plannedEnds"]}
    assert bool(listed) is _administers(told)
    ending = {
        (one["id"], held["function"], str(told.answers.days[0]))
        for one in told.directory.people
        for held in one["functions"]
        if held["until"] == str(told.answers.days[0] + DAY) and _administers(told)
    }
    return listed, ending


def colleagues(told: Told) -> Compared:
    """To whom a case can be given: the people who work in this function today."""
    return told.answers.lists["viewer"]["colleagues"], _working(told.directory, told.function.name)


def teams_to_give_to(told: Told) -> Compared:
    """The teams of this function in which somebody works."""
    places = {
        place["team"]
        for one in told.directory.people
        for place in one["teams"]
        if told.directory.works_in(one, {"name": place["team"], "function": told.function.name})
    }
    return [one["name"] for one in told.answers.lists["viewer"]["teams"]], sorted(places)


def training(told: Told) -> Compared:
    """One's own, as it stands beside one's name, there the latest last."""
    (mine,) = (one["training"] for one in told.directory.people if one["id"] == told.directory.me)
    return told.answers.lists["viewer"]["training"], mine[::-1]


def chairs(told: Told) -> Compared:
    """The people who may chair a meeting."""
    return told.answers.lists["chairs"], told.directory.named(told.directory.may_chair)


def drafts(told: Told) -> Compared:
    """Each draft that is there by its id, the one saved last first; saved at one moment, by their ids."""
    return _by_id(told.answers.lists["drafts"]), told.answers.found("draft")


def notices(told: Told) -> Compared:
    """Each notice that is there by its reference, with the record as it is read."""
    return {one["reference"]: one for one in told.answers.nodes("notices")}, told.answers.found("notice")


def cases(told: Told) -> Compared:
    """The agency's cases, each as it is read alone; all that can be read stand there: none is closed or asked for."""
    return _by_id(told.answers.nodes("cases")), told.answers.found("case")


def cases_in_hand(told: Told) -> Compared:
    """The same of one's own."""
    listed = _by_id(told.answers.nodes("mine"))
    return listed, {one: said for one, said in told.answers.found("case").items() if one in listed}


def notifications(told: Told) -> Compared:
    """Notifications, each as it is read alone."""
    return _by_id(told.answers.nodes("notifications")), told.answers.found("notification")


def entries(told: Told) -> Compared:
    """One's own entries under a caveat: of cases in hand, where the compiled table opens them to their author."""
    found = {
        one: [each["content"] for each in told.answers.nodes(f"entries {one}")] for one in told.answers.ids["case"]
    }
    return found, {one: ["Ours."] if one in told.in_hand and _reads_as_author(told) else [] for one in found}


def files(told: Told) -> Compared:
    """A group has its files exactly where access to a case says that the whole of it is open."""
    listed, wanted = {}, {}
    for one in told.answers.ids["case"]:
        verdicts = _verdicts(told, one)
        for group in (told.answers.lists[f"files {one}"] or {"groups": []})["groups"]:
            listed[one, group["group"]] = bool(group["files"])
            wanted[one, group["group"]] = verdicts[group["group"]] == "WHOLE" and listed[one, group["group"]]
    return listed, wanted


COMPARISONS: Mapping[str, Callable[[Told], Compared]] = {
    compare.__name__: compare
    for compare in (
        agencies, people, people_as_administered, successors, functions_on, functions_of_people, teams, planned_ends,
        colleagues, teams_to_give_to, training, chairs, drafts, notices, cases, cases_in_hand, notifications, entries,
        files,
    )
}  # fmt: skip
"""Each says what a list says, and what single reads say of the same."""


def _administers(told: Told) -> bool:
    return told.level is AccessLevel.ADMINISTRATOR


def _in_order(told: Told) -> list[str]:
    """The people of the agency in the order of the list, and then everybody else who was asked about."""
    ours = [one["id"] for one in told.directory.people]
    return [*ours, *(one for one in told.answers.ids["person"] if one not in ours)]


def _working(directory: Directory, function: str) -> list[dict[str, str]]:
    return directory.named(lambda one: directory.does(one, function, AccessLevel.PRACTITIONER, AccessLevel.APPROVER))


def _by_id(nodes: list[Any]) -> dict[str, Any]:
    return {one["id"]: one for one in nodes}


def _reads_as_author(told: Told) -> bool:
    actor = Actor(NOBODY, NOBODY, NOBODY, told.function, told.level)
    facts = RecordFacts(NOBODY, NOBODY, Relation.AUTHOR, frozenset({CaseClass.ALWAYS, CaseClass.CASE}))
    permit = engine.permit(actor, (facts,), frozenset({DataGroup.CAVEATED}), Action.SEE)
    return permit is not None and DataGroup.CAVEATED in permit.see


def _verdicts(told: Told, case: str) -> dict[str, str]:
    said = told.answers.single[f"access {case}"]
    return {one["group"]: one["verdict"] for one in said["access"]["groups"]} if said else {}


def _some(ids: list[str], number: int) -> list[str]:
    """Others every time, until all were asked about."""
    return [ids[(number * SEVERAL + place) % len(ids)] for place in range(SEVERAL)]


async def _files(world: World, who: Person) -> list[str]:
    """Two files, of two groups of one case, attached through the door."""
    case = {"id": public("Case", world.records["adult"])}
    return [(await attached(who, case, b"A letter.", group=group))["id"] for group in ("evidence", "health")]


async def _downloads(who: Person, ids: list[str]) -> set[str]:
    """Those that can be fetched by their own ids."""
    codes = {one: (await got(who, one)).status_code for one in ids}
    assert set(codes.values()) <= {HTTPStatus.OK, HTTPStatus.NOT_FOUND}
    return {one for one, code in codes.items() if code == HTTPStatus.OK}


def _listed_files(found: Answers) -> set[str]:
    groups = [group for one in found.ids["case"] for group in (found.lists[f"files {one}"] or {"groups": ()})["groups"]]
    return {file["id"] for group in groups for file in group["files"] or ()}
