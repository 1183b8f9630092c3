"""Who could see what of a record at a moment, and why: enforced, from the ledger; possible, from dated rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from policies.actor import Actor
from policies.past import grant_row, table_of
from policies.table import Table
from policies.vocabulary import AccessLevel, Action, DataGroup, Function, Relation
from services import gate
from services.access import store
from services.access.views import AbilityView, AccessThenView, LookedAtView, LookView
from services.cases.access import access_view
from services.cases.access_views import Verdict
from services.clocks.london_time import NoSuchTimeError, instant
from services.errors import Invalid, NotFound, Problem
from services.tools import Reading

NOBODY = UUID(int=0)
Policies = Mapping[str, Table | None]


@dataclass(frozen=True, slots=True)
class Question:
    """Whose access to which record, and when as it was written; None: now."""

    person: UUID
    lookup: str
    at: str | None


async def access_of(reading: Reading, question: Question) -> AccessThenView | NotFound | Invalid:
    """For a governance officer, of a person of their own agency and a record that it has or had to do with."""
    moment = _moment(question.at, reading.now)
    if isinstance(moment, Invalid):
        return moment
    row = await store.access_then(reading, question.lookup, question.person, moment)
    if row is None:
        return NotFound()
    policies = await _policies(reading, row)
    return AccessThenView(
        reference=row["reference"],
        person=row["person"],
        at=moment,
        enforced=tuple(_look(line, policies) for line in row["looks"]),
        possible=tuple(_ability(question.person, ability, policies) for ability in row["abilities"]),
    )


def _moment(written: str | None, now: datetime) -> datetime | Invalid:
    if written is None:
        return now
    try:
        moment = instant(written)
    except NoSuchTimeError as problem:
        remedy = "Send a time such as 2026-05-22T23:59: London's, unless a zone follows."
        return Invalid((Problem("at", "wrong_shape", str(problem), remedy),))
    if moment > now:
        remedy = "Ask about now or a time that is over; leave it out to ask about now."
        return Invalid((Problem("at", "in_future", "Nobody knows yet who will be able to see what.", remedy),))
    return moment


async def _policies(reading: Reading, row: RowMapping) -> Policies:
    """The table of each version that is needed; None for today's, which is at hand."""
    needed = {line["policy_version"] for line in row["looks"]} | {ability["policy"] for ability in row["abilities"]}
    found: dict[str, Table | None] = {}
    for version in needed - {None}:
        is_current = version == reading.policy_version
        found[version] = None if is_current else table_of(map(grant_row, await store.rules(reading, version)))
    return found


def _ability(person: UUID, found: Mapping[str, Any], policies: Policies) -> AbilityView:
    function, level = Function(found["function"]), AccessLevel(found["level"])
    actor = Actor(NOBODY, person, NOBODY, function, level)
    facts = [gate.record_facts(NOBODY, found["classes"], standing) for standing in found["standings"]]
    known = found["policy"] is not None and bool(facts)
    sights = gate.explain_past(policies[found["policy"]], actor, facts) if known else ()
    recorded = {
        sight.group
        for sight in sights
        if sight.group in found["summarised" if sight.action is Action.SUMMARY else "recorded"]
    }
    relations = {fact.relation for fact in facts}
    ways = [standing["way"] for standing in found["standings"]]
    return AbilityView(
        function, level, found["policy"], access_view(sights, relations, recorded, ways) if sights else None
    )


def _look(line: Mapping[str, Any], policies: Policies) -> LookView:
    in_part = {part.partition(":")[0] for part in (*line["pins"], *line["items"])}  # a version, or single entries
    given = [
        *_given(line, in_part | set(line["groups"]), Action.SEE, policies),
        *_given(line, line["summaries"], Action.SUMMARY, policies),
    ]
    return LookView(
        at=datetime.fromisoformat(line["at"]),
        act=line["act"],
        was_refused=line["verdict"] == "refused",
        function=Function(line["function"]),
        access_level=AccessLevel(line["access_level"]),
        policy_version=line["policy_version"],
        groups=tuple(given),
    )


def _given(
    line: Mapping[str, Any], groups: Iterable[str], action: Action, policies: Policies
) -> Iterable[LookedAtView]:
    verdict = Verdict.WHOLE if action is Action.SEE else Verdict.SUMMARY
    function, level = Function(line["function"]), AccessLevel(line["access_level"])
    for group in sorted(map(DataGroup, groups)):
        cells = [(function, Relation(relation), level, group, action) for relation in line["relations"]]
        yield LookedAtView(
            group, verdict, gate.rules_that_opened(policies[line["policy_version"]], cells, set(line["rules"]))
        )
