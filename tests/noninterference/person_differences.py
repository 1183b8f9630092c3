"""Differences in what is true of a person, where nothing that it opens holds anything: an age, a referral, support."""

from collections.abc import Mapping
from uuid import UUID

from tests.noninterference.bare_scene import GROWN, UNKNOWN
from tests.noninterference.differences import Edit
from tests.noninterference.scene import Cell, Reader, Sight, sight_of

BARE = "SELECT DISTINCT record_id FROM involvement WHERE purpose = $1"
FILLED = """
    SELECT data_group FROM group_content WHERE record_id = $1
    UNION SELECT data_group FROM case_fact WHERE record_id = $1
    UNION SELECT 'referrer' FROM referral WHERE record_id = $1
"""
FACT = """
    INSERT INTO case_fact (record_id, data_group, kind, value, effective_from, recorded_at, recorded_by)
    VALUES ($1, $2, $3, $4, '2026-05-26', moment(), $5)
"""
REFER = """
    INSERT INTO referral (record_id, kind, organisation_code, organisation_name, nation, channel, form_version,
                          received_at, source_agency_id, authority_row, recorded_at, recorded_by)
    SELECT $1, f.kind, f.organisation_code, f.organisation_name, f.nation, f.channel, f.form_version, f.received_at,
           f.source_agency_id, f.authority_row, f.recorded_at, f.recorded_by
    FROM referral f WHERE f.kind = 'nrm' LIMIT 1
"""
READING = ("see", "summary")


async def somebody_is_of_age(edit: Edit) -> set[Reader]:
    """Whoever reads who somebody is reads it; to others the case is closed now, and was empty before."""
    record = await _bare(edit, UNKNOWN)
    return await _told(edit, record, FACT, "identity", "age", "adult", edit.scene.readers[0].member)


async def somebody_is_referred(edit: Edit) -> set[Reader]:
    """Which is all that is known of it."""
    return await _told(edit, await _bare(edit, GROWN), REFER)


async def somebody_wants_support(edit: Edit) -> set[Reader]:
    """Kept where nobody reads it, so that nothing but what it opens could tell it."""
    record = await _bare(edit, GROWN)
    await edit.admin.execute("ALTER TABLE case_fact DROP CONSTRAINT case_fact_in_its_group")
    return await _told(edit, record, FACT, "duty_to_notify", "support_wanted", "yes", edit.scene.readers[0].member)


async def _bare(edit: Edit, name: str) -> UUID:
    """The bare case of this name, about which everybody will be asked."""
    record: UUID = await edit.admin.fetchval(BARE, name)
    edit.touched.append(record)
    return record


async def _told(edit: Edit, record: UUID, statement: str, *values: object) -> set[Reader]:
    """Who sees something more or less when this is written; others whose acts it changes are asked only to look."""
    before = await _shown(edit, record, edit.scene.sight)
    await edit.admin.execute(statement, record, *values)
    now = await sight_of(edit.admin, edit.scene.readers)
    shown = await _shown(edit, record, now)
    acts = {r for r in edit.scene.readers if _acts(now[r], record) != _acts(edit.scene.sight[r], record)}
    told = {r for r in edit.scene.readers if shown[r] != before[r]}
    edit.lookers.update(acts - told)
    return told


async def _shown(edit: Edit, record: UUID, sight: Mapping[Reader, Sight]) -> dict[Reader, set[Cell]]:
    """The cells by which each reader sees something that stands in the record."""
    filled = {row["data_group"] for row in await edit.admin.fetch(FILLED, record)}
    return {
        reader: {cell for cell in cells if cell[0] == record and cell[1] in filled and cell[2] in READING}
        for reader, cells in sight.items()
    }


def _acts(cells: Sight, record: UUID) -> set[Cell]:
    return {cell for cell in cells if cell[0] == record and cell[2] not in READING}
