"""What was shared of a case and asked about it, as each of the two sides may see it."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from policies.vocabulary import DataGroup
from schema.groups import Withheld, entry, group, value
from schema.node import global_id
from schema.request_views import InformationRequest, information_request
from schema.share_parties import GroupShared, LawfulBasis, Party, basis, party
from services.cases.views import InformationRequestsView
from services.sharing.views import ShareView


@strawberry.type(directives=[value], description="Why one group, as those who decided wrote it.")
class GroupStatement:
    group: DataGroup = strawberry.field(description="The group.")
    necessity: str = strawberry.field(description="Why the recipient needs it.")
    proportionality: str = strawberry.field(description="Why less would not do.")


@strawberry.type(directives=[value], description="Consent to sharing; not consent to enter the mechanism.")
class ShareConsent:
    asked: bool = strawberry.field(description="Whether the person was asked.")
    given: bool = strawberry.field(description="Whether they agreed.")
    why_without: str | None = strawberry.field(description="Why it was decided without. Null: they agreed.")


@strawberry.type(
    directives=[entry(DataGroup.INFORMATION_REQUESTS)],
    description="A decision of your agency, in the function you act in, to share or not to share.",
)
class ShareGiven:
    id: strawberry.ID = strawberry.field(description="The share's id.")
    is_shared: bool = strawberry.field(description="False: it was decided not to share.")
    is_live: bool = strawberry.field(description="Whether it is open now.")
    recipient: Party = strawberry.field(description="With whom, or not.")
    is_for_one_person: bool = strawberry.field(description="Whether it is for one named person there alone.")
    decided_by: str | None = strawberry.field(description="Who of your agency decided.")
    decided_at: datetime = strawberry.field(description="When.")
    purpose: str = strawberry.field(description="What for.")
    lawful: LawfulBasis = strawberry.field(description="What makes it lawful.")
    groups: list[GroupShared] = strawberry.field(description="What it reaches, or would have.")
    conditions: str | None = strawberry.field(description="How it is to be handled. Null: not shared.")
    ends_on: date | None = strawberry.field(description="The last day, until London midnight. Null: not shared.")
    ended_at: datetime | None = strawberry.field(description="When it was ended before its last day. Null: it was not.")
    end_reason: str | None = strawberry.field(description="Why it was ended. Null: it was not.")
    statements: list[GroupStatement] = strawberry.field(description="Why each group.")
    consent: ShareConsent = strawberry.field(description="Whether the person agreed, and why without.")
    risks: str = strawberry.field(description="What sharing may do, and what not sharing may do.")


@strawberry.type(
    directives=[entry(DataGroup.INFORMATION_REQUESTS)],
    description="What another agency shared with the function you act in, and on which conditions.",
)
class ShareReceived:
    id: strawberry.ID = strawberry.field(description="The share's id.")
    giver: Party = strawberry.field(description="Who shared it.")
    is_for_one_person: bool = strawberry.field(description="Whether it is for you alone; do not pass it on.")
    decided_at: datetime = strawberry.field(description="When it was shared.")
    purpose: str = strawberry.field(description="What you may use it for.")
    lawful: LawfulBasis = strawberry.field(description="What makes it lawful.")
    groups: list[GroupShared] = strawberry.field(description="What it reaches.")
    conditions: str = strawberry.field(description="How to handle it; show this beside the data.")
    ends_on: date = strawberry.field(description="The last day on which you can read it, until London midnight.")


@strawberry.type(
    directives=[group(DataGroup.INFORMATION_REQUESTS)],
    description="What was shared of this case and asked about it, by you and of you. What others share with each other "
    "and ask each other is not told.",
)
class InformationRequests:
    shares_given: list[ShareGiven] = strawberry.field(description="By your agency in this function, the newest first.")
    shares_received: list[ShareReceived] = strawberry.field(description="With your function, open now.")
    requests: list[InformationRequest] = strawberry.field(description="Asked by your function or of it, newest first.")


InformationRequestsDisclosure = Annotated[
    InformationRequests | Withheld,
    strawberry.union(
        "InformationRequestsDisclosure",
        description="What was shared and asked: your side of it, or withheld. Null: nothing, or not for you to know.",
    ),
]


def information_requests(view: InformationRequestsView) -> InformationRequests:
    """One's own side of all sharing."""
    return InformationRequests(
        shares_given=[_given(share) for share in view.shares_given],
        shares_received=[_received(share) for share in view.shares_received],
        requests=[information_request(request) for request in view.requests],
    )


def _given(view: ShareView) -> ShareGiven:
    if view.weighing is None:
        raise ValueError("a share without its reasons was not given here")
    why = view.weighing
    return ShareGiven(
        id=global_id("Share", view.id),
        is_shared=view.is_shared,
        is_live=view.is_live,
        recipient=party(view.recipient),
        is_for_one_person=view.is_for_one_person,
        decided_by=view.decided_by,
        decided_at=view.decided_at,
        purpose=view.purpose,
        lawful=basis(view.basis),
        groups=_groups(view),
        conditions=view.conditions,
        ends_on=view.ends_on,
        ended_at=view.ended_at,
        end_reason=view.end_reason,
        statements=[
            GroupStatement(group=group, necessity=said[0], proportionality=said[1])
            for group, said in why.statements.items()
        ],
        consent=ShareConsent(asked=why.consent_asked, given=why.consent_given, why_without=why.without_consent),
        risks=why.risks,
    )


def _received(view: ShareView) -> ShareReceived:
    if view.conditions is None or view.ends_on is None:
        raise ValueError("what was not shared was not received")
    return ShareReceived(
        id=global_id("Share", view.id),
        giver=party(view.giver),
        is_for_one_person=view.is_for_one_person,
        decided_at=view.decided_at,
        purpose=view.purpose,
        lawful=basis(view.basis),
        groups=_groups(view),
        conditions=view.conditions,
        ends_on=view.ends_on,
    )


def _groups(view: ShareView) -> list[GroupShared]:
    return [GroupShared(group=group, version=version) for group, version in view.groups.items()]
