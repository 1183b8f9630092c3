"""From what a row holds of meetings, proposals and the referral to their views. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from services.cases.views import MeetingLineView, ProposalView, ReferralFactsView


def meeting(item: Mapping[str, Any]) -> MeetingLineView:
    """A strategy meeting."""
    starts_at = datetime.fromisoformat(item["starts_at"])
    return MeetingLineView(UUID(item["id"]), item["mode"], starts_at, item["state"])


def proposal(item: Mapping[str, Any]) -> ProposalView:
    """A proposed decision."""
    return ProposalView(
        id=UUID(item["id"]),
        kind=item["kind"],
        outcome=item["outcome"],
        content=item["content"],
        proposed_by=UUID(item["proposed_by"]),
        proposer=item["proposer"],
        proposed_at=datetime.fromisoformat(item["proposed_at"]),
        answer=item["answer"],
        answerer=item["answerer"],
        answered_at=datetime.fromisoformat(item["answered_at"]) if item["answered_at"] else None,
        answer_reason=item["answer_reason"],
    )


def referral(item: Mapping[str, Any]) -> ReferralFactsView:
    """The referral as an event."""
    return ReferralFactsView(
        kind=item["kind"],
        organisation_code=item["organisation_code"],
        organisation_name=item["organisation_name"],
        nation=item["nation"],
        channel=item["channel"],
        form_version=item["form_version"],
        received_at=datetime.fromisoformat(item["received_at"]),
        strategy_meeting=item["strategy_meeting"],
    )
