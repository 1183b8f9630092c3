"""What the database holds of files, notes and links whatever a program forgets: every condition of reading a row."""

from collections.abc import Sequence
from uuid import UUID

import asyncpg
import pytest

from tests.services.database.raw import admit, transaction
from tests.services.database.world import World

pytestmark = pytest.mark.anyio

FILE = """
    INSERT INTO attachment (record_id, data_group, position, kind, size, place, scan, agency_id, function, added_by,
                            added_at)
    SELECT $1, $2, 1, 'txt', 1, md5($1::uuid::text) || md5($2::text), 'clean', m.agency_id, 'first_responder', m.id,
           moment()
    FROM member m WHERE m.subject = 'wyp-1' RETURNING id
"""
NOTE = """
    INSERT INTO waiting_note (record_id, agency_id, function, version, waits_for, whom, wakes_on, noted_by, noted_at)
    SELECT $1, m.agency_id, $3, 1, $2 || ' as ' || $3, 'whom', london_today() + 1, m.id, moment()
    FROM member m WHERE m.subject = $2
"""
LINK = """
    INSERT INTO case_link (one_id, other_id, kind, linked_at, linked_by)
    SELECT least($1::uuid, $2), greatest($1::uuid, $2), 'same_family', moment(), m.id
    FROM member m WHERE m.subject = 'wyp-1' RETURNING id
"""
REASON = """
    INSERT INTO case_link_reason (link_id, agency_id, function, reason)
    SELECT $1, m.agency_id, $3, 'r' FROM member m WHERE m.subject = $2
"""
NOTIFIED = """
    INSERT INTO notification_link (notification_id, record_id, agency_id, function, form, said_on, heard_by, linked_at,
                                   linked_by)
    SELECT $1, $2, m.agency_id, $4, 'verbal', london_today(), 'h', moment(), m.id FROM member m WHERE m.subject = $3
"""
OWN = ("wyp-1", "first_responder")
OTHERS = (("wyp-1", "investigating_police"), ("gmp-1", "first_responder"))  # of the agency alone, of the function alone


async def seen(
    world: World, who: str, looks: Sequence[tuple[str, Sequence[str]]], statement: str, *values: object
) -> list[asyncpg.Record]:
    """What somebody reads in an operation that looked at these groups of these records."""
    async with transaction(world.database, world.secret(who)) as raw:
        for record, groups in looks:
            assert await admit(raw, world.records[record], groups), (who, record)
        return list(await raw.fetch(statement, *values))


async def test_a_file_is_read_with_the_group_of_the_record_it_belongs_to(own_world: World) -> None:
    admin, records = own_world.platform.admin, own_world.records
    evidence = await admin.fetchval(FILE, records["adult"], "evidence")
    for record, group in (("adult", "contact"), ("supported", "evidence"), ("child", "evidence")):
        await admin.execute(FILE, records[record], group)

    async def files(who: str, *looks: tuple[str, Sequence[str]]) -> list[UUID]:
        return [row["id"] for row in await seen(own_world, who, looks, "SELECT id FROM attachment")]

    assert await files("wyp-1") == []
    assert await files("wyp-1", ("adult", ())) == []
    assert await files("wyp-1", ("adult", ["evidence"])) == [evidence]
    assert await files("tsa-1", ("supported", ["evidence"])) == [], "support does not read evidence"
    assert len(await files("wyp-1", ("adult", ["evidence", "contact"]), ("child", ["evidence"]))) == 3


async def test_where_a_file_is_knows_nobody_who_may_not_know_of_the_record(own_world: World) -> None:
    """A look at a file of a hidden record would be a refused look at that record, where one at no file is none."""
    admin, adult = own_world.platform.admin, own_world.records["adult"]
    file = await admin.fetchval(FILE, adult, "evidence")
    where = "SELECT record_id, data_group FROM where_attachment($1)"

    assert [tuple(row) for row in await seen(own_world, "wyp-2", (), where, file)] == [(adult, "evidence")]
    assert await seen(own_world, "lcc-1", (), where, file) == []
    await admin.execute("UPDATE record SET restricted = true WHERE id = $1", adult)
    assert await seen(own_world, "wyp-2", (), where, file) == [], "a colleague, and the record is restricted"


async def test_a_waiting_note_is_read_by_its_own_function_with_the_dates(own_world: World) -> None:
    for whose in (OWN, *OTHERS):
        await own_world.platform.admin.execute(NOTE, own_world.records["adult"], *whose)

    async def notes(who: str, *looks: tuple[str, Sequence[str]]) -> list[str]:
        return [row["waits_for"] for row in await seen(own_world, who, looks, "SELECT waits_for FROM waiting_note")]

    assert await notes("wyp-1", ("adult", ["clocks"])) == ["wyp-1 as first_responder"]
    assert await notes("wyp-3", ("adult", ["clocks"])) == ["wyp-1 as investigating_police"]
    assert await notes("sca-1", ("adult", ["clocks"])) == []
    assert await notes("wyp-1", ("adult", ["identity"])) == [], "the record without its dates"
    assert await notes("wyp-1", ("supported", ["clocks"])) == [], "the dates of another record"


async def test_a_link_is_read_with_both_cases_and_its_reason_by_who_made_it(own_world: World) -> None:
    admin, records = own_world.platform.admin, own_world.records
    link = await admin.fetchval(LINK, records["adult"], records["supported"])
    adult, supported, child = [(name, ()) for name in ("adult", "supported", "child")]

    async def parts(who: str, *looks: tuple[str, Sequence[str]]) -> tuple[bool, bool]:
        links = await seen(own_world, who, looks, "SELECT id FROM case_link")
        reasons = await seen(own_world, who, looks, "SELECT link_id FROM case_link_reason")
        return bool(links), bool(reasons)

    await admin.execute(REASON, link, *OWN)
    for looks in ((), (adult,), (supported,), (adult, child), (supported, child)):
        assert await parts("wyp-1", *looks) == (False, False), looks
    assert await parts("wyp-1", adult, supported) == (True, True)
    assert await parts("sca-1", adult, supported) == (True, False)
    for whose in OTHERS:
        await admin.execute("DELETE FROM case_link_reason")
        await admin.execute(REASON, link, *whose)
        assert await parts("wyp-1", adult, supported) == (True, False), whose


async def test_of_whom_a_notification_spoke_is_read_by_who_was_told_with_both_records(own_world: World) -> None:
    admin, records = own_world.platform.admin, own_world.records
    notification, adult, child = [(name, ()) for name in ("notification", "adult", "child")]

    async def count(who: str, *looks: tuple[str, Sequence[str]]) -> int:
        return len(await seen(own_world, who, looks, "SELECT notification_id FROM notification_link"))

    await admin.execute(NOTIFIED, records["notification"], records["adult"], *OWN)
    for looks in ((), (notification,), (adult,), (notification, child), (adult, child)):
        assert await count("wyp-1", *looks) == 0, looks
    assert await count("wyp-1", notification, adult) == 1
    assert await count("wyp-3", notification, adult) == 0, "another function of the agency"
    for whose in OTHERS:
        await admin.execute("DELETE FROM notification_link")
        await admin.execute(NOTIFIED, records["notification"], records["adult"], *whose)
        assert await count("wyp-1", notification, adult) == 0, whose
