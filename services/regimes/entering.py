"""What may be entered as a regime row of a day to come: a line of one of the tables that fits all the others."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import EnumType, StrEnum
from types import MappingProxyType, NoneType
from typing import Any, Final, get_args, get_type_hints

from services.errors import Invalid, Problem
from services.regimes import next_rows, routing_rows, row_types
from services.regimes.entered import ENTERED, EnteredRow, entered_row
from services.regimes.loading import load
from services.regimes.reading import RowsAreWrongError, parsed, read_value
from services.regimes.row_types import RegimeRow
from services.regimes.words import Status

LONGEST_TEXT: Final = 500


class RegimeTable(StrEnum):
    """The tables whose rows may be entered. Authorities are agencies: they are brought in as such."""

    COMPETENT_AUTHORITIES = "competent_authorities"
    CLOCK_DEFINITIONS = "clock_definitions"
    DECISION_TESTS = "decision_tests"
    QUORUMS = "quorums"
    MEETING_NAMES = "meeting_names"
    SIGN_OFF_PERIODS = "sign_off_periods"
    EXTENSION_LIMITS = "extension_limits"
    ACCEPTED_STATEMENTS = "accepted_statements"
    RECONSIDERATION_ASKERS = "reconsideration_askers"
    DUTY_TO_NOTIFY = "duty_to_notify"
    DISQUALIFICATION_GROUNDS = "disqualification_grounds"
    LEAVE_QUESTIONS = "leave_questions"
    LEAVE_GROUNDS = "leave_grounds"
    RETURN_SCHEMES = "return_schemes"
    EEA_NATIONALITIES = "eea_nationalities"
    BRITISH_NATIONALITIES = "british_nationalities"
    REMITS = "remits"
    PILOT_AREAS = "pilot_areas"
    PANELS = "panels"


ROW_TYPES: Final[Mapping[RegimeTable, type[RegimeRow]]] = MappingProxyType(
    {
        RegimeTable.COMPETENT_AUTHORITIES: row_types.AuthorityRow,
        RegimeTable.CLOCK_DEFINITIONS: row_types.ClockDefinition,
        RegimeTable.DECISION_TESTS: row_types.DecisionTest,
        RegimeTable.QUORUMS: row_types.Quorum,
        RegimeTable.MEETING_NAMES: row_types.MeetingName,
        RegimeTable.SIGN_OFF_PERIODS: row_types.SignOffPeriod,
        RegimeTable.EXTENSION_LIMITS: row_types.ExtensionLimit,
        RegimeTable.ACCEPTED_STATEMENTS: row_types.AcceptedStatement,
        RegimeTable.RECONSIDERATION_ASKERS: row_types.ReconsiderationAsker,
        RegimeTable.DUTY_TO_NOTIFY: row_types.DutyRow,
        RegimeTable.DISQUALIFICATION_GROUNDS: row_types.DisqualificationRow,
        RegimeTable.LEAVE_QUESTIONS: next_rows.LeaveQuestion,
        RegimeTable.LEAVE_GROUNDS: next_rows.LeaveRow,
        RegimeTable.RETURN_SCHEMES: next_rows.ReturnScheme,
        RegimeTable.EEA_NATIONALITIES: next_rows.EeaNationality,
        RegimeTable.BRITISH_NATIONALITIES: next_rows.BritishNationality,
        RegimeTable.REMITS: routing_rows.RemitRow,
        RegimeTable.PILOT_AREAS: routing_rows.PilotArea,
        RegimeTable.PANELS: routing_rows.PanelRow,
    }
)
COMMON: Final = frozenset(field.name for field in fields(RegimeRow))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRow:
    """A row as somebody proposes it: its columns by name, each as the table writes it."""

    table: RegimeTable
    since: date
    columns: Sequence[tuple[str, str]]
    source: str
    status: Status
    note: str | None


def content_of(row: NewRow, entered: Sequence[EnteredRow]) -> Mapping[str, Any] | Invalid:
    """What is kept of the row, with its id; or everything that is wrong with it."""
    problems = tuple(_problems(row))
    if problems:
        return Invalid(problems)
    given = dict(row.columns)
    content: dict[str, Any] = {
        "table": row.table.value,
        "row": "new",
        "valid_from": row.since.isoformat(),
        "columns": {name: given.get(name, "") for name in _columns(row.table)},
        "source": row.source.strip(),
        "status": row.status.value,
        "note": (row.note or "").strip(),
    }
    try:
        key = parsed("This row", ROW_TYPES[row.table], entered_row(content).columns).key
        content["row"] = _row_id("-".join((row.table, *key, content["valid_from"])), entered)
        load(entered=sorted((*entered, entered_row(content)), key=lambda each: each.columns["valid_from"]))
    except RowsAreWrongError as error:
        return does_not_fit(error)
    return content


def _row_id(about: str, entered: Sequence[EnteredRow]) -> str:
    """What it is about and when; the second one for the same day is called so."""
    name = ENTERED + re.sub(r"[^a-z0-9]+", "-", about.lower())
    again = sum(re.fullmatch(rf"{name}(-\d+)?", each.columns["row"]) is not None for each in entered)
    return f"{name}-{again + 1}" if again else name


def does_not_fit(error: RowsAreWrongError) -> Invalid:
    """The row contradicts itself or others; the loader's own words say which."""
    message = f"This row does not fit: {error}."
    return Invalid((Problem("columns", "does_not_fit", message, "Correct its columns or its first day."),))


def _problems(row: NewRow) -> Iterator[Problem]:
    columns = _columns(row.table)
    names = [name for name, _ in row.columns]
    for name, text in row.columns:
        yield from _column_problems(columns, name, text)
    for name in columns:
        if names.count(name) > 1:
            yield Problem(f"columns.{name}", "repeated", "This column stands here twice.", "Give each column once.")
        if name not in names and NoneType not in get_args(columns[name]):
            yield Problem(f"columns.{name}", "required", "This column is missing.", _advice(columns[name]))
    for name, text in (("source", row.source), ("note", row.note or "-")):
        if not _is_text(text.strip()):
            yield Problem(name, "length", f"This has 1 to {LONGEST_TEXT} characters.", "Name the public document.")
    if row.status is Status.SEED:
        yield Problem(
            "status", "not_here", "No page that the project began with speaks of it.", "Say found or unverified."
        )


def _column_problems(columns: Mapping[str, Any], name: str, text: str) -> Iterator[Problem]:
    if name not in columns:
        known = f"This table has {', '.join(columns)}."
        yield Problem("columns", "unknown", "There is no column of this name.", known)
    elif not _is_text(text):
        yield Problem(f"columns.{name}", "length", f"This has 1 to {LONGEST_TEXT} characters.", "Write it again.")
    elif not _fits(columns[name], text):
        yield Problem(f"columns.{name}", "word", "This is no value of this column.", _advice(columns[name]))


def _columns(table: RegimeTable) -> dict[str, Any]:
    """The table's own columns with what each holds, in the order of its type."""
    row_type = ROW_TYPES[table]
    hints = get_type_hints(row_type)
    return {field.name: hints[field.name] for field in fields(row_type) if field.name not in COMMON}


def _is_text(text: str) -> bool:
    return 0 < len(text) <= LONGEST_TEXT and text.isprintable() and text == text.strip()


def _fits(hint: Any, text: str) -> bool:
    try:
        read_value(hint, text)
    except ValueError:
        return False
    return True


def _advice(hint: Any) -> str:
    kind = next(kind for kind in (get_args(hint) or (hint,)) if kind is not NoneType)
    if isinstance(kind, EnumType):
        return f"One of: {', '.join(each.value for each in list[Any](kind))}."
    if kind is int:
        return "A whole number."
    if kind is str:
        return "In words."
    base: Any = next(base for base in kind.__orig_bases__ if get_args(base))
    (words,) = get_args(base)
    return f"Some of these with | between them: {', '.join(each.value for each in words)}."
