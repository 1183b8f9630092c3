"""What the person wants to happen next, said on a day, and what is arranged for it. Nothing of it changes support."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from policies.vocabulary import Action, DataGroup
from services.cases.views import Disclosed, RecordView
from services.decisions import supporting
from services.decisions.acting import LOOKED_AT, About, Doing, Scene, do, invalid
from services.decisions.course_rules import Act
from services.decisions.next_words import Arrangement, CompensationRoute, Wish
from services.decisions.statements import LONGEST_NAME
from services.decisions.step_words import StepKind
from services.errors import Conflict, Problem, WorkProblem
from services.letters.words import LetterChannel, LetterLanguage, LetterWords, SenderName
from services.regimes import next_queries as regimes
from services.regimes.next_words import ReturnGroup, ReturnPart
from services.tools import Reading

WISHING: Final = Doing(action=Action.WISH_RECORD, act=Act.RECORD_WHAT_NEXT)
ARRANGING: Final = Doing(
    action=Action.WISH_RECORD, act=Act.RECORD_WHAT_NEXT, looks_at=LOOKED_AT | {DataGroup.IDENTITY, DataGroup.WISHES}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeContact:
    """How letters may come, as the person says; what is not named here is not safe."""

    channels: tuple[LetterChannel, ...]
    sender: SenderName
    words: LetterWords
    language: LetterLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What somebody wants, on the day they said so."""

    about: About
    wants: tuple[Wish, ...]
    said_on: date
    contact: SafeContact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """What was arranged, with whom; the parts of a return, the route of a compensation."""

    about: About
    what: Arrangement
    organisation: str | None
    parts: tuple[ReturnPart, ...]
    route: CompensationRoute | None


async def wish(reading: Reading, key: str, sent: Wishes, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Keep what the person wants; earlier wishes stay as they were."""
    problems = tuple(_wish_problems(sent))
    return await do(reading, key, WISHING, sent.about, content, problems, lambda scene: _wish(scene, sent))


async def arrange(reading: Reading, key: str, sent: Arranged, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Keep what was arranged, by the rows of the day."""
    problems = tuple(_arranged_problems(sent))
    return await do(reading, key, ARRANGING, sent.about, content, problems, lambda scene: _arrange(scene, sent))


def _wish_problems(sent: Wishes) -> Iterator[Problem]:
    if not sent.wants and sent.contact is None:
        yield Problem("wants", "required", "Nothing is said here.", "Choose at least one; UNDECIDED is an answer.")
    if len(set(sent.wants)) != len(sent.wants):
        yield Problem("wants", "repeated", "An answer stands twice.", "Send each once.")
    if sent.contact and (sent.contact.sender, sent.contact.words) == (SenderName.NEUTRAL, LetterWords.WHOLE):
        message = "A whole letter names the authority, and that name is not marked safe here."
        yield Problem("contact.words", "names_authority", message, "Send NEUTRAL words, or the sender AUTHORITY.")


def _arranged_problems(sent: Arranged) -> Iterator[Problem]:
    is_home = sent.what is Arrangement.RETURN
    if is_home != bool(sent.parts):
        message = "A return has its parts, and nothing else has any."
        yield Problem("parts", "required" if is_home else "not_here", message, "Name what was arranged for a return.")
    if (sent.what is Arrangement.COMPENSATION) != (sent.route is not None):
        message = "Compensation is sought by one route, and nothing else has one."
        yield Problem("route", "required" if sent.route is None else "not_here", message, "Choose the route.")
    if sent.what is Arrangement.SOLICITOR and not (sent.organisation or "").strip():
        yield Problem("organisation", "required", "Whoever is to be asked needs a name.", "Name the firm.")
    if len(sent.organisation or "") > LONGEST_NAME:
        yield Problem("organisation", "too_long", f"At most {LONGEST_NAME} characters.", "Say it shorter.")


async def _wish(scene: Scene, sent: Wishes) -> WorkProblem | None:
    if sent.said_on > scene.today:
        return invalid("saidOn", "to_come", "Nobody has said so yet.", "Give the day on which it was said.")
    wants = [each.value for each in sent.wants]
    said = {"contact": asdict(sent.contact)} if sent.contact else {}
    await scene.take(StepKind.WISH_RECORDED, wants=wants, said_on=sent.said_on, words=sent.about.words, **said)
    if Wish.HAVE_SUPPORT in sent.wants:
        await supporting.bring_in(scene)
    return None


async def _arrange(scene: Scene, sent: Arranged) -> WorkProblem | None:
    said = {"organisation": sent.organisation, "words": sent.about.words}
    if sent.what is Arrangement.SOLICITOR:
        await scene.take(StepKind.SOLICITOR_REFERRED, **said)
    elif sent.what is Arrangement.COMPENSATION:
        await scene.take(StepKind.COMPENSATION_SOUGHT, route=sent.route, **said)
    else:
        return await _return(scene, sent, said)
    return None


async def _return(scene: Scene, sent: Arranged, said: Mapping[str, Any]) -> WorkProblem | None:
    """Nobody goes home without having asked to: the newest wish says so."""
    wishes = scene.case.wishes if isinstance(scene.case.wishes, tuple) else ()
    said_last = next((each for each in reversed(wishes) if each.content and each.content.get("wants")), None)
    if said_last is None or Wish.RETURN_HOME not in (said_last.content or {})["wants"]:
        message = "Nobody is helped to go home who did not ask for it."
        return Conflict("NOT_WISHED", message, "Record what the person wants, and when they said so.")
    if regimes.is_british(nationalities(scene.case), scene.today):
        message = "Somebody British is at home here: these ways are for people who have no right to stay."
        return Conflict("BRITISH", message, "Record what help is wanted here, or correct the nationality.")
    scheme = regimes.return_scheme(_group(scene.case, scene.today), scene.today)
    strange = [place for place, part in enumerate(sent.parts) if part not in scheme.parts]
    if strange:
        there = ", ".join(sorted(part.upper() for part in scheme.parts))
        return invalid(f"parts.{strange[0]}", "not_offered", f"{scheme.name} offers {there}.", "Leave it out.")
    parts = [part.value for part in sent.parts]
    await scene.take(StepKind.RETURN_ARRANGED, row=scheme.row, scheme=scheme.name, parts=parts, **said)
    return None


def _group(case: RecordView, today: date) -> ReturnGroup:
    """Which way home it is: the only thing here that a nationality decides."""
    return regimes.return_group(nationalities(case), today)


def nationalities(case: RecordView) -> list[str]:
    """Those that stand on the form, as its list names them; empty: none is known, or none is for this reader."""
    identity = case.groups.get(DataGroup.IDENTITY)
    content = identity.content if isinstance(identity, Disclosed) else {}
    return [content[name] for name in ("nationality", "second_nationality") if content.get(name)]
