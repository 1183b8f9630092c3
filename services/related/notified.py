"""Saying by a person's own consent that a notification was about them; whoever reads one of the two never learns it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from policies.vocabulary import Action
from services import gate
from services.cases import queries as cases
from services.cases.views import AskedPart, RecordView
from services.clocks.rules import london_date
from services.errors import Conflict, Invalid, NotFound, Problem, WorkProblem
from services.once import Intent, key_problem, once
from services.regimes.words import StatementForm
from services.related import notified_store
from services.tools import Reading

LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Notified:
    """Which notification was about the person of which case, and how that person agreed that this is known."""

    notification: str
    case: str
    form: StatementForm
    said_on: date
    heard_by: str


@dataclass(frozen=True, slots=True)
class NotifiedView:
    """The same as it is kept, by references."""

    notification: str
    case: str
    form: StatementForm
    said_on: date
    heard_by: str
    linked_at: datetime


@dataclass(frozen=True, slots=True)
class LinkedView:
    """A link with both of its records, as whoever made it sees them."""

    link: NotifiedView
    notification: RecordView
    case: RecordView


async def link(reading: Reading, key: str, said: Notified, content: Mapping[str, Any]) -> UUID | WorkProblem:
    """Link the two, once and for good; the notification's id."""
    wrong = tuple(_wrong(said, london_date(reading.now)))
    problem = key_problem(key) or (Invalid(wrong) if wrong else None)
    if problem:
        return problem
    intent = Intent(Action.DUTY_TO_NOTIFY_LINK, key, content, (said.notification, said.case))
    return await once(reading, intent, lambda: _link(reading, said))


async def read(reading: Reading, notification: UUID) -> NotifiedView | None:
    """What was said of that notification in this operation."""
    row = await notified_store.read(reading, notification)
    if row is None:
        return None
    form = StatementForm(row["form"])
    return NotifiedView(row["notification"], row["case"], form, row["said_on"], row["heard_by"], row["linked_at"])


async def of(
    reading: Reading, notification: UUID, asked_of_it: Iterable[AskedPart], asked_of_case: Iterable[AskedPart]
) -> LinkedView | None:
    """Of whom a notification spoke, for the agency's function that said so; each of the two records is a look."""
    found = await notified_store.case_of(reading, notification)
    if found is None:
        return None
    record = await cases.one(reading, str(notification), asked_of_it, "duty_to_notify")
    case = await cases.one(reading, str(found), asked_of_case)
    said = await read(reading, notification)
    return LinkedView(said, record, case) if record and case and said else None


def _wrong(said: Notified, today: date) -> Iterator[Problem]:
    if not said.heard_by.strip():
        yield Problem("consent.heardBy", "required", "Somebody heard or read that the person agrees.", "Name them.")
    if len(said.heard_by) > LONGEST_NAME:
        yield Problem("consent.heardBy", "too_long", f"At most {LONGEST_NAME} characters.", "Say it shorter.")
    if said.said_on > today:
        yield Problem("consent.saidOn", "to_come", "Nobody has said so yet.", "Give the day on which it was said.")


async def _link(reading: Reading, said: Notified) -> UUID | WorkProblem:
    admitted = await gate.ask_each(reading, Action.DUTY_TO_NOTIFY_LINK, (said.notification, said.case))
    if not isinstance(admitted, dict):
        return admitted
    notification, case = admitted[said.notification], admitted[said.case]
    if (notification.kind, case.kind) != ("duty_to_notify", "case"):
        return NotFound()
    made = await notified_store.link(
        reading, notification.record_id, case.record_id, said.form.value, said.said_on, said.heard_by.strip()
    )
    if not made:
        message = "This notification was linked before: it speaks of one person."
        return Conflict("LINKED_ALREADY", message, "Leave it as it is.")
    return notification.record_id
