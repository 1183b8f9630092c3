"""Reading attachments: a look at a group's files is the same look, with the same line, as one at the group itself."""

from collections.abc import Set as AbstractSet
from uuid import UUID

from policies.vocabulary import DataGroup
from services import gate
from services.attachments import store
from services.attachments.views import AttachmentView
from services.tools import Reading


async def of_group(reading: Reading, lookup: str, group: DataGroup) -> list[AttachmentView] | None:
    """The files of a group; None: no such record, or a group that is not for this actor. The two are one answer."""
    return (await of_groups(reading, lookup, {group})).get(group)


async def of_groups(
    reading: Reading, lookup: str, groups: AbstractSet[DataGroup]
) -> dict[DataGroup, list[AttachmentView]]:
    """The files of each of these groups that is for this actor, in one look; empty where there is no such record."""
    admission = (await gate.look(reading, [lookup], groups)).get(lookup)
    seen = [group for group in DataGroup if group in groups and admission and group in admission.permit.see]
    if admission is None or not seen:
        return {}
    found = await store.read(reading, admission.record_id, seen)
    return {group: [file for file in found if file.group is group] for group in seen}


async def one(reading: Reading, attachment: UUID) -> AttachmentView | None:
    """One file; None: there is none, or none for this actor."""
    where = await store.where(reading, attachment)
    lookup = str(where["record_id"]) if where else "nothing"
    group = DataGroup(where["data_group"]) if where else DataGroup.EVIDENCE
    admission = (await gate.look(reading, [lookup], {group})).get(lookup)
    if admission is None or group not in admission.permit.see:
        return None
    return next(iter(await store.read(reading, admission.record_id, [group], attachment)), None)
