"""More differences: who else stands in a record, is told, looks, or works somewhere else; written past every door."""

from uuid import UUID

from policies.vocabulary import Relation
from tests.noninterference.differences import MESSAGE, Edit
from tests.noninterference.scene import Reader
from tests.noninterference.values import KEY

INVOLVE = """
    INSERT INTO involvement (record_id, record_kind, agency_id, function, relation, purpose, lawful_basis, source,
                             given_by, from_at, until_at, next_due)
    SELECT r.id, r.kind, $2, $3, $4, 'A hidden purpose', 'A hidden basis', 'hidden', $5,
           moment() + make_interval(mins => $6),
           CASE WHEN $7 THEN moment() + make_interval(mins => $6)
                WHEN $4 IN ('recipient', 'requested') THEN moment() + interval '30 days' END,  -- as a share must
           '2026-05-01'
    FROM record r WHERE r.id = $1 ON CONFLICT DO NOTHING RETURNING id
"""
ASSIGN = """
    INSERT INTO assignment (record_id, involvement_id, agency_id, function, member_id, reason, given_by, from_at)
    SELECT i.record_id, i.id, i.agency_id, i.function, $2, 'A hidden reason', $2, moment()
    FROM involvement i WHERE i.id = $1
"""
TELL = """
    INSERT INTO notice (id, reference, kind, record_id, agency_id, function, about_agency_id, created_at)
    VALUES (gen_random_uuid(), new_reference('N'), $1, $2, $3, $4, $3, moment() - interval '5 minutes') RETURNING id
"""
ANSWER = "INSERT INTO notice_acknowledgement (notice_id, member_id, at) VALUES ($1, $2, moment())"
LOOK = """
    INSERT INTO access_record (at, session_id, member_id, agency_id, function, access_level, act, verdict, record_id,
                               groups)
    SELECT moment() - interval '2 minutes', s.id, s.member_id, s.agency_id, s.function, 'practitioner', 'see', 'viewed',
           $1, '{core,identity}'
    FROM session s WHERE s.member_id = $2 LIMIT 1
"""
USE_KEY = """
    INSERT INTO idempotency (member_id, operation, key, input_hash, outcome_id, created_at)
    SELECT $1, operation, $2, sha256('hidden'), gen_random_uuid(), moment()
    FROM unnest($3::text[]) operation ON CONFLICT DO NOTHING
"""
GIVEN_NOWHERE = (Relation.UNRELATED, Relation.AUTHOR, Relation.COLLEAGUE)
OPERATIONS = (
    "case.open", "case.close", "case.assign", "referral.submit", "notice.acknowledge", "task.complete", "notice.prefer",
    "proposal.make", "proposal.decide", "member.add", "referral.import", "membership.end",
)  # fmt: skip
COLLEAGUE = """
    INSERT INTO member (agency_id, provider_id, subject, display_name, email)
    SELECT p.agency_id, p.id, 'hidden-1', 'Hidden Inventedman', 'hidden@invented.example' FROM provider p
    WHERE p.agency_id = $1 LIMIT 1 RETURNING id
"""
WORK = "INSERT INTO member_function (member_id, function, access_level, valid_from) VALUES ($1, $2, $3, '2020-01-01')"
TEAM = "INSERT INTO team (agency_id, function, name) VALUES ($1, $2, 'Hidden desk') ON CONFLICT DO NOTHING"
PROPOSAL = """
    INSERT INTO administrative_proposal (act, agency_id, content, reason, proposed_by, proposed_at, expires_at)
    VALUES ('member.add', $1, '{"provider": "hidden", "subject": "hidden-1"}', 'Hidden', $2, moment(),
            moment() + interval '14 days')
"""
LINE = """
    INSERT INTO administrative_record (at, session_id, member_id, actor_agency_id, function, agency_id, act, verdict)
    SELECT moment(), s.id, s.member_id, s.agency_id, s.function, s.agency_id, 'people.read', 'read'
    FROM session s, generate_series(1, $2) WHERE s.member_id = $1
"""
LEAVE = """
    WITH sent AS (
        INSERT INTO outbox (kind, agency_id, function, session_id, created_at, delivered_at)
        SELECT 'handed_over', $1, $2, s.id, moment(), moment() FROM session s LIMIT 1 RETURNING id
    ), handed AS (
        INSERT INTO handover (id, from_member_id, agency_id, function, to_member_id, cases, notifications, tasks,
                              requests, actions, given_by, at)
        SELECT sent.id, $3, $1, $2, $4, 3, 2, 1, 2, 1, $3, moment() FROM sent RETURNING id
    )
    INSERT INTO notice (id, reference, kind, agency_id, function, created_at)
    SELECT sent.id, new_reference('N'), 'handed_over', $1, $2, moment() FROM sent
"""


async def another_agency_is_involved(edit: Edit) -> set[Reader]:
    """Now, not yet, or no more; with somebody who has it, and a notice."""
    record, (agency, function) = edit.record(), await edit.place()
    member = await edit.member_of(agency)
    relation = edit.dice.choice(
        [r for r in Relation if r not in (Relation.UNRELATED, Relation.AUTHOR, Relation.COLLEAGUE)]
    )
    starts, ended = edit.dice.choice(((-30, False), (60, False), (-30, True)))
    given_by = edit.scene.readers[0].member
    involved = await edit.admin.fetchval(INVOLVE, record, agency, function, relation, given_by, starts, ended)
    if involved is not None and member is not None:
        await edit.admin.execute(ASSIGN, involved, member)
    await edit.admin.fetchval(TELL, "referral_received", record, agency, function)
    return edit.at(agency, function)


async def somebody_is_told(edit: Edit) -> set[Reader]:
    """A notice about a record or about none, with whoever has it in hand."""
    agency, function = await edit.place()
    record: UUID | None = edit.dice.choice([*edit.records, None])
    for _ in range(edit.dice.randint(1, 5)):
        notice = await edit.admin.fetchval(TELL, "child_concern", record, agency, function)
        if edit.dice.random() < 0.5 and (member := await edit.member_of(agency)) is not None:
            await edit.admin.execute(ANSWER, notice, member)
    return edit.at(agency, function)


async def somebody_looks(edit: Edit) -> set[Reader]:
    """Officers of the agency that looked and of those that led the record read it; nobody else may notice."""
    looker = edit.dice.choice(edit.scene.readers)
    records = edit.dice.sample(edit.records, 3)
    for record in records:
        await edit.admin.execute(LOOK, record, looker.member)
    leads = await edit.admin.fetch("SELECT DISTINCT agency_id FROM lead_agency WHERE record_id = ANY ($1)", records)
    concerned = {looker.agency, *(row["agency_id"] for row in leads)}
    return {looker} | {r for r in edit.scene.readers if r.oversees and r.agency in concerned}


async def a_key_is_used(edit: Edit) -> set[Reader]:
    """By somebody else, for everything there is to do."""
    other = edit.dice.choice(edit.scene.readers)
    await edit.admin.execute(USE_KEY, other.member, KEY, OPERATIONS)
    return {r for r in edit.scene.readers if r.member == other.member}


async def a_form_has_this_number(edit: Edit) -> set[Reader]:
    """Another agency's form has the external id that the reader's system will send."""
    row = await edit.admin.fetchrow(
        "UPDATE referral SET external_id = $1 WHERE id = (SELECT f.id FROM referral f JOIN agency a"
        " ON a.id = f.source_agency_id WHERE a.code = 'greater-manchester-police' LIMIT 1) RETURNING source_agency_id",
        MESSAGE,
    )
    assert row is not None
    return edit.at(row["source_agency_id"])


async def people_come_and_are_administered(edit: Edit) -> set[Reader]:
    """In one agency: a colleague, a team, a proposal, lines of its administrative ledger."""
    agency, function = await edit.place()
    level = edit.dice.choice(("practitioner", "approver", "administrator"))
    member = await edit.admin.fetchval(COLLEAGUE, agency)
    if member is not None:
        await edit.admin.execute(WORK, member, function, level)
        await edit.admin.execute(PROPOSAL, agency, member)
    await edit.admin.execute(TEAM, agency, function)
    insider = next((r for r in edit.scene.readers if r.agency == agency), None)
    if insider is not None:
        await edit.admin.execute(LINE, insider.member, edit.dice.choice((1, 20, 9_000)))
    return {r for r in edit.scene.readers if r.agency == agency} | edit.of_platform()


async def somebody_leaves(edit: Edit) -> set[Reader]:
    """And hands over to a colleague."""
    agency, function = await edit.place()
    people = [r.member for r in edit.scene.readers if r.agency == agency and r.level != "service"]
    leaver = edit.dice.choice(people) if people else None
    successor = next((member for member in people if member != leaver), None)
    if leaver is not None and successor is not None:
        await edit.admin.execute(LEAVE, agency, function, leaver, successor)
    return edit.at(agency)


async def access_was_changed_before(edit: Edit) -> set[Reader]:
    """The counter that writers race for is nobody's to see."""
    await edit.admin.execute(
        "UPDATE record SET access_version = access_version + 7 WHERE id = ANY ($1)", list(edit.records[::2])
    )
    return set()


async def post_waits(edit: Edit) -> set[Reader]:
    """What the worker has still to deliver."""
    await edit.admin.execute(
        "INSERT INTO outbox (kind, record_id, agency_id, function, session_id, created_at)"
        " SELECT 'child_concern', $1, s.agency_id, s.function, s.id, moment() FROM session s",
        edit.record(),
    )
    return set()
