"""A difference in what two cases have in common; written past every door."""

from collections.abc import Iterator
from itertools import combinations
from uuid import UUID

from tests.noninterference.differences import Edit
from tests.noninterference.scene import Reader

# The summary, that there is a reference or none, stays as it was: whoever reads that alone must not notice either.
REFERENCE = """
    INSERT INTO group_content (record_id, data_group, version, content, recorded_at, recorded_by)
    SELECT $1, 'immigration', coalesce(max(g.version), 0) + 1, '{"home_office_reference": "A1234567"}', moment(), $2
    FROM group_content g WHERE g.record_id = $1 AND g.data_group = 'immigration'
"""


async def two_cases_have_one_reference(edit: Edit) -> set[Reader]:
    """Of two whose names somebody reads who reads of status in neither: whoever reads it in one may notice."""
    one, other = edit.dice.choice(sorted(set(_of_blind_readers(edit)), key=lambda pair: _places(edit, pair)))
    for record in (one, other):
        edit.touched.append(record)
        await edit.admin.execute(REFERENCE, record, edit.scene.readers[0].member)
    return {reader for reader in edit.scene.readers if _reads(edit, reader, one) or _reads(edit, reader, other)}


def _of_blind_readers(edit: Edit) -> Iterator[tuple[UUID, UUID]]:
    for reader in edit.scene.readers:
        blind = [record for record in edit.records if not _reads(edit, reader, record)]
        named = [record for record in blind if (record, "identity", "see", None) in edit.scene.sight[reader]]
        yield from combinations(named, 2)


def _reads(edit: Edit, reader: Reader, record: UUID) -> bool:
    return (record, "immigration", "see", None) in edit.scene.sight[reader]


def _places(edit: Edit, pair: tuple[UUID, UUID]) -> list[int]:
    return [edit.records.index(record) for record in pair]
