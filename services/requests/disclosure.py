"""From a row to the view of a request. Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from policies.vocabulary import DataGroup, Function
from services.requests.views import RequestView, StepView
from services.requests.words import OPEN, RefusalCode, RequestStatus, Urgency
from services.sharing.views import Basis, Party


def request_view(item: Mapping[str, Any]) -> RequestView:
    """One request, as row security let its reader have it."""
    steps = tuple(_step(step) for step in item["steps"])
    return RequestView(
        id=UUID(item["id"]),
        is_asked=item["is_asked"],
        asker=_party(item["asker"], item["function"]),
        addressee=_party(item["addressee"], item["addressee_function"]),
        purpose=item["purpose"],
        question=item["question"],
        necessity=item["necessity"],
        groups=tuple(DataGroup(group) for group in item["groups"]),
        basis=Basis(item["article_6"], item["condition"], item["power"]),
        urgency=Urgency(item["urgency"]),
        asked_at=datetime.fromisoformat(item["asked_at"]),
        due_on=date.fromisoformat(item["due_on"]),
        expires_on=date.fromisoformat(item["expires_on"]),
        days_left=item["days_left"],
        status=_status(steps[-1].status, is_over=item["is_over"]),
        steps=steps,
        conflict=item["conflict"],
        assigned_to=item["assigned_to"],
    )


def _status(last: RequestStatus, *, is_over: bool) -> RequestStatus:
    return RequestStatus.EXPIRED if is_over and last in OPEN else last


def _party(agency: Mapping[str, Any], function: str) -> Party:
    return Party(UUID(agency["id"]), agency["name"], Function(function))


def _step(item: Mapping[str, Any]) -> StepView:
    to = item["redirected_to"]
    return StepView(
        status=RequestStatus(item["status"]),
        at=datetime.fromisoformat(item["at"]),
        by=item["by"],
        words=item["words"],
        refusal_code=RefusalCode(item["refusal_code"]) if item["refusal_code"] else None,
        redirected_to=_party(to, item["redirected_function"]) if to else None,
        released={DataGroup(group): version for group, version in (item["released"] or {}).items()},
    )
