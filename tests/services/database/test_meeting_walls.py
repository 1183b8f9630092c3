"""Row security alone over strategy meetings: item by item, and nobody writes but through the gatekeeper."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from schema.node import global_id
from services.database.engine import APPLICATION_LIMITS
from services.meetings.queries import OVERLAP
from services.meetings.store import reads
from tests.services.database.raw import admit, refused, transaction
from tests.services.database.test_locks import forged
from tests.services.database.test_statement_count import counting
from tests.services.database.world import World
from tests.world.meetings import READ, arrangement, convened, invitee, opened, write
from tests.world.stories import raw_id

pytestmark = pytest.mark.anyio

GROUP = ["strategy_minutes"]
TABLES = (
    "meeting", "meeting_arrangement", "meeting_part", "meeting_invitation", "invitation_answer", "meeting_entry",
    "meeting_entry_version", "meeting_action", "meeting_distribution", "action_report", "action_charge",
)  # fmt: skip
WRITES = {
    "convene": "SELECT convene_meeting($1, gen_random_uuid(), 'england', '{}')",
    "open": "SELECT open_meeting($2)",
    "cancel": "SELECT cancel_meeting($2, 'because')",
    "invite": "SELECT invite_to_meeting($2, my_agency(), my_function(), 'me', false, 'p', 'b')",
    "decide": "SELECT write_meeting_entry($3, NULL, 'decision', 0, '{}', false)",
    "remind": "SELECT remind_of_actions(1)",
    "note": "SELECT write_meeting_entry($3, NULL, 'note', 0, '{}', false)",
}
ACTS = ("meeting.convene", "meeting.record", "invitation.answer", "case.assign")


async def a_meeting(world: World, *, is_open: bool) -> tuple[UUID, UUID, UUID]:
    """Record, meeting and open part; the surgery is invited, with a note in the record."""
    worker = world.person("lcc-1")
    record = world.records["concern"]
    reference = await world.platform.admin.fetchval("SELECT reference FROM record WHERE id = $1", record)
    case = (await worker.ask("query ($r: String) { case(reference: $r) { id } }", r=reference))["case"]
    health = await invitee(worker, "Example Street Surgery", "HEALTH")
    meeting: dict[str, Any] = await convened(worker, case, invite=[health], arrangement=await arrangement(worker))
    if is_open:
        await opened(worker, meeting)
    assert (await write(worker, meeting, "note", words="Said."))["problem"] is None
    found = UUID(raw_id(meeting["id"]))
    part = await world.platform.admin.fetchval("SELECT id FROM meeting_part WHERE meeting_id = $1", found)
    return record, found, part


async def rows_read(raw: asyncpg.Connection) -> dict[str, int]:
    counts = {name: await raw.fetchval(f"SELECT count(*) FROM {name}") for name in TABLES}
    return {name: count for name, count in counts.items() if count}


@pytest.fixture
async def leeds(own_world: World) -> World:
    """The concern of the small world names no council; here Leeds safeguards the child."""
    await own_world.platform.admin.execute(
        "INSERT INTO involvement (record_id, record_kind, agency_id, function, relation, purpose, lawful_basis, source,"
        " given_by, from_at) SELECT $1, 'case', m.agency_id, 'childrens_services', 'safeguarding_lead', 'p', 'b', 's',"
        " m.id, moment() FROM member m WHERE m.subject = 'lcc-1'",
        own_world.records["concern"],
    )
    await own_world.platform.admin.execute(
        "INSERT INTO assignment (record_id, involvement_id, agency_id, function, member_id, reason, given_by, from_at)"
        " SELECT i.record_id, i.id, i.agency_id, i.function, m.id, 'r', m.id, moment() FROM involvement i, member m"
        " WHERE i.record_id = $1 AND i.relation = 'safeguarding_lead' AND m.subject = 'lcc-1'",
        own_world.records["concern"],
    )
    return own_world


async def test_before_it_opens_a_guest_reads_when_and_where_and_their_own_invitation(leeds: World) -> None:
    record, _, _ = await a_meeting(leeds, is_open=False)
    async with transaction(leeds.database, leeds.secret("ess-1")) as raw:
        assert await rows_read(raw) == {}
        await admit(raw, record, GROUP)

        assert await rows_read(raw) == {"meeting": 1, "meeting_arrangement": 1, "meeting_invitation": 1}


async def test_once_it_is_open_a_guest_reads_the_open_part(leeds: World) -> None:
    record, _, _ = await a_meeting(leeds, is_open=True)
    async with transaction(leeds.database, leeds.secret("ess-1")) as raw:
        await admit(raw, record, ["identity"])  # another group opens nothing of it
        assert await rows_read(raw) == {}
        await admit(raw, record, GROUP)

        assert (await rows_read(raw))["meeting_entry_version"] == 2


async def test_a_part_that_is_not_open_is_read_by_those_whose_scope_names_it(leeds: World) -> None:
    """Whoever holds the whole group does not read it either."""
    record, meeting, _ = await a_meeting(leeds, is_open=True)
    closed = await leeds.platform.admin.fetchval(
        "INSERT INTO meeting_part (meeting_id, record_id, is_open, name, made_at)"
        " VALUES ($1, $2, false, 'Police', moment()) RETURNING id",
        meeting,
        record,
    )
    assert await _parts_of(leeds, "lcc-1", record) == await _parts_of(leeds, "ess-1", record) == 1

    await leeds.platform.admin.execute(
        "INSERT INTO involvement_scope (involvement_id, data_group, item_id, recorded_at) SELECT i.id,"
        " 'strategy_minutes', $1, moment() FROM involvement i WHERE i.relation = 'attendee' AND i.function = 'health'",
        closed,
    )

    assert await _parts_of(leeds, "lcc-1", record) == 1
    assert await _parts_of(leeds, "ess-1", record) == 2


async def _parts_of(world: World, subject: str, record: UUID) -> int:
    async with transaction(world.database, world.secret(subject)) as raw:
        await admit(raw, record, GROUP)
        return int(await raw.fetchval("SELECT count(*) FROM meeting_part"))


async def test_nobody_else_reads_any_of_it(leeds: World) -> None:
    record, meeting, _ = await a_meeting(leeds, is_open=True)
    readers = set()
    for (who, function), secret in leeds.secrets.items():
        async with transaction(leeds.database, secret) as raw:
            await admit(raw, record, GROUP)
            await admit(raw, f"meeting:{meeting}", GROUP)
            if await rows_read(raw):
                readers.add((who, function))

    assert readers == {
        ("lcc-1", "childrens_services"),
        ("lcc-2", "childrens_services"),  # manages lcc-1
        ("ess-1", "health"),
    }


async def test_row_security_alone_hides_a_meeting_from_a_permit_that_nobody_gave(leeds: World) -> None:
    record, meeting, _ = await a_meeting(leeds, is_open=True)
    async with leeds.platform.tools.enter(leeds.secret("gmp-1")) as reading:
        assert reading is not None

        assert await reads.read(reading, [forged(reading, record, [reads.GROUP])], meeting=meeting) == []


async def _refusals(world: World, subject: str, acts: Sequence[str], values: tuple[UUID, UUID, UUID]) -> set[str]:
    found = set()
    async with transaction(world.database, world.secret(subject)) as raw:
        for act in acts:
            await admit(raw, values[0], GROUP, act, GROUP)
        for name, statement in WRITES.items():
            used = [value for place, value in enumerate(values, start=1) if f"${place}" in statement]
            numbered = statement.replace("$2", "$1").replace("$3", "$1")
            if await refused(raw, numbered, *used):
                found.add(name)
    return found


async def test_a_guests_list_is_not_in_the_order_of_dates_they_do_not_see(leeds: World) -> None:
    record, _, _ = await a_meeting(leeds, is_open=False)
    await leeds.platform.admin.execute(
        "INSERT INTO clock (record_id, kind, form, awaits, awaits_agency_id, starts_on, due_on, proof, recorded_at)"
        " SELECT $1, 'k', 'target', 'a', m.agency_id, london_today(), london_today(), '{}', moment() FROM member m"
        " WHERE m.subject = 'lcc-1'",
        record,
    )
    rows = await leeds.platform.admin.fetch("SELECT relation, next_due FROM involvement WHERE record_id = $1", record)

    assert {row["relation"]: row["next_due"] is not None for row in rows} == {
        "opener": True,
        "safeguarding_lead": True,
        "attendee": False,
    }


async def test_only_who_holds_the_meeting_runs_it(leeds: World) -> None:
    values = await a_meeting(leeds, is_open=True)

    assert await _refusals(leeds, "lcc-1", (), values) == set(WRITES)
    assert await _refusals(leeds, "gmp-1", ACTS, values) == set(WRITES)
    assert await _refusals(leeds, "ess-1", ACTS, values) == set(WRITES) - {"note"}


async def test_what_was_written_is_never_changed(leeds: World) -> None:
    record, _, _ = await a_meeting(leeds, is_open=True)
    async with transaction(leeds.database, leeds.secret("lcc-1")) as raw:
        await admit(raw, record, GROUP, "meeting.record", GROUP)
        for table in TABLES:
            for statement in (f"UPDATE {table} SET record_id = record_id", f"DELETE FROM {table}"):
                assert await refused(raw, statement), statement
            assert await refused(raw, f"INSERT INTO {table} DEFAULT VALUES"), table


FILL = """
    WITH one AS (SELECT * FROM meeting_entry WHERE kind = 'note' LIMIT 1), made AS (
        INSERT INTO meeting_entry (meeting_id, record_id, part_id, in_open_part, kind, agency_id, function, made_at,
                                   made_by)
        SELECT o.meeting_id, o.record_id, o.part_id, true, $1, o.agency_id, o.function, o.made_at, o.made_by
        FROM one o, generate_series(1, $2) RETURNING *)
    INSERT INTO meeting_entry_version
    SELECT m.id, 1, m.meeting_id, m.record_id, m.part_id, true, $3, false, m.agency_id, m.function, m.made_at, m.made_by
    FROM made m
"""
OWNER = {"agency": None, "name": "A body", "function": "health"}
FILLED = {
    "information": (200, {"owner": OWNER, "words": "Known.", "handling": "none", "handling_note": None}),
    "action": (60, {"what": "Do.", "owner": OWNER, "owner_person": None, "due_on": "2026-04-20"}),
    "attendance": (30, {"person": "P", "body": OWNER, "profession": "health", "presence": "present",
                        "stretches": [], "is_chair": False, "sent_report": False}),
    "decision": (10, {"decision": "medical", "words": "So.", "decided_at": "2026-04-14T10:05:00+01:00",
                      "inquorate_because": None, "follow_up_on": None}),
}  # fmt: skip


async def test_a_large_meeting_opens_with_as_many_statements_as_a_small_one(leeds: World) -> None:
    """Enter, admit, read, follow: 30 attendees, 200 items, 60 actions and 10 decisions later as well."""
    _, meeting, _ = await a_meeting(leeds, is_open=True)
    nurse, counted = leeds.person("ess-1"), list[int]()
    public = global_id("Meeting", meeting)
    for filling in ({}, FILLED):
        for kind, (many, content) in filling.items():
            await leeds.platform.admin.execute(FILL, kind, many, json.dumps(content))
        with counting() as sent:
            shown = (await nurse.ask(READ, id=public))["meeting"]
        counted.append(len(sent))

    assert len(shown["entries"]) == 302
    assert counted == [4, 4]


def test_the_overlap_of_polling_is_longer_than_a_transaction_may_last() -> None:
    assert OVERLAP.total_seconds() * 1000 > 2 * int(APPLICATION_LIMITS["transaction_timeout"])
