"""The public form's submission message as a draft, or everything that is wrong with it, each problem at its key."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeGuard

from services.errors import Problem
from services.imports.gathering import Gathered, gather, principal_key
from services.imports.mapping import DOCUMENTS, FORM_VERSION
from services.referrals import validation
from services.referrals.answers import GROUPS, Answers
from services.referrals.choices import Age, Consent, ExploitationType, Nation, ReferralKind
from services.referrals.draft import ReferralDraft
from services.referrals.form.loading import PLACES
from services.referrals.paths import CORE, Place, path_of
from services.referrals.screening import screened
from services.regimes import queries as regimes
from services.regimes.words import Matter, StatementForm

TYPES = Place("account", "exploitation_types")
OTHER_DETAILS = Place("account", "exploitation_other_details")
ESSENTIALS = tuple(Place(CORE, name) for name in ("kind", "external_id", "organisation", "nation", "age"))


def read(message: object) -> ReferralDraft | list[Problem]:
    """The draft the message describes; whether a first responder may send it is for `examine`."""
    gathered = _gathered(message)
    return gathered if isinstance(gathered, list) else gathered.problems or _draft(gathered)


def examine(message: object, on: date) -> ReferralDraft | list[Problem]:
    """The draft fit to be stored, received on that London date; or all problems at once, at the message's keys."""
    gathered = _gathered(message)
    if isinstance(gathered, list):
        return gathered
    draft = _draft(gathered)
    known = {problem.path for problem in gathered.problems}
    found = validation.check_values(draft, on)
    if _has_branch(gathered):
        found = [*validation.check(draft, on), *_unsigned(draft, on)]
    located = [replace(p, path=_key_of(gathered, p.path)) for p in found if not _is_beyond(gathered, p)]
    problems = gathered.problems + [problem for problem in located if problem.path not in known]
    return problems or screened(draft)


def _unsigned(draft: ReferralDraft, on: date) -> Iterator[Problem]:
    """A message is an adult's spoken yes; what had to be signed does not come in one."""
    spoken = regimes.accepted_statement(Matter.REFERRAL, StatementForm.VERBAL, on)
    if draft.consent is Consent.GIVEN and spoken is None:
        message = f"A referral received on {on:%-d %B %Y} needs the adult's signature, and no message carries one."
        remedy = "Type the signed form in, with the way and the moment it came; or correct the day of receipt."
        yield Problem(path_of(Place(CORE, "kind")), "signature_needed", message, remedy)


def _gathered(message: object) -> Gathered | list[Problem]:
    if not _is_object(message):
        return [Problem("", "wrong_type", "A message is one JSON object.", "Send the form's message itself.")]
    gathered = gather(message)
    known = {problem.path for problem in gathered.problems}
    missing = [_key(gathered, place) for place in ESSENTIALS if place not in gathered.values]
    gathered.problems += [_missing(key) for key in missing if key not in known]
    return gathered


def _is_object(message: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(message, Mapping) and all(isinstance(key, str) for key in message)


def _missing(key: str) -> Problem:
    return Problem(key, "required", "The form always sends this.", "Answer the question, then send the form again.")


def _is_beyond(gathered: Gathered, problem: Problem) -> bool:
    """Whether an answer is missing that no key of the message could have carried."""
    place = PLACES.get(problem.path)
    return problem.code == "required" and place is not None and place not in gathered.values and not _has_key(place)


def _has_key(place: Place) -> bool:
    return any(principal_key(place, duty_to_notify=duty) for duty in (False, True))


def _has_branch(gathered: Gathered) -> bool:
    """Without the kind and the age nobody can say which answers are required."""
    return {Place(CORE, "kind"), Place(CORE, "age")} <= set(gathered.values)


def _draft(gathered: Gathered) -> ReferralDraft:
    """The draft; where an essential is missing a stand-in keeps its place, and the problem is already named."""
    _tick_other(gathered)
    core = {place.field: value for place, value in gathered.values.items() if place.group == CORE}
    stand_in = {
        "kind": ReferralKind.NRM,
        "external_id": "",
        "organisation": "",
        "nation": Nation.ENGLAND,
        "age": Age.NOT_SURE,
    }
    known: dict[str, Any] = stand_in | core
    consent = _consent(known["kind"], known["age"])
    return ReferralDraft(**known, form_version=FORM_VERSION, consent=consent, answers=_answers(gathered))


def _consent(kind: ReferralKind, age: Age) -> Consent:
    """The form asks adults only: a referral is their yes, a Duty to Notify their no."""
    if kind is ReferralKind.DUTY_TO_NOTIFY:
        return Consent.REFUSED
    return Consent.NOT_ASKED if age.acts_as_child else Consent.GIVEN


def _tick_other(gathered: Gathered) -> None:
    """The form sends the details of 'other' and no key for its box."""
    if OTHER_DETAILS in gathered.values:
        gathered.keys[path_of(TYPES, len(gathered.values.get(TYPES, ())))] = "ExploitationOther"
        gathered.values[TYPES] = (*gathered.values.get(TYPES, ()), ExploitationType.OTHER)


def _answers(gathered: Gathered) -> dict[str, Answers]:
    groups = dict.fromkeys(place.group for place in gathered.values if place.group != CORE)
    return {group: GROUPS[group](**_fields(gathered, group)) for group in groups}


def _fields(gathered: Gathered, group: str) -> dict[str, Any]:
    return {place.field: value for place, value in gathered.values.items() if place.group == group}


def _key(gathered: Gathered, place: Place) -> str:
    return principal_key(place, duty_to_notify=gathered.duty_to_notify) or path_of(place)


def _key_of(gathered: Gathered, path: str) -> str:
    """The message's key behind a path of the draft."""
    if path in gathered.keys:
        return gathered.keys[path]
    places = [Place(CORE, name) for name in ReferralDraft.__dataclass_fields__]
    places += [Place(group, name) for group, cls in GROUPS.items() for name in cls.__dataclass_fields__]
    fitting = (_key(gathered, place) for place in (*places, DOCUMENTS) if path_of(place) == path)
    return next(fitting, path)
