"""Reading attachments: a look at a group's files is the same look, with the same line, as one at the group itself."""

from collections.abc import Set as AbstractSet
from uuid import UUID

from policies.vocabulary import DataGroup
from services import gate
from services.attachments import store
from services.attachments.views import AttachmentView, FilesView
from services.tools import Reading


async def of_group(reading: Reading, lookup: str, group: DataGroup) -> list[AttachmentView] | None:
    """The files of a group; None: no such record, or a group that is not for this actor. The two are one answer."""
    found = await of_case(reading, lookup, {group})
    return found.groups[group] if found else None


async def of_case(reading: Reading, lookup: str, groups: AbstractSet[DataGroup]) -> FilesView | None:
    """The files of a case in each of these groups, in one look; None: no such case for this actor."""
    admission = (await gate.look(reading, [lookup], groups)).get(lookup)
    if admission is None:
        return None
    permit = admission.permit
    found = await store.read(reading, admission.record_id, permit.see & groups)

    def of(group: DataGroup) -> list[AttachmentView] | None:
        files = [file for file in found if file.group is group]
        looks_closed = group not in permit.see or (group in permit.silent and not files)
        return None if looks_closed else files

    reference = await store.reference(reading, admission.record_id)
    return FilesView(reference, {group: of(group) for group in DataGroup if group in groups})


async def one(reading: Reading, attachment: UUID) -> AttachmentView | None:
    """One file; None: there is none, or none for this actor."""
    where = await store.where(reading, attachment)
    lookup = str(where["record_id"]) if where else "nothing"
    group = DataGroup(where["data_group"]) if where else DataGroup.EVIDENCE
    admission = (await gate.look(reading, [lookup], {group})).get(lookup)
    if admission is None or group not in admission.permit.see:
        return None
    return next(iter(await store.read(reading, admission.record_id, [group], attachment)), None)
