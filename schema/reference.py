"""The reference lists that the form's closed answers come from."""

from datetime import date
from typing import Annotated

import strawberry

from schema.groups import value
from schema.paging import PAGE, First, wrong_input
from schema.results import Invalid, problem
from services.errors import Invalid as InvalidInput
from services.reference import queries

MOST = 100

Name = Annotated[str, strawberry.argument(description="Such as `towns`; a wrong one is told the names there are.")]
At = Annotated[date | None, strawberry.argument(description="The day of the form. Null: any day.")]
Search = Annotated[str | None, strawberry.argument(description="Beginnings of words.")]


@strawberry.type(directives=[value], description="One name of a list, and the dates between which a form may use it.")
class ReferenceEntry:
    code: str = strawberry.field(description="Stable; our own.")
    name: str = strawberry.field(description="What a form says.")
    valid_from: date | None = strawberry.field(description="First day. Null: always.")
    valid_until: date | None = strawberry.field(description="Last day. Null: still in use.")


@strawberry.type(directives=[value], description="The entries of a list that were found.")
class ReferenceList:
    name: str = strawberry.field(description="The list.")
    total: int = strawberry.field(description="How many match; `entries` has at most `first` of them.")
    entries: list[ReferenceEntry] = strawberry.field(description="In the list's own order.")


@strawberry.type(directives=[value], description="A list, or why there is none.")
class ReferenceListPayload:
    list: ReferenceList | None = strawberry.field(description="The list. Null: see `problem`.")
    problem: Invalid | None = strawberry.field(description="What is wrong with the question. Null: nothing.")


def reference_list(name: Name, at: At = None, search: Search = None, first: First = PAGE) -> ReferenceListPayload:
    """The entries valid on a day in which every word of the search begins some word of the name."""
    if not 1 <= first <= MOST:
        raise wrong_input()
    found = queries.find(name, at, search, first)
    if isinstance(found, InvalidInput):
        wrong = problem(found)
        return ReferenceListPayload(list=None, problem=wrong if isinstance(wrong, Invalid) else None)
    entries = [
        ReferenceEntry(code=e.code, name=e.name, valid_from=e.valid_from, valid_until=e.valid_until)
        for e in found.entries
    ]
    return ReferenceListPayload(list=ReferenceList(name=found.name, total=found.total, entries=entries), problem=None)
