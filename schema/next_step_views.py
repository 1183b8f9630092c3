"""From views of steps about what happens next to their types: one mapping, no decisions of its own."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from schema.agency_names import named
from schema.disclosures.next_steps import (
    CooperationStep,
    Leave,
    LeaveStep,
    LeaveSummary,
    SafeContact,
    StatusStep,
    Wishes,
    WishStep,
)
from schema.node import global_id
from schema.step_views import outlines
from services.cases.views import StepView
from services.decisions.next_words import CompensationRoute, Wish
from services.decisions.step_words import StepKind
from services.letters.words import LetterChannel, LetterLanguage, LetterWords, SenderName
from services.regimes.next_words import Circumstance, LeaveGround, Opening, ReturnPart


def wishes(views: Iterable[StepView]) -> Wishes:
    """What the person wants and what was arranged."""
    return Wishes(
        steps=[
            WishStep(
                **_common("WishStep", view),
                words=said["words"],
                wants=[Wish(each) for each in said["wants"]] if "wants" in said else None,
                contact=_contact(said["contact"]) if "contact" in said else None,
                said_on=_day(said.get("said_on")),
                organisation=said.get("organisation"),
                route=CompensationRoute(said["route"]) if "route" in said else None,
                scheme=said.get("scheme"),
                regime_row=said.get("row"),
                parts=[ReturnPart(each) for each in said["parts"]] if "parts" in said else None,
            )
            for view, said in _whole(views)
        ]
    )


def leave(views: Iterable[StepView], *, in_summary: bool) -> Leave | LeaveSummary:
    """The question of leave, whole or as kinds and days."""
    if in_summary:
        return LeaveSummary(steps=outlines(views))
    return Leave(steps=[_leave(view, said) for view, said in _whole(views)])


def _contact(said: Mapping[str, Any]) -> SafeContact:
    return SafeContact(
        channels=[LetterChannel(each) for each in said["channels"]],
        sender=SenderName(said["sender"]),
        words=LetterWords(said["words"]),
        language=LetterLanguage(said["language"]),
    )


def _leave(view: StepView, said: Mapping[str, Any]) -> LeaveStep:
    is_question = "opening" in said
    return LeaveStep(
        **_common("LeaveStep", view),
        question=Opening(said["opening"]) if is_question else None,
        circumstance=Circumstance(said["circumstance"]) if is_question else None,
        regime_rows=[said["row"]] if is_question else said["rows"],
        grounds=None if is_question else [LeaveGround(each) for each in said["grounds"]],
        until=_day(said.get("until")),
        best_interests=said.get("best_interests"),
        words=said.get("words"),
    )


def status(views: Iterable[StepView]) -> list[StatusStep]:
    """Facts about immigration status."""
    return [
        StatusStep(
            **_common("StatusStep", view),
            since=date.fromisoformat(said["since"]),
            until=_day(said["until"]),
            words=said["words"],
        )
        for view, said in _whole(views)
    ]


def cooperation(views: Iterable[StepView]) -> list[CooperationStep]:
    """Work with an investigation."""
    return [CooperationStep(**_common("CooperationStep", view), words=said["words"]) for view, said in _whole(views)]


def _common(type_name: str, view: StepView) -> dict[str, Any]:
    return {
        "id": global_id(type_name, view.id),
        "kind": StepKind(view.kind),
        "happened_on": view.happened_on,
        "agency": named(view.agency),
    }


def _whole(views: Iterable[StepView]) -> Iterator[tuple[StepView, Mapping[str, Any]]]:
    return ((view, view.content) for view in views if view.content is not None)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
