"""One wall of the two taken down, on the real way of an answer, so that what the other one hides can be seen alone."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import pytest

from policies import engine
from policies.permit import Permit
from policies.vocabulary import Action, DataGroup
from services import gate, ledger
from services.cases import queries
from services.cases.disclosure import record_view
from services.cases.store import reads
from services.cases.views import RecordView
from services.gate import Admission
from services.meetings.asking import lookup as meeting_lookup
from services.tools import Reading
from tests.noninterference.sharing_plants import rewritten
from tests.services.database.raw import guarded_tables
from tests.services.database.test_locks import forged
from tests.world.platform import Platform

RECORDS = "SELECT id, kind, reference FROM record"
EVERYBODYS = "i.agency_id = me.agency_id AND i.function = me.function\n      AND"
LISTED = "AND is_listed(i, people, teams, known, me)\n"
FINDS = {
    "where_attachment(uuid)": " AND known_to_me(a.record_id)",
    "where_letter(uuid)": " AND known_to_me(l.record_id)",
    "case_of_notification(uuid)": " AND l.agency_id = my_agency() AND l.function = my_function()",
    "my_links(uuid, uuid, integer)": " AND is_listed(i, people, teams, known, me)",
}
MEETINGS = "SELECT id, record_id FROM meeting"
ITEMS = "SELECT id FROM meeting UNION ALL SELECT id FROM meeting_part"


async def lists_hold_everybodys_records(platform: Platform) -> None:
    """The agency's worklist no longer asks whose records these are."""
    function = "agency_records(text, timestamptz, uuid, integer)"
    await rewritten(platform, function, EVERYBODYS, "")
    await rewritten(platform, function, LISTED, "\n")


async def finding_asks_nobody(platform: Platform) -> None:
    """What finds the record of a file, a letter or a link no longer asks who wants to know."""
    for function, asks in FINDS.items():
        await rewritten(platform, function, asks, "")
    await rewritten(
        platform, "my_links(uuid, uuid, integer)", "i.agency_id = me.agency_id AND i.function = me.function AND ", ""
    )


async def without_row_security(platform: Platform, patch: pytest.MonkeyPatch) -> None:
    """The database hands out every row and opens every group of every record; the rules in Python decide alone."""
    for table in await guarded_tables(platform.admin):
        await platform.admin.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    await lists_hold_everybodys_records(platform)
    await finding_asks_nobody(platform)
    admit = "admit(text[], text[], text, text[])"
    await rewritten(platform, admit, "coalesce('core' = ANY (o.see), false) AS known", "k.id IS NOT NULL AS known")
    await rewritten(
        platform, admit, "coalesce('core' = ANY (o.see) AND the_act = ANY (o.acts), false) AS acts", "true AS acts"
    )
    await rewritten(platform, admit, "WHERE v.acts AND g = ANY (v.see) ORDER BY g) AS groups", "ORDER BY g) AS groups")

    async def look(reading: Reading, lookups: Sequence[str], asked: Iterable[DataGroup]) -> dict[str, Admission]:
        wanted = frozenset(part for part in asked if isinstance(part, DataGroup))
        found = {}
        for row in await ledger.admit(reading, lookups, wanted - gate.CORE, Action.SEE, ()):
            facts = tuple(
                gate.record_facts(row["record_id"], row["classes"], standing) for standing in row["standings"] or ()
            )
            permit = engine.permit(reading.actor, facts, wanted | gate.CORE, Action.SEE)
            if permit is not None:
                refused = wanted - permit.see - permit.summary
                found[row["looked_up"]] = Admission(row["looked_up"], row["record_id"], row["kind"], permit, refused)
        return found

    patch.setattr(gate, "look", look)


async def without_permits(platform: Platform, patch: pytest.MonkeyPatch) -> None:
    """The services hold a permit for every group of every record, for every meeting and each part of one, and ask for
    all of it; row security decides alone."""
    ids = await _lookups(platform)
    items = {DataGroup.STRATEGY_MINUTES: frozenset(row["id"] for row in await platform.admin.fetch(ITEMS))}
    await lists_hold_everybodys_records(platform)
    await finding_asks_nobody(platform)

    async def look(reading: Reading, lookups: Sequence[str], asked: Iterable[DataGroup]) -> dict[str, Admission]:
        wanted = frozenset(part for part in asked if isinstance(part, DataGroup))
        await ledger.admit(reading, lookups, wanted - gate.CORE, Action.SEE, ())
        known = {
            lookup: ids[lookup.upper() if lookup.upper() in ids else lookup] for lookup in lookups if _in(ids, lookup)
        }
        permits = {record: _forged(reading, record, items) for record, _ in known.values()}
        return {
            lookup: Admission(lookup, record, kind, permits[record], frozenset())
            for lookup, (record, kind) in known.items()
        }

    async def many(reading: Reading, lookups: Sequence[str], asked: Iterable[DataGroup]) -> dict[str, RecordView]:
        wanted = frozenset(part for part in asked if isinstance(part, DataGroup))
        admissions = await look(reading, lookups, wanted)
        permits = {admission.record_id: admission.permit for admission in admissions.values()}
        found = {row["id"]: row for row in await reads.read(reading, list(permits.values()))}
        return {
            lookup: record_view(found[admission.record_id], admission, wanted)
            for lookup, admission in admissions.items()
            if admission.record_id in found
        }

    patch.setattr(gate, "look", look)
    patch.setattr(queries, "many", many)


async def _lookups(platform: Platform) -> dict[str, tuple[UUID, str]]:
    """Every record and its kind by whatever it may be looked up by."""
    rows = await platform.admin.fetch(RECORDS)
    ids = {name: (row["id"], row["kind"]) for row in rows for name in (str(row["id"]), row["reference"])}
    held = await platform.admin.fetch(MEETINGS)
    return ids | {meeting_lookup(row["id"]): (row["record_id"], "case") for row in held}


def _forged(reading: Reading, record: UUID, items: Mapping[DataGroup, frozenset[UUID]]) -> Permit:
    permit = forged(reading, record, list(DataGroup))
    object.__setattr__(permit, "items", items)
    return permit


def _in(ids: Mapping[str, object], lookup: str) -> bool:
    return lookup in ids or lookup.upper() in ids


async def with_both(_: Platform, __: pytest.MonkeyPatch) -> None:
    """As it is served."""


WALLS = {"both walls": with_both, "row security alone": without_permits, "the permit alone": without_row_security}
