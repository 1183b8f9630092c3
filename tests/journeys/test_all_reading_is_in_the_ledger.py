"""Whatever of a record stands in an answer, the ledger names: who was given which group of it, whole or in summary."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

import pytest

from schema.selection import FIELDS
from tests.journeys.test_why_access import GROUPS, ROOTS
from tests.world.everybody import acting_as, records_of_each_kind, roles
from tests.world.platform import Platform
from tests.world.stories import FROM_THE_PAST

pytestmark = pytest.mark.anyio

LISTS = {"case": "worklist", "duty_to_notify": "dutyToNotifyRecords"}
TYPES = {"Case": "case", "DutyToNotifyRecord": "duty_to_notify"}
Given = tuple[str, str, str]  # the record's reference, the group, and whole or summary


def shown(kind: str) -> str:
    return f"{{ __typename reference {' '.join(f'{name} {{ __typename }}' for name in GROUPS[kind])} }}"


def questions(records: Iterable[tuple[str, str]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each record by its reference, and the lists in which it may stand."""
    for kind, reference in records:
        yield f"query ($r: String) {{ {ROOTS[kind]}(reference: $r) {shown(kind)} }}", {"r": reference}
    for kind, scope in product(LISTS, ("ASSIGNED", "AGENCY")):
        yield f"{{ {LISTS[kind]}(scope: {scope}, first: 30) {{ edges {{ node {shown(kind)} }} }} }}", {}


def records_in(part: Any) -> Iterator[Mapping[str, Any]]:
    """Every record that an answer tells of."""
    if isinstance(part, list):
        for one in part:
            yield from records_in(one)
    elif isinstance(part, dict) and part.get("__typename") in TYPES:
        yield part
    elif isinstance(part, dict):
        yield from records_in(list(part.values()))


def given(answer: bytes) -> set[Given]:
    """What the bytes of an answer hand out."""
    found = set()
    for record in records_in(json.loads(answer)):
        found.add((record["reference"], "core", "whole"))
        for name in GROUPS[TYPES[record["__typename"]]]:
            kind = record[name]["__typename"] if record[name] else "Withheld"
            how = "summary" if kind.endswith("Summary") else "whole"
            found |= {(record["reference"], str(FIELDS[name]), how)} if kind != "Withheld" else set()
    return found


def written(lines: Iterable[Mapping[str, Any]], references: Mapping[Any, str]) -> set[Given]:
    """What these lines of the ledger say was given."""
    found = set()
    for line in (line for line in lines if line["record_id"] is not None and line["verdict"] != "refused"):
        parts = [part.partition(":")[0] for part in (*line["pins"], *line["items"])]
        found |= {(references[line["record_id"]], group, "whole") for group in (*line["groups"], *parts)}
        found |= {(references[line["record_id"]], group, "summary") for group in line["summaries"]}
    return found


async def test_every_group_in_an_answer_is_in_the_ledger_for_whoever_was_answered(platform: Platform) -> None:
    await platform.set_clock(FROM_THE_PAST)
    records = await records_of_each_kind(platform)
    rows = await platform.admin.fetch("SELECT id, reference FROM record")
    references = {row["id"]: row["reference"] for row in rows}
    handed_out = 0
    for subject, function in roles():
        person = await acting_as(platform, subject, function)
        before = await platform.admin.fetchval("SELECT count(*) FROM access_record")
        answers = [(await person.post(query, variables)).content for query, variables in questions(records)]
        lines = (await platform.ledger())[before:]
        told = set().union(*map(given, answers))
        assert told <= written(lines, references), (subject, function, told - written(lines, references))
        assert len({line["member_id"] for line in lines}) == 1
        handed_out += len(told)
    assert handed_out > 500
