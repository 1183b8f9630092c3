"""The doors to what hangs on records: what is asked at each, by which words an answer shows a thing, and who may be
shown it, said from the rules' cells and the rows themselves."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import asyncpg

from tests.noninterference.hung_on import Hung
from tests.noninterference.scene import Reader, Sight
from tests.noninterference.side import Ask
from tests.noninterference.values import public

May = Callable[[Reader], bool]
PLACES = "SELECT m.subject, m.agency_id FROM member m WHERE m.subject = ANY ($1)"
LINKER = "SELECT agency_id, function FROM notification_link"
TOLD = "SELECT reference, agency_id, function FROM notice WHERE record_id = $1 ORDER BY created_at, id"
OF_RECORDS = "SELECT id, reference FROM record WHERE id = ANY ($1)"
MINUTES_OF: Final = "id entries { id } parts { id }"


@dataclass(frozen=True)
class Question:
    """What is asked at one door: a field of Query or a path. `marks`: how its answer shows each thing; None: by being
    an answer at all. `at_most`: not everybody who may see it is shown it here, because the door asks for more."""

    door: str
    text: str
    marks: Mapping[str, str | None]
    at_most: bool = False

    @property
    def is_field(self) -> bool:
        """Whether it is asked within a document."""
        return not self.door.startswith("GET ")


def document(questions: Sequence[Question]) -> Ask:
    """All of these fields of Query at once."""
    fields = " ".join(f"q{number}: {question.text}" for number, question in enumerate(questions))
    return Ask("fields", json.dumps({"query": f"{{ {fields} }}"}).encode())


@dataclass(frozen=True)
class Beside:
    """What hangs on which records, and who may be shown what."""

    hung: Hung
    references: Mapping[str, str]
    notice: str
    may: Mapping[str, May]
    by_permit: Mapping[str, May]
    """Where a Permit says less than both walls: who of those that read the group is meant, row security alone knows."""

    def questions(self) -> Iterator[Question]:
        """Everything that is asked of everybody."""
        yield from _in_graphql(self)
        yield from _over_http(self.hung)


async def beside(admin: asyncpg.Connection, hung: Hung, sight: Mapping[Reader, Sight]) -> Beside:
    """Said of this copy of the scene."""
    agencies = {
        row["subject"]: row["agency_id"] for row in await admin.fetch(PLACES, ["wyp-1", "wyp-3", "lcc-1", "ess-1"])
    }
    police, detectives = (agencies["wyp-1"], "first_responder"), (agencies["wyp-3"], "investigating_police")
    council, surgery = (agencies["lcc-1"], "childrens_services"), (agencies["ess-1"], "health")
    linker = {tuple(row) for row in await admin.fetch(LINKER)}
    told = await admin.fetchrow(TOLD, hung.records["case"])
    assert told is not None
    rows = await admin.fetch(OF_RECORDS, list(hung.records.values()))
    references = {name: row["reference"] for name, kept in hung.records.items() for row in rows if row["id"] == kept}

    def whole(name: str, group: str) -> May:
        return lambda reader: any(cell[:3] == (hung.records[name], group, "see") for cell in sight[reader])

    def at(*places: tuple[UUID, str]) -> May:
        return lambda reader: (reader.agency, reader.function) in places

    met = whole("met", "strategy_minutes")
    of_part, asks = _each(met, at(council, surgery)), whole("met", "information_requests")
    both = _each(whole("case", "core"), whole("linked", "core"))
    linked = _each(whole("notification", "core"), whole("case", "core"))

    def in_hand(reader: Reader) -> bool:
        return any(cell[0] == hung.records["case"] and cell[1] != "core" for cell in sight[reader])

    def decides(reader: Reader) -> bool:
        return reader.function == "decision_maker"

    def keeps_drafts(reader: Reader) -> bool:
        return reader.level in ("practitioner", "approver")

    def bars(reader: Reader) -> bool:
        return reader.oversees or (hung.records["case"], "core", "bar.set", None) in sight[reader]

    may = {
        "a file of evidence": whole("case", "evidence"),
        "a file of health": whole("case", "health"),
        "a letter, person": whole("case", "decisions"),
        "a letter, first_responder": _each(whole("case", "decisions"), _either(decides, at(police))),
        "a link": both,
        "a possible duplicate": _each(whole("case", "identity"), whole("linked", "identity")),
        "an entry under a caveat": _each(in_hand, at(detectives)),
        "a notification's case": _each(linked, at(*linker)),
        "a meeting": met,
        "an action": met,
        "an invitation": _each(met, _either(at(council), at(surgery))),
        "a closed part": of_part,
        "an action of a closed part": of_part,
        "an action to follow": _each(met, at(council)),
        "an action to follow of a closed part": _each(met, at(council)),
        "a request asked": _each(asks, at(council)),
        "a request to answer": _each(asks, at(surgery)),
        "a draft": _each(keeps_drafts, at(police)),
        "a draft's file": _each(keeps_drafts, at(police)),
        "limits of access": bars,
        "a notice": _each(whole("case", "core"), at((told["agency_id"], told["function"]))),
    }
    by_permit = may | {
        "a letter, first_responder": may["a letter, person"],
        "a notification's case": linked,
    }
    return Beside(hung, references, told["reference"], may, by_permit)


def _in_graphql(known: Beside) -> Iterator[Question]:
    things, case = known.hung.things, known.hung.case("case")
    minutes = ("a meeting", "a closed part", "an action", "an action of a closed part")
    in_minutes = {name: things[name] for name in minutes}
    meeting, draft = json.dumps(things["a meeting"]), json.dumps(things["a draft"])
    yield Question("meeting", f"meeting(id: {meeting}) {{ {MINUTES_OF} }}", in_minutes)
    yield Question("node", f"node(id: {meeting}) {{ ... on Meeting {{ {MINUTES_OF} }} }}", in_minutes)
    actions = {
        "an action to follow": things["an action"],
        "an action to follow of a closed part": things["an action of a closed part"],
    }
    yield Question("openActions", "openActions(scope: AGENCY, first: 50) { edges { node { id } } }", actions)
    asks = "informationRequests(side: %s, scope: AGENCY, first: 50) { edges { node { request { id } } } }"
    yield Question("informationRequests", asks % "ASKED", {"a request asked": things["a request"]})
    yield Question("informationRequests", asks % "TO_ANSWER", {"a request to answer": things["a request"]})
    files = {name: things[name] for name in ("a file of evidence", "a file of health")}
    yield Question("caseFiles", f'caseFiles(caseId: "{case}") {{ groups {{ group files {{ id }} }} }}', files)
    links = {"a link": things["a link"]}
    yield Question("caseLinks", "caseLinks(first: 50) { id }", links)
    yield Question("caseLinks", f'caseLinks(caseId: "{case}", first: 50) {{ id }}', links)
    alike = {"a possible duplicate": known.references["linked"]}
    twins = f'possibleDuplicates(caseId: "{case}", first: 50) {{ cases {{ reference }} }}'
    yield Question("possibleDuplicates", twins, alike, at_most=True)
    notification = public("DutyToNotifyRecord", known.hung.records["notification"])
    of = f'notificationLink(notificationId: "{notification}") {{ link {{ case }} case {{ reference }} }}'
    yield Question("notificationLink", of, {"a notification's case": known.references["case"]})
    kept = {"an entry under a caveat": things["an entry under a caveat"]}
    entries = f'caveatedEntries(caseId: "{case}", first: 50) {{ edges {{ node {{ id }} }} }}'
    yield Question("caveatedEntries", entries, kept)
    drafts = {name: things[name] for name in ("a draft", "a draft's file")}
    yield Question("drafts", "drafts { id files { id } }", drafts)
    yield Question("draft", f"draft(id: {draft}) {{ id files {{ id }} }}", drafts)
    limits = f'accessLimits(reference: "{known.references["case"]}") {{ recordReference }}'
    yield Question("accessLimits", limits, {"limits of access": known.references["case"]}, at_most=True)
    notice = f'notice(reference: "{known.notice}") {{ record {{ ... on Case {{ reference }} }} }}'
    yield Question("notice", notice, {"a notice": known.references["case"]}, at_most=True)


def _over_http(hung: Hung) -> Iterator[Question]:
    things, case = hung.things, hung.case("case")
    page: dict[str, str | None] = {"a meeting": None}
    yield _got("/minutes/{meeting}", f"/minutes/{things['a meeting']}", page)
    yield _got("/minutes/{meeting}.pdf", f"/minutes/{things['a meeting']}.pdf", page)
    invitation = f"/meetings/{things['a meeting']}/{things['an invitation']}.ics"
    yield _got("/meetings/{meeting}/{invitation}.ics", invitation, {"an invitation": None})
    letters = ("a letter, person", "a letter, first_responder")
    yield _got("/cases/{case}/letters", f"/cases/{case}/letters", {name: things[name] for name in letters})
    for name in letters:
        yield _got("/letters/{letter}.pdf", f"/letters/{things[name]}.pdf", {name: None})
    to_post = f"/letters/{things[letters[0]]}/to-post.pdf"
    yield _got("/letters/{letter}/to-post.pdf", to_post, {letters[0]: None})
    for group in ("evidence", "health"):
        file = f"a file of {group}"
        listed = f"/cases/{case}/attachments/{group}"
        yield _got("/cases/{case}/attachments/{group}", listed, {file: things[file]})
        yield _got("/attachments/{attachment}", f"/attachments/{things[file]}", {file: None})
    name = "a draft's file"
    files = {name: things[name]}
    yield _got("/drafts/{draft}/files", f"/drafts/{things['a draft']}/files", files)
    yield _got("/draft-files/{file}", f"/draft-files/{files[name]}", {name: None})


def _got(door: str, path: str, marks: Mapping[str, str | None]) -> Question:
    return Question(f"GET {door}", path, marks)


def _each(*rules: May) -> May:
    return lambda reader: all(rule(reader) for rule in rules)


def _either(*rules: May) -> May:
    return lambda reader: any(rule(reader) for rule in rules)
