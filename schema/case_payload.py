"""What every mutation of a case answers with: the case as its writer may see it now, or why nothing was done."""

from typing import TypeVar
from uuid import UUID

import strawberry

from schema.context import Info
from schema.groups import value
from schema.record_views import case
from schema.records import Case
from schema.results import Problem, problem
from schema.selection import asked
from services.cases import queries
from services.errors import WorkProblem


@strawberry.type(directives=[value], description="The case after the act, or why nothing was done.")
class CasePayload:
    case: Case | None = strawberry.field(
        description="The case as you may see it now. Null: see `problem`; where that is null too, it was done and the "
        "case is no longer for you."
    )
    problem: Problem | None = strawberry.field(description="Why nothing was done. Null: it was done.")


P = TypeVar("P", bound=CasePayload)


async def case_payload(info: Info, payload: type[P], outcome: UUID | WorkProblem) -> P:
    """What the writer may see of the case now, under today's permit; a replay is rendered in the same way."""
    if not isinstance(outcome, UUID):
        return payload(case=None, problem=problem(outcome))
    view = await queries.one(info.context.reading, str(outcome), asked(info, "Case", "case"))
    return payload(case=case(view) if view else None, problem=None)
