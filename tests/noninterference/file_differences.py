"""A difference in the files of a group; written past every door."""

from api.attachment_door import GROUPS
from tests.noninterference.differences import Edit
from tests.noninterference.scene import Reader

ATTACH = """
    INSERT INTO attachment (record_id, data_group, position, kind, size, place, scan, agency_id, function, added_by,
                            added_at)
    SELECT $1, $2, n, 'txt', 1, md5($1::uuid::text || n) || md5($2::text), 'clean', $3, $4, $5,
           moment() - interval '1 minute'
    FROM generate_series(1, $6) n
"""


async def files_are_attached(edit: Edit) -> set[Reader]:
    """A few, or as many as one function may; whoever sees the group notices, and that function counts its own."""
    record, (agency, function) = edit.record(), await edit.place()
    group = edit.dice.choice(sorted(group.value for group in GROUPS.values()))
    member = await edit.member_of(agency) or edit.scene.readers[0].member
    await edit.admin.execute(ATTACH, record, group, agency, function, member, edit.dice.choice((1, 3, 100)))
    return edit.seeing(record, group) | edit.at(agency, function)
