"""Notices, answers, e-mails and contacts by hand: nobody reaches into another inbox, and only the worker sends."""

import pytest

from tests.services.database.raw import refused, touches, transaction
from tests.services.database.world import World
from tests.world.answers import work
from tests.world.template import WORKER_SECRET

pytestmark = pytest.mark.anyio

OF_AN_INBOX = ("notice", "notice_step", "notice_acknowledgement", "task_completion")
ANSWERED = """
    INSERT INTO notice_acknowledgement (notice_id, member_id, at)
    SELECT n.id, m.id, moment() FROM notice n, member m WHERE m.subject = 'sca-1' AND n.kind = 'child_referral'
    ON CONFLICT DO NOTHING;
    INSERT INTO task_completion (notice_id, member_id, at, note)
    SELECT notice_id, member_id, at, 'Done.' FROM notice_acknowledgement ON CONFLICT DO NOTHING
"""
ESCALATED = """
    UPDATE notice_step SET due_at = moment() - interval '1 minute' WHERE ended_at IS NULL
"""
BY_HAND = {
    "an answer": "INSERT INTO notice_acknowledgement SELECT id, my_member(), moment() FROM notice",
    "a completion": "INSERT INTO task_completion SELECT id, my_member(), moment(), NULL, NULL, 'x' FROM notice",
    "a notice": "INSERT INTO notice (id, reference, kind, agency_id, function, created_at)"
    " VALUES (gen_random_uuid(), 'N-1', 'child_referral', my_agency(), my_function(), moment())",
    "a step": "INSERT INTO notice_step (notice_id, step, awaits, rule, due_at)"
    " SELECT id, 'chase', 'completion', 'x', moment() FROM notice LIMIT 1",
    "an e-mail": "INSERT INTO notice_email SELECT gen_random_uuid(), id, my_member(), moment(), moment() FROM notice",
    "writing e-mails": "SELECT write_emails(id, true) FROM notice LIMIT 1",
    "sending e-mails": "SELECT next_email()",
    "a preference of another": "INSERT INTO notice_preference"
    " SELECT id, 'child_referral', 'email', false, moment() FROM member WHERE id <> my_member() LIMIT 1",
    "a contact point": "INSERT INTO contact_point (agency_id, function, kind, hours, name, address, valid_from,"
    " recorded_at) SELECT my_agency(), my_function(), 'post', 'always', 'x', 'x', london_today(), moment()",
    "another's contact point": "SELECT record_contact_point(a.id, f.function, 'post', 'always', NULL, 'x', 'x', NULL,"
    " NULL) FROM agency a JOIN agency_function f ON f.agency_id = a.id WHERE a.id <> my_agency() LIMIT 1",
    "an end of another's": "SELECT end_contact_point(id) FROM contact_point WHERE agency_id <> my_agency() LIMIT 1",
    "another's duty": "SELECT record_duty(a.id, f.function, 'x', 'x', moment(), moment()) FROM agency a"
    " JOIN agency_function f ON f.agency_id = a.id WHERE a.id <> my_agency() LIMIT 1",
    "an end of another's duty": "SELECT end_duty(id) FROM duty_shift WHERE agency_id <> my_agency() LIMIT 1",
}


async def chased(world: World) -> World:
    """Everything is answered in one inbox or overdue in another."""
    await work(world.platform)
    await world.platform.admin.execute(ANSWERED)
    await world.platform.admin.execute(ESCALATED)
    await work(world.platform)
    return world


@pytest.mark.parametrize("table", OF_AN_INBOX)
async def test_what_hangs_on_a_notice_is_read_in_its_own_inbox_only(own_world: World, table: str) -> None:
    await chased(own_world)
    column = "id" if table == "notice" else "notice_id"
    foreign = f"SELECT count(*) FROM {table} WHERE {column} NOT IN (SELECT id FROM notice)"
    for (subject, function), secret in own_world.secrets.items():
        async with transaction(own_world.database, secret) as raw:
            assert await raw.fetchval(foreign) == 0, (subject, function)
    async with transaction(own_world.database, own_world.secret("lcc-1")) as raw:
        assert await raw.fetchval(f"SELECT count(*) FROM {table}") > 0
    async with transaction(own_world.database, own_world.secret("exh-1")) as raw:
        assert await raw.fetchval(f"SELECT count(*) FROM {table}") == 0
    async with transaction(own_world.database) as raw:
        assert await raw.fetchval(f"SELECT count(*) FROM {table}") == 0


async def test_what_is_for_managers_is_theirs_and_administrators_read_no_inbox(own_world: World) -> None:
    await chased(own_world)
    for_managers = "SELECT count(*) FROM notice WHERE team_id IS NOT NULL"
    counts = {}
    for subject in ("wyp-3", "sca-1", "sca-2", "lcc-1", "lcc-4"):
        async with transaction(own_world.database, own_world.secret(subject, _function(subject))) as raw:
            counts[subject] = (await raw.fetchval("SELECT count(*) FROM notice"), await raw.fetchval(for_managers))

    assert counts["sca-1"][0] > 0
    assert counts["sca-1"][1] == counts["lcc-1"][1] == 0
    assert counts["sca-2"][1] > 0
    assert counts["lcc-4"] == (0, 0)


@pytest.mark.parametrize("statement", BY_HAND.values(), ids=BY_HAND)
async def test_nobody_but_the_worker_and_the_gatekeeper_writes_them(own_world: World, statement: str) -> None:
    await work(own_world.platform)
    async with transaction(own_world.database, own_world.secret("lcc-1")) as raw:
        assert await raw.fetchval("SELECT count(*) FROM notice") > 0
        assert await refused(raw, statement)


async def test_the_worker_ends_an_email_once_and_nobody_else_finds_one(own_world: World) -> None:
    await work(own_world.platform)
    update = "UPDATE notice_email SET sent_at = moment()"
    async with transaction(own_world.database, own_world.secret("lcc-1")) as raw:
        assert await raw.fetchval("SELECT count(*) FROM notice_email") == 0
        assert not await touches(raw, update)
    async with transaction(own_world.database, WORKER_SECRET) as raw:
        assert await touches(raw, update)
    await own_world.platform.admin.execute(update)
    async with transaction(own_world.database, WORKER_SECRET) as raw:
        assert not await touches(raw, update)


def _function(subject: str) -> str:
    return {"wyp-3": "investigating_police", "lcc-1": "childrens_services", "lcc-4": "childrens_services"}.get(
        subject, "decision_maker"
    )
