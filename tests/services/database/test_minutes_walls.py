"""Row security alone over minutes: closed parts by their readers, text that stays, and one moment of closing."""

import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.services.database.raw import admit, refused, transaction
from tests.services.database.test_statement_count import counting
from tests.world.meetings import ENTRY, GUARDIAN, HEALTH, INVITE
from tests.world.minutes import (
    ADD,
    SEND_OUT,
    a_closed_meeting,
    agreed_by_all,
    an_open_meeting,
    closed_part,
    done,
    is_recorded,
    said_in,
    seen,
)
from tests.world.platform import Person, Platform, running_platform
from tests.world.server import FreshDatabase
from tests.world.stories import raw_id

pytestmark = pytest.mark.anyio

GROUP = ["strategy_minutes"]
OF_PARTS = (
    "meeting_part", "meeting_part_reader", "meeting_entry", "meeting_entry_version", "minutes_sign_off", "minutes_seal",
    "minutes_addendum", "dissent_escalation",
)  # fmt: skip
WRITES = (
    "SELECT make_closed_part($1, 'x', '[]')",
    "SELECT sign_minutes($1, 'agreed', NULL, NULL)",
    "SELECT add_to_minutes($1, NULL, 'x')",
    "SELECT write_meeting_entry($1, NULL, 'note', 0, '{}', false)",
)
ACTS = ("meeting.record", "minutes.sign", "meeting.close", "minutes.release", "meeting.convene")
FILL = """
    WITH made AS (
        INSERT INTO meeting_entry (meeting_id, record_id, part_id, in_open_part, kind, agency_id, function, made_at,
                                   made_by)
        SELECT p.meeting_id, p.record_id, p.id, p.is_open, $1, m.agency_id, 'investigating_police', moment(), m.id
        FROM meeting_part p CROSS JOIN generate_series(1, $2) JOIN member m ON m.subject = 'wyp-3' RETURNING *)
    INSERT INTO meeting_entry_version
    SELECT m.id, 1, m.meeting_id, m.record_id, m.part_id, m.in_open_part, $3, false, m.agency_id, m.function, m.made_at,
           m.made_by
    FROM made m
"""
FILLED = {
    "note": (50, {"words": "Known."}),
    "action": (15, {"what": "Do.", "owner": {"agency": None, "name": "A body", "function": "health"},
                    "owner_person": None, "due_on": "2026-04-20"}),
    "attendance": (8, {"person": "P", "body": {"agency": None, "name": "A body", "function": "health"},
                       "profession": "health", "presence": "present", "stretches": [], "is_chair": False,
                       "sent_report": False}),
}  # fmt: skip
FROZEN = ("meeting_entry", "meeting_entry_version", "minutes_seal", "minutes_addendum")


@pytest.fixture
async def platform(fresh_database: FreshDatabase) -> AsyncIterator[Platform]:
    """The whole platform on a database that no other test has touched."""
    async with running_platform(fresh_database) as built:
        yield built


async def in_hidden_part(platform: Platform, who: Person, part: UUID, record: UUID) -> dict[str, int]:
    """How many rows of the part this person's transaction is given, whatever it asks for."""
    async with transaction(platform.database, who.secret) as raw:
        await admit(raw, record, GROUP)
        for act in ACTS:
            await admit(raw, record, GROUP, act, GROUP)
        counts = {
            name: await raw.fetchval(
                f"SELECT count(*) FROM {name} WHERE {'id' if name == 'meeting_part' else 'part_id'} = $1",
                part,
            )
            for name in OF_PARTS
        }
        return {name: count for name, count in counts.items() if count}


async def a_hidden_part(platform: Platform) -> tuple[dict[str, Any], UUID, UUID]:
    """A meeting with a part of the police's own: the meeting, the part, the record."""
    worker, meeting = await an_open_meeting(platform)
    police = await platform.sign_in("wyp-3")
    part = await closed_part(police, meeting)
    assert (await said_in(police, meeting, part, "Under cover."))["problem"] is None
    await is_recorded(worker, meeting)
    record = await platform.admin.fetchval("SELECT record_id FROM meeting WHERE id = $1", raw_id(meeting["id"]))
    return meeting, UUID(raw_id(part)), record


async def test_row_security_gives_a_closed_part_to_its_readers_alone(platform: Platform) -> None:
    _, part, record = await a_hidden_part(platform)

    found = {
        subject: await in_hidden_part(platform, await platform.sign_in(subject), part, record)
        for subject in ("wyp-3", "lcc-1", "lcc-2", "ess-1", "eha-2", "gmp-1", "sca-1", "wyp-4")
    }

    assert {subject for subject, rows in found.items() if rows} == {"wyp-3"}
    assert found["wyp-3"]["meeting_entry_version"] == 1


async def test_a_large_meeting_with_closed_parts_opens_with_as_many_statements_as_a_small_one(
    platform: Platform,
) -> None:
    """Enter, admit, read, follow; with 200 items, 60 actions and 32 people over four parts, one of them not for her."""
    worker, meeting = await an_open_meeting(platform)
    await is_recorded(worker, meeting)
    nurse, counted, sizes = await platform.sign_in("ess-1"), list[int](), list[int]()
    for is_large in (False, True):
        if is_large:
            police = await platform.sign_in("wyp-3")
            for others in ([(HEALTH, "HEALTH")], [(HEALTH, "HEALTH"), (GUARDIAN, "GUARDIAN")], []):
                await closed_part(police, meeting, *others)
            for kind, (many, content) in FILLED.items():
                await platform.admin.execute(FILL, kind, many, json.dumps(content))
            await done(worker, SEND_OUT, meeting)
            await agreed_by_all(platform, meeting)
        with counting() as sent:
            shown = await seen(nurse, meeting)
        counted.append(len(sent))
        sizes.append(len(shown["entries"]))

    assert sizes == [sizes[0], sizes[0] + 3 * (50 + 15 + 8)]  # three of four parts are for her
    assert (len(shown["parts"]), len(shown["signing"]["signOffs"]), counted) == (3, 3, [4, 4])


async def test_nobody_writes_in_a_part_they_do_not_read(platform: Platform) -> None:
    _, part, record = await a_hidden_part(platform)
    for subject in ("lcc-2", "ess-1", "gmp-1"):
        async with transaction(platform.database, (await platform.sign_in(subject)).secret) as raw:
            for act in ACTS:
                await admit(raw, record, GROUP, act, GROUP)
            for statement in WRITES:
                assert await refused(raw, statement, part), (subject, statement)


async def test_nobody_signs_for_whoever_has_an_account_and_a_guest_for_nobody(platform: Platform) -> None:
    meeting, _, record = await a_hidden_part(platform)
    found = UUID(raw_id(meeting["id"]))
    worker = await platform.sign_in("lcc-1")
    await done(worker, INVITE, meeting, invite=[{"name": "Invented Academy", "function": "EDUCATION"}])
    await done(worker, SEND_OUT, meeting)
    theirs = await platform.admin.fetch("SELECT id, body_name FROM meeting_invitation WHERE meeting_id = $1", found)
    assert len(theirs) == 4
    for subject in ("lcc-1", "wyp-3", "gmp-1"):
        async with transaction(platform.database, (await platform.sign_in(subject)).secret) as raw:
            for act in ACTS:
                await admit(raw, record, GROUP, act, GROUP)
            for one in theirs:  # no copy was sent to the school, so nothing can be said of one
                sign = "SELECT sign_minutes_for($1, 'agreed', NULL, NULL, 'Somebody')"
                assert await refused(raw, sign, one["id"]), (subject, one["body_name"])


async def test_a_guest_neither_closes_nor_releases(platform: Platform) -> None:
    meeting, part, record = await a_hidden_part(platform)
    found = UUID(raw_id(meeting["id"]))
    for subject in ("wyp-3", "lcc-1"):
        async with transaction(platform.database, (await platform.sign_in(subject)).secret) as raw:
            for act in ACTS:
                await admit(raw, record, GROUP, act, GROUP)
            assert await refused(raw, "SELECT close_meeting($1, '[{}]')", found)
            release = "SELECT release_minutes($1, my_agency(), 'health', ARRAY[$2]::uuid[], 'p', 'b')"
            assert await refused(raw, release, found, part)


async def test_frozen_text_is_changed_by_nobody(platform: Platform) -> None:
    """Not by the application role, and not by who owns the tables."""
    chair, meeting = await a_closed_meeting(platform)
    await done(chair, ADD, meeting, words="More.")
    record = await platform.admin.fetchval("SELECT record_id FROM meeting WHERE id = $1", raw_id(meeting["id"]))
    async with transaction(platform.database, chair.secret) as raw:
        await admit(raw, record, GROUP, "meeting.record", GROUP)
        for table in FROZEN:
            for statement in (f"UPDATE {table} SET record_id = record_id", f"DELETE FROM {table}"):
                assert await refused(raw, statement), statement
    for table in FROZEN:
        for statement in (f"UPDATE {table} SET record_id = record_id", f"DELETE FROM {table}"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await platform.admin.execute(statement)
    again = (
        "INSERT INTO meeting_entry_version SELECT entry_id, version + 1, meeting_id, record_id, part_id, in_open_part,"
        " content, true, agency_id, function, recorded_at, recorded_by FROM meeting_entry_version",
        "UPDATE meeting SET closed_at = NULL",
    )
    for statement in again:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await platform.admin.execute(statement)


async def test_the_seal_of_the_open_part_covers_nothing_else(platform: Platform) -> None:
    worker, meeting = await an_open_meeting(platform)
    await is_recorded(worker, meeting)
    found = raw_id(meeting["id"])
    part = await platform.admin.fetchval("SELECT id FROM meeting_part WHERE meeting_id = $1", found)
    before = await platform.admin.fetchval("SELECT part_hash($1)", part)
    police = await platform.sign_in("wyp-3")

    hidden = await closed_part(police, meeting)
    assert (await said_in(police, meeting, hidden, "Under cover."))["problem"] is None

    assert await platform.admin.fetchval("SELECT part_hash($1)", part) == before
    assert await platform.admin.fetchval("SELECT part_hash($1)", raw_id(hidden)) != before


async def test_of_two_who_write_and_close_at_once_one_is_run_again(platform: Platform) -> None:
    """Whoever closes never seals a text to which somebody was just adding."""
    worker, meeting = await an_open_meeting(platform)
    await is_recorded(worker, meeting)
    await done(worker, SEND_OUT, meeting)
    await agreed_by_all(platform, meeting)
    chair = await platform.sign_in("lcc-2")
    record = await platform.admin.fetchval("SELECT record_id FROM meeting WHERE id = $1", raw_id(meeting["id"]))
    async with transaction(platform.database, chair.secret) as closing:
        await admit(closing, record, GROUP, "meeting.close", GROUP)

        assert (await worker.do(ENTRY, meetingId=meeting["id"], content={"note": {"words": "Just now."}}))["entryId"]

        with pytest.raises(asyncpg.SerializationError):
            await closing.execute("SELECT close_meeting($1, '[{}]')", UUID(raw_id(meeting["id"])))
