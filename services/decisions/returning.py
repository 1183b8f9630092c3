"""Returning a referral that is not valid, and adding to one: what was sent stays, and nothing is decided meanwhile."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from policies.vocabulary import Action, DataGroup
from services.clocks.rules import open_clock
from services.decisions import steps_store
from services.decisions.acting import About, Doing, Scene, do
from services.decisions.course_rules import Act
from services.decisions.step_words import StepKind
from services.errors import Problem, WorkProblem
from services.referrals.form.loading import PLACES
from services.referrals.paths import CORE
from services.regimes import queries as regimes
from services.regimes.words import ClockName
from services.tools import Reading

LONGEST_ADDITION: Final = 15_000
COMPLETE: Final = "The first responder added what was missing."
RETURNING: Final = Doing(action=Action.REFERRAL_RETURN, act=Act.RETURN)
ADDING: Final = Doing(action=Action.REFERRAL_ADD, act=Act.ADD, longest=LONGEST_ADDITION)
OWN_FIELDS: Final = {
    "age": DataGroup.IDENTITY,
    "age_at_exploitation": DataGroup.IDENTITY,
    "current_town": DataGroup.CONTACT,
    "current_region": DataGroup.CONTACT,
    "cooperates": DataGroup.CRIMINAL_JUSTICE,
}
"""Where the form's own fields are read that are no part of the referral as an event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """Why a referral is not valid, and which of its answers are missing or do not count, by the keys of the form."""

    about: About
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What became known after a referral was sent, in `about.words`, and which of its answers that concerns."""

    about: About
    concerns: tuple[str, ...]


async def send_back(reading: Reading, key: str, sent: Return, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Return a referral to its first responder; its target begins anew when it is completed."""
    problems = [*_unknown(sent.missing, "missing")]
    if not sent.missing:
        problems.append(Problem("missing", "required", "Something has to be missing.", "Name it by the form's keys."))
    return await do(reading, key, RETURNING, sent.about, content, problems, lambda scene: _send_back(scene, sent))


async def add(reading: Reading, key: str, sent: Addition, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Add to one's own referral; what was sent is never changed. A referral that was returned is complete with it."""
    problems = [*_unknown(sent.concerns, "concerns"), *_apart(sent.concerns)]
    return await do(reading, key, ADDING, sent.about, content, problems, lambda scene: _add(scene, sent))


def _unknown(keys: tuple[str, ...], path: str) -> Iterator[Problem]:
    for index, one in enumerate(keys):
        if one not in PLACES:
            yield Problem(
                f"{path}.{index}", "unknown_key", "The form asks no such thing.", "Send keys of referralForm."
            )


def _apart(keys: tuple[str, ...]) -> Iterator[Problem]:
    """Words about answers that different people read cannot stand in one place."""
    groups = {index: _group(key) for index, key in enumerate(keys) if key in PLACES}
    for index, group in groups.items():
        path = f"concerns.{index}"
        if group is DataGroup.DUTY_TO_NOTIFY:
            yield Problem(path, "unknown_key", "A referral asks no such thing.", "Send keys of a referral.")
        elif group is not next(iter(groups.values())):
            message = "Others read this than the first of them, and what is added is read with what it concerns."
            remedy = "Send an addition of its own for it, with the words that are about it."
            yield Problem(path, "read_by_others", message, remedy)


def _group(key: str) -> DataGroup:
    """The group in which the answer is read."""
    place = PLACES[key]
    return OWN_FIELDS.get(place.field, DataGroup.REFERRER) if place.group == CORE else DataGroup(place.group)


async def _send_back(scene: Scene, sent: Return) -> WorkProblem | None:
    await scene.take(StepKind.RETURNED, words=sent.about.words, missing=list(sent.missing))
    return None


async def _add(scene: Scene, sent: Addition) -> WorkProblem | None:
    group = _group(sent.concerns[0]) if sent.concerns else DataGroup.ACCOUNT
    said = {"words": sent.about.words, "concerns": list(sent.concerns)}
    await steps_store.take(scene.reading, scene.permit, scene.action, StepKind.INFORMATION_ADDED, said, group)
    if scene.course.returned is not None:
        await scene.take(StepKind.COMPLETED, words=COMPLETE, clock=_target(scene))
    return None


def _target(scene: Scene) -> dict[str, Any]:
    """The target of a referral that is received complete at this moment, by the row of today."""
    if scene.case.nation is None:
        raise LookupError("a referral without a nation")
    definition = regimes.clock_definition(ClockName.REASONABLE_GROUNDS, scene.today, scene.case.nation)
    draft = open_clock(definition, scene.reading.now)
    return {
        "form": draft.kind.value,
        "starts_on": draft.starts_on,
        "due_on": draft.due_on,
        "proof": draft.proof,
        "regime_row": draft.row,
    }
