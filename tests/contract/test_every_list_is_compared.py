"""Every list that the schema gives is held against single reads, or it is written here why it has none: a new list
fails until one of the two is there."""

from collections.abc import Iterator
from pathlib import Path

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from tests.noninterference.language import roots
from tests.services.database import test_answers_of_lists_and_single_reads as over_http

TESTS = Path(__file__).parents[1] / "services" / "database"
BY_ITS_NAME = frozenset({"id", "reference"})  # a field with one of these is itself the single read
OVER_HTTP = {
    "Query.agencies": ("agencies",),
    "Query.people": ("people", "people_as_administered", "functions_of_people"),
    "Leaving.functions": ("successors",),
    "Query.functionsOn": ("functions_on", "functions_of_people"),
    "Query.teams": ("teams",),
    "Query.plannedEnds": ("planned_ends",),
    "Viewer.colleagues": ("colleagues",),
    "Viewer.teams": ("teams_to_give_to",),
    "Viewer.training": ("training",),
    "Query.meetingChairs": ("chairs",),
    "Query.drafts": ("drafts",),
    "Query.notices": ("notices",),
    "Query.worklist": ("cases", "cases_in_hand"),
    "Query.dutyToNotifyRecords": ("notifications",),
    "Query.caveatedEntries": ("entries",),
    "CaseFiles.groups": ("files",),
}
"""By the comparisons of test_answers_of_lists_and_single_reads.py."""
IN_THE_STORES = {
    "Query.worklist": ("test_lists_and_single_reads.py", "reads.assigned"),
    "Query.dutyToNotifyRecords": ("test_lists_and_single_reads.py", "reads.known"),
    "Query.notices": ("test_lists_and_single_reads.py", "notices.inbox"),
    "Query.informationRequests": ("test_lists_and_single_reads.py", "request_store.mine"),
    "Query.openActions": ("test_lists_and_single_reads.py", "actions.places"),
    "Query.caseLinks": ("test_related_and_single_reads.py", "store.my_links"),
    "Query.possibleDuplicates": ("test_related_and_single_reads.py", "store.duplicates"),
    "Query.ledger": ("test_ledger_lines_and_totals.py", "store.lines"),
    "Query.ledgerTotals": ("test_ledger_lines_and_totals.py", "store.totals"),
}
"""A test beside it, and what it asks of the store for this list."""
WITHOUT = {
    "Query.proposals": "nothing reads one proposal but the decision on it: tests/journeys/test_administering_people.py",
    "Query.machineClients": "nothing reads one system: tests/journeys/test_machine_registration.py",
    "Query.administrativeLedger": "a line is read nowhere else: tests/journeys/test_reading_administration.py",
    "Query.enteredRegimeRows": "nothing reads one rule alone: tests/journeys/test_entered_rows_listed.py",
    "Query.noticePreferences": "the reader's own, one for every kind there is",
    "Viewer.functions": "the reader's own, what a session moves to: tests/journeys/test_acting_in_a_function.py",
    "Viewer.missing": "the reader's own, every other one: tests/journeys/test_acting_in_a_function.py",
    "Query.lawfulWords": "the same public words for everybody",
    "Designations.periods": "public, from the rows of the law",
    "ReferralForm.sections": "the public form",
    "ReferralForm.editions": "the public form",
    "ReferenceList.entries": "public lists",
    "Invalid.problems": "what is wrong with the question",
}
"""Why a list has nothing to be compared with."""


def lists_of_the_schema() -> set[str]:
    """Every field that gives several things and is no part of a thing that is read by its own name."""
    found: set[str] = set()
    waiting: list[tuple[str, GraphQLField]] = [(f"Query.{name}", root) for name, root in roots().items()]
    known = {get_named_type(root.type).name for root in roots().values() if BY_ITS_NAME & set(root.args)}
    while waiting:
        name, place = waiting.pop()
        kind = get_named_type(place.type)
        if is_list_type(get_nullable_type(place.type)) or kind.name.endswith("Connection"):
            found.add(name)
        elif kind.name not in known:
            known.add(kind.name)
            waiting += _below(kind)
    return found


def _below(kind: GraphQLNamedType) -> Iterator[tuple[str, GraphQLField]]:
    if isinstance(kind, GraphQLUnionType):
        for member in kind.types:
            yield from _below(member)
    elif isinstance(kind, GraphQLObjectType):
        for name, place in kind.fields.items():
            if is_composite_type(get_named_type(place.type)):
                yield f"{kind.name}.{name}", place


def test_every_list_is_compared_or_it_is_said_why_not() -> None:
    compared = OVER_HTTP.keys() | IN_THE_STORES.keys()

    assert lists_of_the_schema() == compared | WITHOUT.keys()
    assert not compared & WITHOUT.keys()
    assert min(map(len, WITHOUT.values())) > 10


def test_the_comparisons_that_are_named_are_made() -> None:
    assert {name for names in OVER_HTTP.values() for name in names} == set(over_http.COMPARISONS)
    for file, asked in IN_THE_STORES.values():
        assert f"{asked}(" in (TESTS / file).read_text(encoding="utf-8"), (file, asked)
    for reason in WITHOUT.values():
        if "tests/" in reason:
            assert (TESTS.parents[2] / reason[reason.index("tests/") :]).is_file(), reason
