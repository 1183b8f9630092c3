"""T1, T2: what can be reached by id, reference, node, list, inbox and payload is the same set at every door, and either
wall alone hides every record in which a reader does not stand."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

import pytest
from graphql import GraphQLField, GraphQLList, GraphQLObjectType, GraphQLUnionType, get_nullable_type

from tests.noninterference.language import language
from tests.noninterference.scene import Reader, Scene, Sight
from tests.noninterference.side import Ask, Side, opened_side
from tests.noninterference.values import public
from tests.noninterference.walls import WALLS
from tests.world.server import FreshDatabase

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(900)]

FEWEST = 10_000
TYPES = ("Case", "DutyToNotifyRecord")
Reached = dict[tuple[str, str], frozenset[str]]  # door and reference → the groups that were shown


def disclosures(kind: str) -> dict[str, str]:
    """The fields of a record type that disclose a group, with what each is called in the rules."""
    record = language().type_map[kind]
    assert isinstance(record, GraphQLObjectType)
    named = {"particulars": "duty_to_notify"}
    return {
        name: named.get(name, "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name))
        for name, place in record.fields.items()
        if isinstance(place.type, GraphQLUnionType)
    }


def below(field: GraphQLField) -> str:
    """What is asked of a group: its kind and its version, or its entries where it is a list of entries and no more."""
    assert isinstance(field.type, GraphQLUnionType)
    versions = [f"... on {kind.name} {{ version }}" for kind in field.type.types if "version" in kind.fields]
    lists = [
        f"... on {kind.name} {{ {name} {{ __typename }} }}"
        for kind in field.type.types
        if "version" not in kind.fields
        for name, place in kind.fields.items()
        if isinstance(get_nullable_type(place.type), GraphQLList)
    ]
    return f"{{ __typename {' '.join(versions + lists)} }}"


def fields_of(kind: str) -> str:
    record = language().type_map[kind]
    assert isinstance(record, GraphQLObjectType)
    return f"__typename id reference {' '.join(f'{name} {below(record.fields[name])}' for name in disclosures(kind))}"


PARTS = {kind: f"fragment {kind}Part on {kind} {{ {fields_of(kind)} }}" for kind in TYPES}
CASE, NOTIFICATION = "{ ...CasePart }", "{ ...DutyToNotifyRecordPart }"
EITHER = "... on Case { ...CasePart } ... on DutyToNotifyRecord { ...DutyToNotifyRecordPart }"
BOTH = " ".join(PARTS.values())
LOOKS = (
    f"""query ($case: ID, $reference: String) {{
  by_id: case(id: $case) {CASE} by_reference: case(reference: $reference) {CASE} }} {PARTS["Case"]}""",
    f"""query ($notification: ID, $reference: String) {{
  by_id: dutyToNotifyRecord(id: $notification) {NOTIFICATION}
  by_reference: dutyToNotifyRecord(reference: $reference) {NOTIFICATION} }} {PARTS["DutyToNotifyRecord"]}""",
    f"query ($any: ID!) {{ node: node(id: $any) {{ __typename {EITHER} }} }} {BOTH}",
)
LISTS = (
    f"""{{ assigned: worklist(scope: ASSIGNED, first: 50) {{ edges {{ node {CASE} }} }}
  agency: worklist(scope: AGENCY, first: 50) {{ edges {{ node {CASE} }} }} }} {PARTS["Case"]}""",
    f"""{{ assigned: dutyToNotifyRecords(scope: ASSIGNED, first: 50) {{ edges {{ node {NOTIFICATION} }} }}
  agency: dutyToNotifyRecords(scope: AGENCY, first: 50) {{ edges {{ node {NOTIFICATION} }} }} }}
  {PARTS["DutyToNotifyRecord"]}""",
    f"{{ inbox: notices(first: 50) {{ edges {{ node {{ record {{ __typename {EITHER} }} }} }} }} }} {BOTH}",
)
ASSIGN = f"""mutation ($input: AssignCaseInput!) {{ written: assignCase(input: $input) {{
  case {CASE} problem {{ __typename }} }} }} {PARTS["Case"]}"""
VERSION = "SELECT count(*) FROM assignment WHERE record_id = $1 AND agency_id = $2 AND function = $3"


async def reached(
    side: Side, reader: Reader, records: Mapping[UUID, tuple[str, str]], *, faults_refuse: bool
) -> Reached:
    """Everything of records that this reader is shown at any door.

    Where the database lets everybody act, an act that the rules refuse is a fault: the walls disagree.
    """
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for query in LISTS:
        for door, node in await _nodes(side, reader, query, {}):
            found[door, node["reference"]] |= _shown(node)
    for record, (kind, reference) in records.items():
        ids = {"case": public("Case", record), "notification": public("DutyToNotifyRecord", record)}
        looks = ids | {
            "any": public("Case" if kind == "case" else "DutyToNotifyRecord", record),
            "reference": reference,
        }
        for query in LOOKS:
            for door, node in await _nodes(side, reader, query, {n: v for n, v in looks.items() if f"${n}:" in query}):
                found[door, node["reference"]] |= _shown(node)
        version = await side.platform.admin.fetchval(VERSION, record, reader.agency, reader.function)
        given = {"caseId": ids["case"], "expectedVersion": version, "memberId": public("Member", reader.member)}
        written = given | {"idempotencyKey": "a key of the test", "reason": "Invented."}
        for door, node in await _nodes(side, reader, ASSIGN, {"input": written}, faults_refuse=faults_refuse):
            found[door, node["reference"]] |= _shown(node)
    return {place: frozenset(groups) for place, groups in found.items()}


def _shown(node: Mapping[str, Any]) -> set[str]:
    """The groups of which something was handed out."""
    names = disclosures(node["__typename"])
    return {names[field] for field in names if _says(node[field])} | {"core"}


def _says(group: Mapping[str, Any] | None) -> bool:
    """Whether something that is stored in the group was handed out."""
    if not group or group["__typename"] == "Withheld":
        return False
    lists = [answer for answer in group.values() if isinstance(answer, list)]
    return any(lists) if lists else bool(group.get("version", 1))


async def _nodes(
    side: Side, reader: Reader, query: str, variables: Mapping[str, Any], *, faults_refuse: bool = False
) -> list[tuple[str, Mapping[str, Any]]]:
    body = json.dumps({"query": query, "variables": variables}).encode()
    status, answer, _ = await side.answer(reader, Ask("accessibility", body), again=True)
    if faults_refuse and status == 500:
        return []
    assert status == 200, answer
    content = json.loads(answer)
    assert content.get("data"), content
    return [(door, node) for door, part in content["data"].items() for node in _below(part)]


def _below(part: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(part, list):
        for one in part:
            yield from _below(one)
    elif isinstance(part, dict) and part.get("__typename") in TYPES:
        yield part
    elif isinstance(part, dict):
        for one in part.values():
            yield from _below(one)


def expected(sight: Sight, record: UUID) -> frozenset[str]:
    """The groups of which the rules open something."""
    return frozenset(group for one, group, action, _ in sight if one == record and action in ("see", "summary"))


async def records_of(side: Side) -> dict[UUID, tuple[str, str]]:
    """The kind and reference of every record."""
    rows = await side.platform.admin.fetch("SELECT id, kind, reference FROM record")
    return {row["id"]: (row["kind"], row["reference"]) for row in rows}


@pytest.mark.parametrize("walls", WALLS)
async def test_t1_t2_each_door_opens_what_the_rules_open_and_nothing_else(
    walls: str,
    database_server: str,
    scene_database: FreshDatabase,
    scene: Scene,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    compared, hidden, doors = 0, 0, set()
    async with opened_side(database_server, scene_database) as side:
        await WALLS[walls](side.platform, monkeypatch)
        records = await records_of(side)
        stored = {tuple(row) for row in await side.platform.admin.fetch(STORED)}
        for reader in (reader for reader in scene.readers if reader.level != "service"):
            found = await reached(side, reader, records, faults_refuse=walls == "the permit alone")
            doors |= {door for door, _ in found}
            for record, (kind, reference) in records.items():
                opened = expected(scene.sight[reader], record)
                at = {door: groups for (door, named), groups in found.items() if named == reference}
                names = {*disclosures("Case" if kind == "case" else "DutyToNotifyRecord").values(), "core"}
                compared += len(names) * len(at) + len(JUDGED - at.keys())
                hidden += not opened
                assert bool(opened) == ({"by_id", "by_reference", "node"} <= at.keys()) == bool(at), (reader, reference)
                assert ("agency" in at) == bool(opened), (reader, reference)  # every record of the scene is open
                for door, groups in at.items():
                    missing = {g for g in opened & names - groups if g in ALWAYS_SAID or (record, g) in stored}
                    takes_it_on = door == "written" and opened == {"core"}  # a colleague: the act itself gives more
                    assert groups <= opened or takes_it_on, (reader, door, reference)
                    # A service that asks for everything whole gets no summary from row security.
                    assert not missing or walls == "row security alone", (reader, door, reference, missing)

    assert doors >= {"by_id", "by_reference", "node", "assigned", "agency", "inbox", "written"}
    assert hidden > 100
    record_property("figure", f"{walls}: {compared} cells of records compared")
    assert compared >= FEWEST, compared


JUDGED = frozenset({"by_id", "by_reference", "node", "agency"})  # of what is absent one cell is compared at each
ALWAYS_SAID = frozenset({"core"})
STORED = "SELECT DISTINCT record_id, data_group FROM group_content"
