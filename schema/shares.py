"""Sharing, deciding not to, ending a share: one input and one payload each; and the lawful words there are."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry import UNSET

from policies.vocabulary import DataGroup
from schema.context import Info
from schema.groups import value
from schema.inputs import INPUT, KEY
from schema.node import global_id, lookup, uuid_of
from schema.record_views import case
from schema.records import Case
from schema.results import Problem, problem
from schema.selection import asked
from schema.words import Function
from services.cases import queries as cases
from services.errors import WorkProblem
from services.sharing import commands, queries
from services.sharing.decisions import Consent, Decision, LawfulWords, Share, SharedGroup
from services.sharing.words import LawfulKind

TEXT = "At most 2,000 characters."
strawberry.enum(LawfulKind, description="What a lawful word is about.")


@strawberry.type(directives=[value], description="A word that a share or a request may name today.")
class LawfulWord:
    kind: LawfulKind = strawberry.field(description="What it is about.")
    word: str = strawberry.field(description="What you send.")
    meaning: str = strawberry.field(description="What it means, fit to show.")
    source: str = strawberry.field(description="Where it stands.")
    status: str = strawberry.field(description="How sure we are of it: `found` or `unverified`.")


@strawberry.input(description="To whom: a function of an agency on the platform, or one person who acts in it.")
class RecipientInput:
    agency_id: strawberry.ID = strawberry.field(description="The agency.")
    function: Function = strawberry.field(description="Its function; only who acts in it reads the share.")
    person: str | None = strawberry.field(
        default=UNSET, description="The work address of one person; then nobody else there knows of it."
    )


@strawberry.input(description="A group, and why this one.")
class SharedGroupInput:
    group: DataGroup = strawberry.field(description="The group, whole.")
    live: bool = strawberry.field(default=False, description="True: with all that comes after; else as it stands now.")
    necessity: str = strawberry.field(description=f"Why the recipient needs it. {TEXT}")
    proportionality: str = strawberry.field(description=f"Why less would not do. {TEXT}")


@strawberry.input(description="What makes it lawful, in words of `lawfulWords`.")
class LawfulInput:
    article6: str = strawberry.field(description="The basis of UK GDPR Article 6.")
    condition: str = strawberry.field(description="The condition for special category or law enforcement data.")
    power: str = strawberry.field(description="The Act that lets or makes you share.")

    def words(self) -> LawfulWords:
        """As the service takes them."""
        return LawfulWords(self.article6, self.condition, self.power)


@strawberry.input(description="Consent to sharing; not consent to enter the mechanism.")
class ConsentInput:
    asked: bool = strawberry.field(description="Whether the person was asked.")
    given: bool = strawberry.field(description="Whether they agreed.")
    why_without: str | None = strawberry.field(default=UNSET, description=f"Why without; required if not given. {TEXT}")


@strawberry.input(description="Deciding not to share what somebody might have needed.")
class DecideNotToShareInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description="The case.")
    recipient: RecipientInput = strawberry.field(description="With whom.")
    groups: list[SharedGroupInput] = strawberry.field(description="What, and how it was weighed.")
    purpose: str = strawberry.field(description=f"What for. {TEXT}")
    lawful: LawfulInput = strawberry.field(description="What would make it lawful.")
    consent: ConsentInput = strawberry.field(description="Whether the person agreed.")
    risks: str = strawberry.field(description=f"What sharing may do, and what not sharing may do. {TEXT}")


@strawberry.input(description="Sharing groups of a case that are your agency's to share.")
class GiveShareInput(DecideNotToShareInput):
    conditions: str = strawberry.field(description=f"How the recipient has to handle it. {TEXT}")
    ends_on: date = strawberry.field(description="The last day, until London midnight.")


@strawberry.input(description="Ending a share that your agency gave, now.")
class EndShareInput:
    idempotency_key: str = strawberry.field(description=KEY)
    share_id: strawberry.ID = strawberry.field(description="The share.")
    reason: str = strawberry.field(description=f"Why; for your own agency. {TEXT}")


@strawberry.type(directives=[value], description="The decision and its case, or why nothing was decided.")
class SharePayload:
    share_id: strawberry.ID | None = strawberry.field(description="The decision. Null: see `problem`.")
    case: Case | None = strawberry.field(
        description="The case as you may see it now. Null: see `problem`; where that is null too, it was done and the "
        "case is no longer for you."
    )
    problem: Problem | None = strawberry.field(description="Why nothing was done. Null: it was done.")


@strawberry.type(directives=[value], description="The share and its case, or why nothing was shared.")
class GiveSharePayload(SharePayload): ...


@strawberry.type(directives=[value], description="The decision and its case, or why nothing was recorded.")
class DecideNotToSharePayload(SharePayload): ...


@strawberry.type(directives=[value], description="The ended share and its case, or why it goes on.")
class EndSharePayload(SharePayload): ...


async def lawful_words(info: Info) -> list[LawfulWord]:
    """Every word in force today."""
    async with info.context.turn:
        found = await queries.words(info.context.reading)
    return [
        LawfulWord(kind=w.kind, word=w.word, meaning=w.meaning, source=w.source, status=w.status.value) for w in found
    ]


async def give_share(info: Info, sent: Annotated[GiveShareInput, INPUT]) -> GiveSharePayload:
    """Share."""
    share = Share(**_decision(sent), conditions=sent.conditions, ends_on=sent.ends_on)
    outcome = await commands.give(info.context.reading, sent.idempotency_key, share, content(sent))
    return GiveSharePayload(**await _told(info, outcome))


async def decide_not_to_share(info: Info, sent: Annotated[DecideNotToShareInput, INPUT]) -> DecideNotToSharePayload:
    """Record a decision not to share."""
    reading = info.context.reading
    outcome = await commands.decide_not_to(reading, sent.idempotency_key, Decision(**_decision(sent)), content(sent))
    return DecideNotToSharePayload(**await _told(info, outcome))


async def end_share(info: Info, sent: Annotated[EndShareInput, INPUT]) -> EndSharePayload:
    """End a share."""
    share = uuid_of(sent.share_id, "Share") or UUID(int=0)
    outcome = await commands.end(info.context.reading, sent.idempotency_key, share, sent.reason, content(sent))
    return EndSharePayload(**await _told(info, outcome))


def _decision(sent: DecideNotToShareInput) -> dict[str, Any]:
    return {
        "case": lookup(sent.case_id, "Case"),
        "agency": uuid_of(sent.recipient.agency_id, "Agency") or UUID(int=0),
        "function": sent.recipient.function,
        "person": sent.recipient.person or None,
        "groups": tuple(SharedGroup(g.group, g.live, g.necessity, g.proportionality) for g in sent.groups),
        "purpose": sent.purpose,
        "lawful": sent.lawful.words(),
        "consent": Consent(sent.consent.asked, sent.consent.given, sent.consent.why_without or None),
        "risks": sent.risks,
    }


async def _told(info: Info, outcome: UUID | WorkProblem) -> dict[str, Any]:
    """What the decider may see of the case now; a replay is rendered in the same way."""
    if not isinstance(outcome, UUID):
        return {"share_id": None, "case": None, "problem": problem(outcome)}
    record = await commands.record_of(info.context.reading, outcome)
    view = await cases.one(info.context.reading, str(record), asked(info, "Case", "case"))
    return {"share_id": global_id("Share", outcome), "case": case(view) if view else None, "problem": None}


def content(sent: Any) -> Mapping[str, Any]:
    """The whole input, for the hash that recognises a repeat."""
    return {name: part for name, part in asdict(sent).items() if part is not UNSET and name != "idempotency_key"}
