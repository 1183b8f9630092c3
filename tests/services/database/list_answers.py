"""What lists answer over HTTP, and what is answered when each thing is asked for by its own name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.noninterference.values import public
from tests.services.database.hat_scene import DAY, HatScene
from tests.world.platform import Person

AT_ONCE = 10  # root fields of one document
NAMED = "id name onPlatform functions since contactPoints { id kind } duty { id }"
HELD = "held { function accessLevel since until endedAt } memberId name agencyHeld"
ADMINISTERED = """id name provider subject email functions { function accessLevel since until endedAt }
    teams { team function standing since until } training { kind on expires }"""
DRAFT = "id reference version formVersion startedAt savedAt savedBy warnOn lastDay answers { key } problems { path }"
CASE = """id reference version stage openedAt lead { id } assignmentVersion assignments { __typename }
    clocks { __typename ... on Clocks { next { kind } } } identity { __typename } account { __typename }
    informationRequests { __typename } health { __typename }"""
NOTIFICATION = "id reference version openedAt lead { id } particulars { __typename } identity { __typename }"
NOTICE = f"""id reference kind title toDo isTask at chaseAt escalateAt about {{ id }}
    record {{ ... on Case {{ {CASE} }} ... on DutyToNotifyRecord {{ {NOTIFICATION.replace("identity", "who: identity")}
    }} }}"""
PAGE = "edges {{ node {{ {0} }} }} pageInfo {{ hasNextPage }}"
LISTS = {
    "agencies": f"agencies(first: 100) {{ {PAGE.format(NAMED)} }}",
    "people": f"people(first: 100) {{ {PAGE.format(ADMINISTERED)} }}",
    "teams": "teams { id name function people }",
    "plannedEnds": "plannedEnds { memberId function lastDay }",
    "drafts": f"drafts {{ {DRAFT} }}",
    "notices": f"notices(first: 100) {{ {PAGE.format(NOTICE)} }}",
    "cases": f"worklist(scope: AGENCY, first: 100) {{ {PAGE.format(CASE)} }}",
    "mine": f"worklist(scope: ASSIGNED, first: 100) {{ {PAGE.format(CASE)} }}",
    "notifications": f"dutyToNotifyRecords(scope: AGENCY, first: 100) {{ {PAGE.format(NOTIFICATION)} }}",
    "viewer": "viewer { id colleagues { id name } teams { id name } training { kind on expires } }",
    "chairs": "meetingChairs { id name }",
}


@dataclass
class Answers:
    """Everything that one person was told in one function at one level."""

    lists: Mapping[str, Any]
    single: Mapping[str, Any]
    days: Sequence[date]  # today, and one before it and after it
    ids: Mapping[str, Sequence[str]]  # the names of all that was asked for, by its kind

    def nodes(self, name: str) -> list[Any]:
        """The entries of a list that comes in pages; it has only one."""
        assert not self.lists[name]["pageInfo"]["hasNextPage"], name
        return [edge["node"] for edge in self.lists[name]["edges"]]

    def found(self, kind: str) -> dict[str, Any]:
        """What was found by its name, of this kind."""
        return {one: self.single[f"{kind} {one}"] for one in self.ids[kind] if self.single[f"{kind} {one}"] is not None}


class Asking:
    """Puts questions to the door, as many at once as it takes."""

    def __init__(self, who: Person) -> None:
        self._who = who

    async def all(self, wanted: Mapping[str, str]) -> dict[str, Any]:
        """The answer to each, by the name that it was given here."""
        names = list(wanted)
        found: dict[str, Any] = {}
        for start in range(0, len(names), AT_ONCE):
            part = names[start : start + AT_ONCE]
            text = " ".join(f"a{number}: {wanted[name]}" for number, name in enumerate(part))
            data = await self._who.ask(f"{{ {text} }}")
            found |= {name: data[f"a{number}"] for number, name in enumerate(part)}
        return found


async def answers(scene: HatScene, who: Person, ids: Mapping[str, Sequence[str]]) -> Answers:
    """All lists, and everything there is by its own name."""
    today = await scene.world.platform.admin.fetchval("SELECT london_today()")
    days = (today, today - 500 * DAY, today + 200 * DAY)
    lists = LISTS | {f"held {day}": f'functionsOn(on: "{day}") {{ {HELD} }}' for day in days}
    for one in ids["case"]:
        lists[f"entries {one}"] = f'caveatedEntries(caseId: "{one}") {{ {PAGE.format("content")} }}'
        lists[f"files {one}"] = f'caseFiles(caseId: "{one}") {{ groups {{ group files {{ id }} }} }}'
    asking = Asking(who)
    # Agencies, others each time, in documents of their own: every other document is read once and known from then on.
    named = {one: f'node(id: "{one}") {{ ... on Agency {{ {NAMED} }} }}' for one in ids["agency"]}
    single = await asking.all(dict(_by_name(ids, days)))
    single |= {f"agency {one}": said for one, said in (await asking.all(named)).items()}
    return Answers(await asking.all(lists), single, days, ids)


def _by_name(ids: Mapping[str, Sequence[str]], days: Iterable[date]) -> Iterable[tuple[str, str]]:
    for one in ids["person"]:
        yield f"person {one}", f'leaving(memberId: "{one}") {{ name functions {{ function people {{ id name }} }} }}'
        for day in days:
            yield f"held {day} {one}", f'functionsOn(on: "{day}", member: "{one}") {{ {HELD} }}'
    for one in ids["draft"]:
        yield f"draft {one}", f'draft(id: "{one}") {{ {DRAFT} }}'
    for one in ids["notice"]:
        yield f"notice {one}", f'notice(reference: "{one}") {{ {NOTICE} }}'
    for one in ids["case"]:
        yield f"case {one}", f'case(id: "{one}") {{ {CASE} }}'
        yield f"access {one}", f'case(id: "{one}") {{ access {{ groups {{ group verdict }} }} }}'
    for one in ids["notification"]:
        yield f"notification {one}", f'dutyToNotifyRecord(id: "{one}") {{ {NOTIFICATION} }}'


async def all_ids(scene: HatScene) -> dict[str, list[str]]:
    """Everything there is, whosever it is."""
    admin = scene.world.platform.admin

    async def of(kind: str, statement: str) -> list[str]:
        return [public(kind, row["id"]) for row in await admin.fetch(statement)]

    return {
        "here": await of("Agency", "SELECT id FROM agency WHERE on_platform ORDER BY code"),
        "agency": await of("Agency", "SELECT id FROM agency WHERE NOT on_platform ORDER BY code"),
        "person": [public("Member", one) for one in scene.people],
        "draft": [public("Draft", one) for one in scene.drafts],
        "notice": [row["reference"] for row in await admin.fetch("SELECT reference FROM notice ORDER BY reference")],
        "case": await of("Case", "SELECT id FROM record WHERE kind = 'case' ORDER BY reference"),
        "notification": await of("DutyToNotifyRecord", "SELECT id FROM record WHERE kind <> 'case'"),
    }
