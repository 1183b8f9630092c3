"""Reading attachments: a look at a group's files is the same look, with the same line, as one at the group itself."""

from uuid import UUID

from policies.vocabulary import DataGroup
from services import gate
from services.attachments import store
from services.attachments.views import AttachmentView
from services.tools import Reading


async def of_group(reading: Reading, lookup: str, group: DataGroup) -> list[AttachmentView] | None:
    """The files of a group; None: no such record, or a group that is not for this actor. The two are one answer."""
    admissions = await gate.look(reading, [lookup], {group})
    admission = admissions.get(lookup)
    if admission is None or group not in admission.permit.see:
        return None
    return await store.read(reading, admission.record_id, group)


async def one(reading: Reading, attachment: UUID) -> AttachmentView | None:
    """One file; None: there is none, or none for this actor."""
    where = await store.where(reading, attachment)
    lookup = str(where["record_id"]) if where else "nothing"
    group = DataGroup(where["data_group"]) if where else DataGroup.EVIDENCE
    admission = (await gate.look(reading, [lookup], {group})).get(lookup)
    if admission is None or group not in admission.permit.see:
        return None
    return next(iter(await store.read(reading, admission.record_id, group, attachment)), None)
