"""Information requests that wait for an answer: one's own to answer, or those one asked."""

from datetime import date
from enum import Enum
from typing import Annotated
from uuid import UUID

import strawberry

from policies.vocabulary import DataGroup
from schema.context import Info
from schema.groups import value
from schema.paging import PAGE, After, First, PageInfo, page
from schema.record_views import case
from schema.records import Case
from schema.request_views import InformationRequest, information_request
from schema.selection import asked
from services.cases import queries as cases
from services.cases.queries import WorklistScope
from services.cases.views import InformationRequestsView, RecordView
from services.requests import queries
from services.requests.queries import RequestPlace


@strawberry.enum(description="Which side of the requests.")
class RequestSide(Enum):
    TO_ANSWER = strawberry.enum_value("to_answer", description="What your function was asked.")
    ASKED = strawberry.enum_value("asked", description="What your function asked.")


Side = Annotated[RequestSide, strawberry.argument(description="Which side of them.")]
Scope = Annotated[
    WorklistScope, strawberry.argument(description="Yours, your teams' and your people's; or all of your function's.")
]


@strawberry.type(directives=[value], description="A request that waits, with its case.")
class WaitingRequest:
    request: InformationRequest = strawberry.field(description="The request.")
    case: Case = strawberry.field(description="What you may know of the case.")


@strawberry.type(directives=[value], description="A request in a page.")
class WaitingRequestEdge:
    cursor: str = strawberry.field(description="Its place in the list.")
    node: WaitingRequest = strawberry.field(description="The request.")


@strawberry.type(directives=[value], description="A page of requests, the next due first.")
class WaitingRequestConnection:
    edges: list[WaitingRequestEdge] = strawberry.field(description="The requests of this page.")
    page_info: PageInfo = strawberry.field(description="Whether there is more.")


async def information_requests(
    info: Info,
    side: Side = RequestSide.TO_ANSWER,
    scope: Scope = WorklistScope.ASSIGNED,
    first: First = PAGE,
    after: After = None,
) -> WaitingRequestConnection:
    """A page of requests that wait for their answer."""
    context, name = info.context, f"requests {side.value} {scope.value}"
    actor = context.reading.actor
    wanted = page(context.seal, actor, name, first, after)
    start = (date.fromisoformat(wanted.after[0]), UUID(wanted.after[1])) if wanted.after else None
    groups = asked(info, "Case", "edges", "node", "case") | {DataGroup.INFORMATION_REQUESTS}
    async with context.turn:
        found = await queries.unanswered(
            context.reading,
            start,
            first,
            to_answer=side is RequestSide.TO_ANSWER,
            in_charge=scope is WorklistScope.ASSIGNED,
        )
        lookups = sorted({str(place.record) for place in found.places})
        records = await cases.many(context.reading, lookups, groups) if lookups else {}
    edges = [
        WaitingRequestEdge(
            cursor=context.seal.close(actor, name, [place.due_on.isoformat(), str(place.request)]), node=node
        )
        for place in found.places
        if (node := _node(place, records.get(str(place.record)))) is not None
    ]
    return WaitingRequestConnection(
        edges=edges,
        page_info=PageInfo(has_next_page=found.has_more, end_cursor=edges[-1].cursor if edges else None),
    )


def _node(place: RequestPlace, record: RecordView | None) -> WaitingRequest | None:
    if record is None or not isinstance(record.information_requests, InformationRequestsView):
        return None
    for request in record.information_requests.requests:
        if request.id == place.request:
            return WaitingRequest(request=information_request(request), case=case(record))
    return None
