"""Deciding on a referral: propose, give back, issue. One input and one payload each."""

from datetime import date
from typing import Annotated

import strawberry
from strawberry import UNSET

from policies.vocabulary import DataGroup
from schema.case_payload import CasePayload, case_payload
from schema.context import Info
from schema.groups import value
from schema.inputs import INPUT, KEY, content_of
from schema.node import given_uuid, lookup
from services.decisions import commands
from services.decisions.choices import DecisionOutcome, NegativeGround
from services.decisions.commands import Answer, Proposal
from services.decisions.draft import DecisionDraft, Panel, PanelMember
from services.regimes.routing_words import Seat
from services.regimes.words import DecisionKind


@strawberry.type(directives=[value], description="The case with its proposal, or why nothing was proposed.")
class ProposeDecisionPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The case with the returned proposal, or why it still waits.")
class ReturnDecisionPayload(CasePayload): ...


@strawberry.type(directives=[value], description="The decided case, or why nothing was issued.")
class IssueDecisionPayload(CasePayload): ...


@strawberry.input(description="Somebody who sat on a panel. Nobody sits for two.")
class PanelMemberInput:
    name: str = strawberry.field(description="Who; at most 200 characters.")
    seat: Seat = strawberry.field(description="For whom.")
    is_chair: bool = strawberry.field(default=False, description="Whether in the chair.")
    worked_on_case: bool = strawberry.field(description="Whether they have worked on this case.")

    def member(self) -> PanelMember:
        """As the service takes it."""
        return PanelMember(name=self.name, seat=self.seat, is_chair=self.is_chair, worked_on_case=self.worked_on_case)


@strawberry.input(description="A panel that looked at what you propose.")
class PanelInput:
    met_on: date = strawberry.field(description="On what day, in London.")
    members: list[PanelMemberInput] = strawberry.field(description="Who sat on it, at most 30.")

    def panel(self) -> Panel:
        """As the service takes it."""
        return Panel(met_on=self.met_on, members=tuple(member.member() for member in self.members))


@strawberry.input(description="A decision that you propose; nobody outside your authority sees it before it is issued.")
class ProposeDecisionInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description="The case.")
    expected_version: int = strawberry.field(description="The case's `version` as you read it.")
    kind: DecisionKind = strawberry.field(description="Which of the two.")
    outcome: DecisionOutcome = strawberry.field(description="Whether the test is met.")
    reasons: str = strawberry.field(description="Why; at most 15,000 characters.")
    grounds: list[NegativeGround] = strawberry.field(
        default_factory=list, description="What a negative rests on, at least one. Leave it out for a positive."
    )
    evidence: list[DataGroup] = strawberry.field(
        description="The groups it relies on, at least one that you have read. Their versions are fixed now."
    )
    childs_views: str | None = strawberry.field(
        default=UNSET, description="For a child, and where age is unsure: the child's views, or why they are not known."
    )
    best_interests: str | None = strawberry.field(
        default=UNSET, description="For a child, and where age is unsure: how best interests were considered."
    )
    earlier_decision_on: date | None = strawberry.field(
        default=UNSET,
        description="Of a positive first decision: the day of an earlier one about the same person, where all that is "
        "told happened before it. No recovery period begins by itself then. Leave it out for somebody trafficked anew.",
    )
    panel: PanelInput | None = strawberry.field(
        default=UNSET, description="The panel that looked at it. Where one has to, nothing is issued without."
    )


@strawberry.input(description="Giving a proposal back to whoever made it.")
class ReturnDecisionInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description="The case.")
    proposal_id: strawberry.ID = strawberry.field(description="The proposal.")
    reason: str = strawberry.field(description="What is missing; at most 2,000 characters.")


@strawberry.input(
    description="Issuing a proposed decision today. A negative one needs a second person; a conclusive one waits for "
    "the end of the recovery period's minimum."
)
class IssueDecisionInput:
    idempotency_key: str = strawberry.field(description=KEY)
    case_id: strawberry.ID = strawberry.field(description="The case.")
    proposal_id: strawberry.ID = strawberry.field(description="The proposal.")


async def propose_decision(info: Info, sent: Annotated[ProposeDecisionInput, INPUT]) -> ProposeDecisionPayload:
    """Propose a decision."""
    draft = DecisionDraft(
        kind=sent.kind,
        outcome=sent.outcome,
        reasons=sent.reasons,
        grounds=tuple(sent.grounds),
        evidence=tuple(sent.evidence),
        childs_views=sent.childs_views or None,
        best_interests=sent.best_interests or None,
        earlier_decision_on=sent.earlier_decision_on or None,
        panel=sent.panel.panel() if sent.panel else None,
    )
    proposal = Proposal(case=lookup(sent.case_id, "Case"), expected_version=sent.expected_version, draft=draft)
    outcome = await commands.propose(info.context.reading, sent.idempotency_key, proposal, content_of(sent))
    return await case_payload(info, ProposeDecisionPayload, outcome)


async def return_decision(info: Info, sent: Annotated[ReturnDecisionInput, INPUT]) -> ReturnDecisionPayload:
    """Give a proposal back."""
    answer = _answer(sent.case_id, sent.proposal_id, sent.reason)
    outcome = await commands.give_back(info.context.reading, sent.idempotency_key, answer, content_of(sent))
    return await case_payload(info, ReturnDecisionPayload, outcome)


async def issue_decision(info: Info, sent: Annotated[IssueDecisionInput, INPUT]) -> IssueDecisionPayload:
    """Issue a decision."""
    answer = _answer(sent.case_id, sent.proposal_id)
    outcome = await commands.issue(info.context.reading, sent.idempotency_key, answer, content_of(sent))
    return await case_payload(info, IssueDecisionPayload, outcome)


def _answer(case: str, proposal: str, reason: str = "") -> Answer:
    return Answer(case=lookup(case, "Case"), proposal=given_uuid(proposal, "DecisionProposal"), reason=reason)
