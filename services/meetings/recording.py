"""Writing the record while the meeting happens: entries of several people at once, each with versions of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from policies.vocabulary import Action
from services import gate
from services.clocks.rules import london_date
from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.gate import Admission
from services.meetings import bodies, checks, conference, queries
from services.meetings.asking import GROUP, lookup
from services.meetings.content import Attendance, Body, Brief, Content, Decision, Position, Referral, to_content
from services.meetings.next_meeting import day_problem
from services.meetings.problems import OVER, moved, over
from services.meetings.rules import judge
from services.meetings.store import writes
from services.meetings.views import EntryView, Judgement, MeetingView
from services.meetings.words import IN_THE_OPEN_ONLY, OF_THE_AUTHORITY, EntryKind
from services.once import Intent, key_problem, once
from services.regimes import queries as regimes
from services.tools import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What somebody writes: a new entry, or the next version of one."""

    kind: EntryKind
    said: Content
    part: UUID | None = None  # None: the open part, or that of the entry or passage
    entry: UUID | None = None
    expected_version: int = 0
    is_withdrawn: bool = False


async def record_entry(
    reading: Reading, key: str, meeting: UUID, written: Written, content: Mapping[str, Any]
) -> UUID | WorkProblem:
    """Write an entry; the outcome is its id. Of two who start from one version, the second is told."""
    problem = key_problem(key) or _shape_problem(written)
    if problem:
        return problem
    intent = Intent(Action.MEETING_RECORD, key, content, (lookup(meeting),))
    return await once(reading, intent, lambda: _record(reading, meeting, written))


async def _record(reading: Reading, meeting: UUID, written: Written) -> UUID | WorkProblem:
    view = await queries.one(reading, meeting)
    if view is None:
        return NotFound()
    wrong = _state_problem(view, written) or _author_problem(reading, view, written)
    if wrong:
        return wrong
    said = await bodies.named(reading, written.said)
    if isinstance(said, Invalid):
        return said
    part = part_of(view, written)
    wrong = _fit_problem(view, said, written)
    if wrong or part is None:
        return wrong or NotFound()
    groups = GROUP | conference.GROUPS if conference.concerns(said) else GROUP
    admission = await gate.ask(reading, Action.MEETING_RECORD, lookup(meeting), groups, GROUP)
    if not isinstance(admission, Admission):
        return admission
    entry = await writes.write_entry(
        reading,
        admission.permit,
        part,
        written.kind,
        to_content(said),
        entry=written.entry,
        known_version=written.expected_version,
        is_withdrawn=written.is_withdrawn,
    )
    if conference.concerns(said):
        await conference.count(reading, admission.permit, view.nation)
    return entry


def _shape_problem(written: Written) -> Invalid | None:
    found = [*checks.said(written.kind.value, written.said)]
    if (written.entry is None) != (written.expected_version == 0):
        remedy = "Give both for an entry that you read, and neither for a new one."
        found.append(Problem("expectedVersion", "with_entry", "An entry and its version belong together.", remedy))
    return Invalid(tuple(found)) if found else None


def _state_problem(view: MeetingView, written: Written) -> WorkProblem | None:
    if view.state in OVER:
        return over(view)
    if view.open_part is None:
        return Conflict("MEETING_NOT_OPEN", "This meeting is not open yet.", "Wait until it is opened.")
    if written.entry is None:
        return None
    found = _entry(view, written.entry)
    if found is None or found.kind is not written.kind or part_of(view, written) != found.part:
        return NotFound()
    return None if found.version == written.expected_version else moved(found.version, written.expected_version)


def part_of(view: MeetingView, written: Written) -> UUID | None:
    """Where it stands: agreement and dissent beside their passage, a next version where the first one is."""
    passage = written.said.on if isinstance(written.said, Position) else written.entry
    if passage is not None:
        found = _entry(view, passage)
        return found.part if found else None
    wanted = written.part or view.open_part
    return next((one.id for one in view.signing.parts if one.id == wanted), None)


def _author_problem(reading: Reading, view: MeetingView, written: Written) -> Refused | None:
    """Whoever holds the meeting writes everything; anybody else what their own agency says, and no decisions."""
    if view.is_run_by_you:
        return None
    if written.kind in OF_THE_AUTHORITY:
        return Refused(None, "Only the children's services that hold this meeting write this.")
    own = (reading.actor.agency_id, reading.actor.function)
    found = _entry(view, written.entry) if written.entry else None
    if found is not None and (found.author.id, found.function) != own:
        return Refused(None, "This entry is another agency's; add one of your own.")
    speaks_for = [
        getattr(written.said, field.name) for field in fields(written.said) if field.name in ("owner", "body")
    ]
    others = [body for body in speaks_for if isinstance(body, Body) and (body.agency, body.function) != own]
    if others and written.kind is not EntryKind.ACTION:
        return Refused(None, "You speak for your own agency only.")
    return None


def _fit_problem(view: MeetingView, said: Content, written: Written) -> WorkProblem | None:
    if written.kind in IN_THE_OPEN_ONLY and part_of(view, written) != view.open_part:
        return Refused(None, "What is decided, and who was there, stands where everybody reads it.")
    if isinstance(said, Position) and _entry(view, said.on) is None:
        return NotFound()
    if isinstance(said, Decision | Referral) and not written.is_withdrawn:
        return quorum_problem(written.kind.value, said, _judgement(view, said))
    return day_problem("nextMeeting", said, london_date(view.arrangement.starts_at))


def quorum_problem(path: str, said: Decision | Referral, judgement: Judgement | None) -> Invalid | None:
    """Without a quorum a decision needs its reason, and a day on which it is taken up again."""
    if judgement is None or judgement.is_quorate:
        return None
    missing = ", ".join(profession.value.replace("_", " ") for profession in judgement.missing)
    found: list[Problem] = []
    if not (said.inquorate_because or "").strip():
        words = f"There was no quorum at that moment: {missing} missing."
        found.append(Problem(f"{path}.inquorateBecause", "no_quorum", words, "Say why it was decided all the same."))
    if said.follow_up_on is None or said.follow_up_on < london_date(said.decided_at):
        remedy = "Give a day from the decision on."
        found.append(Problem(f"{path}.followUpOn", "no_quorum", "It has to be taken up again.", remedy))
    return Invalid(tuple(found)) if found else None


def _judgement(view: MeetingView, said: Decision | Referral) -> Judgement | None:
    standing = [one.content for one in view.entries if not one.is_withdrawn]
    briefs = [one for one in standing if isinstance(one, Brief)]
    if not briefs:
        return None
    quorum = regimes.quorum(briefs[-1].meeting, london_date(view.arrangement.starts_at), view.nation)
    return judge(quorum, [one for one in standing if isinstance(one, Attendance)], said.decided_at)


def _entry(view: MeetingView, entry: UUID | None) -> EntryView | None:
    return next((one for one in view.entries if one.id == entry), None)
