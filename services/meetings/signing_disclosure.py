"""From a row to the view of what follows a meeting. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from policies.vocabulary import Function
from services.cases.views import AgencyName
from services.meetings.signing_views import (
    AddendumView,
    EscalationView,
    PartView,
    SentOutView,
    SigningView,
    SignOffView,
)
from services.meetings.views import EntryView, InvitationView, Judgement
from services.meetings.words import SignOffAnswer
from services.regimes.words import Profession


def signing_view(
    found: Mapping[str, Any], entries: Sequence[EntryView], invitations: Sequence[InvitationView]
) -> SigningView:
    """Everything that the row holds; the newest change of each part tells which agreements are older than its text."""
    changed: dict[UUID, datetime] = {}
    for one in entries:
        changed[one.part] = max(one.recorded_at, changed.get(one.part, one.recorded_at))
    sign_offs = tuple(_sign_off(one, changed) for one in found["sign_offs"])
    parts = tuple(_part(one) for one in found["parts"])
    return SigningView(
        parts=parts,
        sent_out=_sent_out(found["sent_out"]) if found["sent_out"] else None,
        awaited=awaited(invitations, parts, sign_offs) if found["sent_out"] else (),
        sign_offs=sign_offs,
        escalations=tuple(_escalation(one) for one in found["escalations"]),
        addenda=tuple(_addendum(one) for one in found["addenda"]),
    )


def awaited(
    invitations: Sequence[InvitationView], parts: Sequence[PartView], sign_offs: Sequence[SignOffView]
) -> tuple[str, ...]:
    """The invited bodies that have said nothing of the open part yet."""
    in_the_open = {one.id for one in parts if one.is_open}
    heard = [one for one in sign_offs if one.part in in_the_open]
    answered = {(one.agency.id, one.function) for one in heard if one.agency} | {one.invitation for one in heard}
    return tuple(one.name for one in invitations if not answered & {(one.agency, one.function), one.id})


def sealed_quorum(found: Mapping[str, Any]) -> dict[UUID, Judgement]:
    """How each decision was judged when the meeting was closed; empty before."""
    statements = next((one["quorum"] for one in found["parts"] if one["is_open"]), None) or ()
    return {
        UUID(one["entry"]): Judgement(one["is_quorate"], tuple(Profession(word) for word in one["missing"]), one["row"])
        for one in statements
    }


def _part(one: Mapping[str, Any]) -> PartView:
    readers = tuple((_agency(reader["agency"]), Function(reader["function"])) for reader in one["readers"])
    return PartView(UUID(one["id"]), one["is_open"], one["name"], readers, one["sha256"])


def _sent_out(found: Mapping[str, Any]) -> SentOutView:
    at = datetime.fromisoformat(found["sent_out_at"])
    return SentOutView(at, date.fromisoformat(found["due_on"]), found["regime_row"])


def _sign_off(one: Mapping[str, Any], changed: Mapping[UUID, datetime]) -> SignOffView:
    part, at = UUID(one["part_id"]), datetime.fromisoformat(one["at"])
    agency = _agency(one["agency"]) if one["agency_id"] else None
    return SignOffView(
        id=UUID(one["id"]),
        part=part,
        name=one["body_name"] or (agency.name if agency else ""),
        agency=agency,
        function=Function(one["function"]),
        invitation=UUID(one["invitation_id"]) if one["invitation_id"] else None,
        said_by=one["said_by"],
        answer=SignOffAnswer(one["answer"]),
        entry=_entry(one),
        words=one["words"],
        at=at,
        is_of_this_text=part not in changed or changed[part] <= at,
    )


def _escalation(one: Mapping[str, Any]) -> EscalationView:
    return EscalationView(
        id=UUID(one["id"]),
        entry=UUID(one["entry_id"]),
        agency=_agency(one["agency"]),
        function=Function(one["function"]),
        words=one["words"],
        at=datetime.fromisoformat(one["at"]),
    )


def _addendum(one: Mapping[str, Any]) -> AddendumView:
    return AddendumView(
        id=UUID(one["id"]),
        part=UUID(one["part_id"]),
        entry=_entry(one),
        agency=_agency(one["agency"]),
        function=Function(one["function"]),
        words=one["words"],
        sha256=one["sha256"],
        at=datetime.fromisoformat(one["at"]),
    )


def _entry(one: Mapping[str, Any]) -> UUID | None:
    return UUID(one["entry_id"]) if one["entry_id"] else None


def _agency(found: Mapping[str, Any]) -> AgencyName:
    return AgencyName(UUID(found["id"]), found["code"], found["name"])
