"""Cases that have to do with each other: linking them, reading links and possible duplicates, handing over several."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import UNSET

from schema.context import Info
from schema.groups import value
from schema.inputs import INPUT, KEY, content_of
from schema.node import given_uuid, global_id, lookup, uuid_of
from schema.paging import PAGE, First, page
from schema.record_views import case
from schema.records import Case
from schema.results import Problem, problem
from schema.selection import asked
from services.cases import queries as cases
from services.related import handing_over, linking, queries
from services.related.handing_over import HandingOver
from services.related.linking import Linking
from services.related.views import LinkKind, LinkView

strawberry.enum(LinkKind, description="Why two cases are linked.")

OfCase = Annotated[strawberry.ID | None, strawberry.argument(description="Only those of this case. Null: of all.")]


@strawberry.type(
    directives=[value],
    description="Two cases that somebody linked. It is there only for whoever may know of both.",
)
class CaseLink:
    id: strawberry.ID = strawberry.field(description="Its id.")
    kind: LinkKind = strawberry.field(description="Why, in one word.")
    linked_at: datetime = strawberry.field(description="When.")
    reason: str | None = strawberry.field(description="Why, if your agency said it in this function. Null: it did not.")
    cases: list[Case] = strawberry.field(description="The two cases, each as you may see it.")


@strawberry.type(
    directives=[value],
    description="Two open cases in your charge with the same name, and no birth date against it, or with the same Home"
    " Office reference. It decides nothing.",
)
class PossibleDuplicate:
    same_birth: bool = strawberry.field(description="Whether both have a birth date, and the two agree.")
    same_reference: bool = strawberry.field(
        description="Whether both give the same Home Office reference, as far as you may read it in both."
    )
    cases: list[Case] = strawberry.field(description="The two cases, each as you may see it.")


@strawberry.input(description="Linking two cases that you work on.")
class LinkCasesInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description="One case.")
    other_case_id: strawberry.ID = strawberry.field(description="The other.")
    kind: LinkKind = strawberry.field(description="Why, in one word; whoever may know of both reads it.")
    reason: str = strawberry.field(description="Why; your agency alone reads it. At most 2,000 characters.")


@strawberry.input(description="Ending a link. Both cases stay as they are.")
class EndCaseLinkInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_link_id: strawberry.ID = strawberry.field(description="The link.")


@strawberry.input(description="A case to hand over.")
class CaseToHandOverInput:
    case_id: strawberry.ID = strawberry.field(description="The case.")
    expected_version: int = strawberry.field(description="Its `assignmentVersion` as you read it.")


@strawberry.input(description="Handing chosen cases of one colleague to another, or to a team, in one act.")
class HandOverCasesInput:
    idempotency_key: str = strawberry.field(description=KEY)
    cases: list[CaseToHandOverInput] = strawberry.field(description="From 1 to 100 cases; all of them go, or none.")
    from_member_id: strawberry.ID = strawberry.field(description="Who has them: yourself, or somebody you manage.")
    to_member_id: strawberry.ID | None = strawberry.field(default=UNSET, description="A colleague.")
    to_team_id: strawberry.ID | None = strawberry.field(default=UNSET, description="Or a team.")
    reason: str = strawberry.field(description="Why; it stands beside each assignment. At most 2,000 characters.")


@strawberry.type(directives=[value], description="The link, or why nothing was linked.")
class LinkCasesPayload:
    link: CaseLink | None = strawberry.field(description="The link. Null: see `problem`.")
    problem: Problem | None = strawberry.field(description="Why nothing was linked. Null: it was.")


@strawberry.type(directives=[value], description="That the link ended, or why it did not.")
class EndCaseLinkPayload:
    case_link_id: strawberry.ID | None = strawberry.field(description="The id it had. Null: see `problem`.")
    problem: Problem | None = strawberry.field(description="Why it did not end. Null: it did.")


@strawberry.type(directives=[value], description="The cases that were handed over, or why none was.")
class HandOverCasesPayload:
    cases: list[Case] = strawberry.field(description="Those you may still know of, as you may see them now.")
    problem: Problem | None = strawberry.field(description="Why nothing was handed over. Null: all were.")


async def case_links(info: Info, case_id: OfCase = None, first: First = PAGE) -> list[CaseLink]:
    """Links between cases that one may know of."""
    page(info.context.seal, info.context.reading.actor, "links", first, None)
    groups = asked(info, "Case", "cases")
    async with info.context.turn:
        found = await queries.links(info.context.reading, groups, first, record=uuid_of(case_id, "Case"))
    return [_link(view) for view in found]


async def possible_duplicates(info: Info, case_id: OfCase = None, first: First = PAGE) -> list[PossibleDuplicate]:
    """Open cases in one's charge that may be of one person."""
    page(info.context.seal, info.context.reading.actor, "duplicates", first, None)
    groups = asked(info, "Case", "cases")
    async with info.context.turn:
        found = await queries.duplicates(info.context.reading, groups, first, uuid_of(case_id, "Case"))
    return [
        PossibleDuplicate(
            same_birth=view.same_birth,
            same_reference=view.same_reference,
            cases=[case(one) for one in view.cases],
        )
        for view in found
    ]


async def link_cases(info: Info, sent: Annotated[LinkCasesInput, INPUT]) -> LinkCasesPayload:
    """Link two cases."""
    both = (lookup(sent.case_id, "Case"), lookup(sent.other_case_id, "Case"))
    wanted = Linking(cases=both, kind=sent.kind, reason=sent.reason)
    reading = info.context.reading
    outcome = await linking.link(reading, sent.idempotency_key, wanted, content_of(sent))
    if not isinstance(outcome, UUID):
        return LinkCasesPayload(link=None, problem=problem(outcome))
    found = await queries.links(reading, asked(info, "Case", "link", "cases"), 1, link=outcome)
    return LinkCasesPayload(link=_link(found[0]) if found else None, problem=None)


async def end_case_link(info: Info, sent: Annotated[EndCaseLinkInput, INPUT]) -> EndCaseLinkPayload:
    """End a link."""
    link_id = given_uuid(sent.case_link_id, "CaseLink")
    outcome = await linking.end(info.context.reading, sent.idempotency_key, link_id, content_of(sent))
    if not isinstance(outcome, UUID):
        return EndCaseLinkPayload(case_link_id=None, problem=problem(outcome))
    return EndCaseLinkPayload(case_link_id=global_id("CaseLink", outcome), problem=None)


async def hand_over_cases(info: Info, sent: Annotated[HandOverCasesInput, INPUT]) -> HandOverCasesPayload:
    """Hand over chosen cases."""
    lookups = [lookup(one.case_id, "Case") for one in sent.cases]
    handing = HandingOver(
        cases=tuple((found, one.expected_version) for found, one in zip(lookups, sent.cases, strict=True)),
        giver=given_uuid(sent.from_member_id, "Member"),
        member=uuid_of(sent.to_member_id or None, "Member"),
        team=uuid_of(sent.to_team_id or None, "Team"),
        reason=sent.reason,
    )
    reading = info.context.reading
    outcome = await handing_over.hand_over(reading, sent.idempotency_key, handing, content_of(sent))
    if not isinstance(outcome, UUID):
        return HandOverCasesPayload(cases=[], problem=problem(outcome))
    found = await cases.many(reading, lookups, asked(info, "Case", "cases"))
    return HandOverCasesPayload(cases=[case(found[one]) for one in lookups if one in found], problem=None)


def _link(view: LinkView) -> CaseLink:
    return CaseLink(
        id=global_id("CaseLink", view.id),
        kind=view.kind,
        linked_at=view.linked_at,
        reason=view.reason,
        cases=[case(one) for one in view.cases],
    )
