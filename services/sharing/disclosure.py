"""From a row to the view of a share. Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from policies.vocabulary import DataGroup, Function
from services.sharing.views import Basis, Party, ShareView, Weighing


def share_view(item: Mapping[str, Any]) -> ShareView:
    """One share, as row security let its reader have it."""
    return ShareView(
        id=UUID(item["id"]),
        is_shared=item["involvement_id"] is not None,
        giver=_party(item["giver"], item["function"]),
        recipient=_party(item["recipient"], item["recipient_function"]),
        is_for_one_person=item["recipient_member_id"] is not None,
        decided_by=item["decided_by"],
        decided_at=datetime.fromisoformat(item["decided_at"]),
        purpose=item["purpose"],
        basis=Basis(item["article_6"], item["condition"], item["power"]),
        groups={DataGroup(group): version for group, version in item["groups"].items()},
        conditions=item["conditions"],
        ends_on=date.fromisoformat(item["ends_on"]) if item["ends_on"] else None,
        ended_at=datetime.fromisoformat(item["ended_at"]) if item["ended_at"] else None,
        end_reason=item["end_reason"],
        is_live=item["is_live"],
        weighing=_weighing(item["weighing"]) if item["weighing"] else None,
    )


def _party(agency: Mapping[str, Any], function: str) -> Party:
    return Party(UUID(agency["id"]), agency["name"], Function(function))


def _weighing(item: Mapping[str, Any]) -> Weighing:
    return Weighing(
        statements={
            DataGroup(group): (said["necessity"], said["proportionality"]) for group, said in item["statements"].items()
        },
        consent_asked=item["consent_asked"],
        consent_given=item["consent_given"],
        without_consent=item["without_consent"],
        risks=item["risks"],
    )
