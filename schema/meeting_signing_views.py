"""Parts of minutes and what follows a meeting, as clients read them."""

from datetime import date, datetime

import strawberry

from policies.vocabulary import DataGroup
from schema.agency_names import AgencyName, named
from schema.groups import entry, value
from schema.meeting_words import SignOffAnswer
from schema.node import global_id
from schema.words import Function
from services.meetings.signing_views import AddendumView, EscalationView, PartView, SignOffView
from services.meetings.views import MeetingView


@strawberry.type(directives=[value], description="A function of an agency that reads a closed part.")
class PartReader:
    agency: AgencyName = strawberry.field(description="The agency.")
    function: Function = strawberry.field(description="In which function.")


@strawberry.type(
    directives=[entry(DataGroup.STRATEGY_MINUTES)],
    description="A part of the minutes. Nobody learns of a closed part that is not for them.",
)
class MeetingPart:
    id: strawberry.ID = strawberry.field(description="Give this to write an entry in it, or to sign it off.")
    is_open: bool = strawberry.field(description="Whether everybody invited reads it.")
    name: str | None = strawberry.field(description="What a closed part is called. Null: the open part.")
    readers: list[PartReader] = strawberry.field(description="Who reads a closed part; empty for the open part.")
    sha256: str | None = strawberry.field(
        description="The seal of its text since the meeting was closed, of this part alone. Null: not closed."
    )


@strawberry.type(directives=[value], description="When the minutes went out, and until when they are signed off.")
class MinutesSentOut:
    at: datetime = strawberry.field(description="When.")
    due_on: date = strawberry.field(description="The last day; after it the chair may close without the others.")
    row: str = strawberry.field(description="The row of the regime that says how long.")


@strawberry.type(directives=[entry(DataGroup.STRATEGY_MINUTES)], description="What an agency says of the minutes.")
class MinutesSignOff:
    id: strawberry.ID = strawberry.field(description="Its id inside the meeting.")
    part_id: strawberry.ID = strawberry.field(description="The part it speaks of.")
    name: str = strawberry.field(description="Whose answer it is: an agency's name, or a body's as it was invited.")
    agency: AgencyName | None = strawberry.field(description="Which agency. Null: a body that is none here.")
    function: Function = strawberry.field(description="In which function.")
    said_by: str | None = strawberry.field(
        description="Who said it at a body without an account; the council wrote it down. Null: they wrote it."
    )
    answer: SignOffAnswer = strawberry.field(description="What.")
    entry_id: strawberry.ID | None = strawberry.field(description="The passage; show it beside. Null: the part.")
    words: str | None = strawberry.field(description="Why. Null: it agrees and said no more.")
    at: datetime = strawberry.field(description="When.")
    is_of_this_text: bool = strawberry.field(description="False: something in the part was changed afterwards.")


@strawberry.type(
    directives=[entry(DataGroup.STRATEGY_MINUTES)], description="Dissent from a passage that went to the managers."
)
class DissentEscalation:
    id: strawberry.ID = strawberry.field(description="Its id inside the meeting.")
    entry_id: strawberry.ID = strawberry.field(description="The passage.")
    agency: AgencyName = strawberry.field(description="Who dissents.")
    function: Function = strawberry.field(description="In which function.")
    words: str = strawberry.field(description="Why it was escalated.")
    at: datetime = strawberry.field(description="When.")


@strawberry.type(directives=[entry(DataGroup.STRATEGY_MINUTES)], description="What was added after closing.")
class MinutesAddendum:
    id: strawberry.ID = strawberry.field(description="Its id inside the meeting.")
    part_id: strawberry.ID = strawberry.field(description="The part it belongs to.")
    entry_id: strawberry.ID | None = strawberry.field(description="The passage. Null: the part as a whole.")
    agency: AgencyName = strawberry.field(description="Who added it.")
    function: Function = strawberry.field(description="In which function.")
    words: str = strawberry.field(description="What.")
    sha256: str = strawberry.field(description="Its own seal, which holds the part's.")
    at: datetime = strawberry.field(description="When.")


@strawberry.type(
    directives=[entry(DataGroup.STRATEGY_MINUTES)],
    description="What follows a meeting, of the parts that you read.",
)
class MinutesSigning:
    sent_out: MinutesSentOut | None = strawberry.field(description="Null: the minutes are not out yet.")
    awaited: list[str] = strawberry.field(description="Who was invited and said nothing of the open part yet.")
    sign_offs: list[MinutesSignOff] = strawberry.field(description="Everything that was said, in order.")
    escalations: list[DissentEscalation] = strawberry.field(description="Dissent that went to the managers.")
    addenda: list[MinutesAddendum] = strawberry.field(description="In order.")


def part(view: PartView) -> MeetingPart:
    """A part with its readers."""
    return MeetingPart(
        id=global_id("MeetingPart", view.id),
        is_open=view.is_open,
        name=view.name,
        readers=[PartReader(agency=named(name), function=function) for name, function in view.readers],
        sha256=view.sha256,
    )


def signing(view: MeetingView) -> MinutesSigning:
    """Everything of it."""
    found = view.signing
    sent = found.sent_out
    return MinutesSigning(
        sent_out=MinutesSentOut(at=sent.at, due_on=sent.due_on, row=sent.row) if sent else None,
        awaited=list(found.awaited),
        sign_offs=[_sign_off(one) for one in found.sign_offs],
        escalations=[_escalation(one) for one in found.escalations],
        addenda=[_addendum(one) for one in found.addenda],
    )


def _sign_off(view: SignOffView) -> MinutesSignOff:
    return MinutesSignOff(
        id=global_id("MinutesSignOff", view.id),
        part_id=global_id("MeetingPart", view.part),
        name=view.name,
        agency=named(view.agency) if view.agency else None,
        function=view.function,
        said_by=view.said_by,
        answer=view.answer,
        entry_id=global_id("MeetingEntry", view.entry) if view.entry else None,
        words=view.words,
        at=view.at,
        is_of_this_text=view.is_of_this_text,
    )


def _escalation(view: EscalationView) -> DissentEscalation:
    return DissentEscalation(
        id=global_id("DissentEscalation", view.id),
        entry_id=global_id("MeetingEntry", view.entry),
        agency=named(view.agency),
        function=view.function,
        words=view.words,
        at=view.at,
    )


def _addendum(view: AddendumView) -> MinutesAddendum:
    return MinutesAddendum(
        id=global_id("MinutesAddendum", view.id),
        part_id=global_id("MeetingPart", view.part),
        entry_id=global_id("MeetingEntry", view.entry) if view.entry else None,
        agency=named(view.agency),
        function=view.function,
        words=view.words,
        sha256=view.sha256,
        at=view.at,
    )
