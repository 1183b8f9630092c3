"""Differences in what agencies note and link for their own work; written past every door."""

from tests.noninterference.differences import Edit
from tests.noninterference.scene import Reader

WAIT = """
    INSERT INTO waiting_note (record_id, agency_id, function, version, waits_for, whom, wakes_on, noted_by, noted_at)
    VALUES ($1, $2, $3, 1000, 'A hidden answer', 'Somebody hidden', '2026-12-31', $4, moment() - interval '1 minute')
"""
LINK = """
    WITH link AS (
        INSERT INTO case_link (one_id, other_id, kind, linked_at, linked_by)
        VALUES (least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid), 'same_situation',
                moment() - interval '1 minute', $4)
        ON CONFLICT DO NOTHING RETURNING id)
    INSERT INTO case_link_reason (link_id, agency_id, function, reason) SELECT id, $3, $5, 'A hidden reason' FROM link
"""
WRITE = """
    INSERT INTO caveated_entry (record_id, agency_id, function, caveat, content, written_by, written_at)
    SELECT $1, $2, $3, 'intelligence', 'A hidden source', $4, moment() - interval '1 minute' * n
    FROM generate_series(1, $5) n
"""
TRACE = """
    INSERT INTO access_record (at, session_id, member_id, agency_id, function, access_level, act, verdict, record_id,
                               relations, groups, rules)
    SELECT moment() - interval '2 minutes', s.id, s.member_id, $2, $3, 'practitioner', act, 'disclosed', $1, '{author}',
           '{caveated,core}', '{R185}'
    FROM (SELECT * FROM session LIMIT 1) s, unnest(ARRAY['see', 'caveat.record']) act
"""


async def others_write_under_a_caveat(edit: Edit) -> set[Reader]:
    """An agency keeps for itself, in one function, what it was told; its lines of the ledger stay with it too."""
    record, (agency, function) = edit.record(), await edit.place()
    member = await edit.member_of(agency) or edit.scene.readers[0].member
    await edit.admin.execute(WRITE, record, agency, function, member, edit.dice.choice((1, 3, 20)))
    for one in edit.dice.sample(edit.records, 5):
        await edit.admin.execute(TRACE, one, agency, function)
    return edit.at(agency, function)


async def others_note_what_cases_wait_for(edit: Edit) -> set[Reader]:
    """They sleep in the lists of one agency's function, and of no other."""
    agency, function = await edit.place()
    member = await edit.member_of(agency) or edit.scene.readers[0].member
    edit.touched.extend(edit.dice.sample(edit.records, 5))
    for one in edit.touched:
        await edit.admin.execute(WAIT, one, agency, function, member)
    return {reader for reader in edit.at(agency, function) if reader.function == function}


async def two_cases_are_linked(edit: Edit) -> set[Reader]:
    """Whoever knows of one of them only must not learn of the other, nor that there is one."""
    one, other = edit.record(), edit.record()
    if one == other:
        return set()
    agency, function = await edit.place()
    await edit.admin.execute(LINK, one, other, agency, edit.scene.readers[0].member, function)
    return edit.knowing(one) & edit.knowing(other)
