"""The doors to what hangs on records: what is asked at each, by which words an answer shows a thing, and who may be
shown it, said from the rules' cells and the rows themselves."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import asyncpg

from tests.noninterference.hung_on import Hung
from tests.noninterference.scene import Reader, Sight
from tests.noninterference.side import Ask
from tests.noninterference.values import public

May = Callable[[Reader], bool]
PLACES = "SELECT subject, agency_id FROM member WHERE subject IS NOT NULL"
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
        yield from _of_minutes(self.hung)
        yield from _in_graphql(self)
        yield from _over_http(self.hung)


@dataclass(frozen=True)
class Facts:
    """What rules are said from: the cells of each reader, the records, and where people work."""

    records: Mapping[str, UUID]
    sight: Mapping[Reader, Sight]
    agencies: Mapping[str, UUID]

    def whole(self, name: str, group: str) -> May:
        """Whether the group of this record is open."""
        return lambda reader: any(cell[:3] == (self.records[name], group, "see") for cell in self.sight[reader])

    def at(self, subject: str, function: str) -> May:
        """Whether somebody acts for this person's agency in this function."""
        return lambda reader: (reader.agency, reader.function) == (self.agencies[subject], function)

    def in_hand(self, reader: Reader) -> bool:
        """Whether more of the case is open than that it is there."""
        return any(cell[0] == self.records["case"] and cell[1] != "core" for cell in self.sight[reader])

    def keeps_others_out(self, reader: Reader) -> bool:
        """Whether somebody may say who is kept from the case, or oversees who does."""
        return reader.oversees or (self.records["case"], "core", "bar.set", None) in self.sight[reader]


def _decides(reader: Reader) -> bool:
    return reader.function == "decision_maker"


def _keeps_drafts(reader: Reader) -> bool:
    return reader.level in ("practitioner", "approver")


async def beside(admin: asyncpg.Connection, hung: Hung, sight: Mapping[Reader, Sight]) -> Beside:
    """Said of this copy of the scene."""
    agencies = {row["subject"]: row["agency_id"] for row in await admin.fetch(PLACES)}
    facts = Facts(hung.records, sight, agencies)
    rows = await admin.fetch(OF_RECORDS, list(hung.records.values()))
    references = {name: row["reference"] for name, kept in hung.records.items() for row in rows if row["id"] == kept}
    told = await admin.fetchrow(TOLD, hung.records["case"])
    assert told is not None
    linker = await admin.fetchrow(LINKER)
    assert linker is not None
    both_known = _each(facts.whole("notification", "core"), facts.whole("case", "core"))
    may = _of_a_case(facts) | _of_a_meeting(facts)
    may["a notification's case"] = _each(both_known, _at(linker))
    may["a notice"] = _each(facts.whole("case", "core"), _at(told))
    coarser = {"a letter, first_responder": may["a letter, person"], "a notification's case": both_known}
    return Beside(hung, references, told["reference"], may, may | coarser)


def _of_a_case(facts: Facts) -> dict[str, May]:
    police, decisions = facts.at("wyp-1", "first_responder"), facts.whole("case", "decisions")
    return {
        "a file of evidence": facts.whole("case", "evidence"),
        "a file of health": facts.whole("case", "health"),
        "a letter, person": decisions,
        "a letter, first_responder": _each(decisions, _either(_decides, police)),
        "a link": _each(facts.whole("case", "core"), facts.whole("linked", "core")),
        "a possible duplicate": _each(facts.whole("case", "identity"), facts.whole("linked", "identity")),
        "an entry under a caveat": _each(facts.in_hand, police),
        "a draft": _each(_keeps_drafts, police),
        "a draft's file": _each(_keeps_drafts, police),
        "limits of access": facts.keeps_others_out,
    }


def _of_a_meeting(facts: Facts) -> dict[str, May]:
    met, asks = facts.whole("met", "strategy_minutes"), facts.whole("met", "information_requests")
    council, surgery = facts.at("lcc-1", "childrens_services"), facts.at("ess-1", "health")
    of_part = _each(met, _either(council, surgery))
    return {
        "a meeting": met,
        "an action": met,
        "an invitation": _each(met, _either(council, surgery)),
        "a closed part": of_part,
        "an action of a closed part": of_part,
        "an action to follow": _each(met, council),
        "an action to follow of a closed part": _each(met, council),
        "a request asked": _each(asks, council),
        "a request to answer": _each(asks, surgery),
    }


def _of_minutes(hung: Hung) -> Iterator[Question]:
    things = hung.things
    minutes = ("a meeting", "a closed part", "an action", "an action of a closed part")
    in_minutes = {name: things[name] for name in minutes}
    meeting = json.dumps(things["a meeting"])
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


def _in_graphql(known: Beside) -> Iterator[Question]:
    things, case = known.hung.things, known.hung.case("case")
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
    yield Question("draft", f'draft(id: "{things["a draft"]}") {{ id files {{ id }} }}', drafts)
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


def _at(row: Mapping[str, Any]) -> May:
    return lambda reader: (reader.agency, reader.function) == (row["agency_id"], row["function"])
