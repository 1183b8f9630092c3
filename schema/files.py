"""Files of a case, listed; they come and go as bytes, outside this language."""

from datetime import datetime
from typing import Annotated

import strawberry

from policies.vocabulary import DataGroup
from schema.agency_names import AgencyName, named
from schema.context import Info
from schema.file_kinds import Kind, Scan
from schema.groups import value
from schema.node import global_id, lookup
from services.attachments import queries
from services.attachments.commands import GROUPS
from services.attachments.views import AttachmentView

OfCase = Annotated[strawberry.ID, strawberry.argument(description="The case.")]
InGroups = Annotated[
    list[DataGroup] | None,
    strawberry.argument(description="Only those of these groups; each is looked at. Null: of all that hold files."),
]


@strawberry.type(directives=[value], description="A file of a case. `GET /attachments/{id}` gives its content.")
class CaseFile:
    id: strawberry.ID = strawberry.field(description="Its id.")
    name: str = strawberry.field(description="The name that it was given here; the sender's is not kept.")
    kind: Kind = strawberry.field(description="What it is.")
    size: int = strawberry.field(description="Its bytes.")
    scan: Scan = strawberry.field(description="Whether it was scanned, and what was said.")
    agency: AgencyName = strawberry.field(description="Who attached it.")
    added_at: datetime = strawberry.field(description="When.")
    is_own: bool = strawberry.field(description="Whether your agency attached it in this function, and may remove it.")


@strawberry.type(directives=[value], description="The files of one group.")
class FilesOfGroup:
    group: DataGroup = strawberry.field(description="The group; they are read like it.")
    files: list[CaseFile] | None = strawberry.field(
        description="In the order in which they came. Null: this group is not for you, or there are none to speak of."
    )


@strawberry.type(directives=[value], description="The files of a case, group by group.")
class CaseFiles:
    case_reference: str = strawberry.field(description="The case.")
    groups: list[FilesOfGroup] = strawberry.field(description="Each group that was asked for.")


async def case_files(info: Info, case_id: OfCase, groups: InGroups = None) -> CaseFiles | None:
    """The files of a case."""
    wanted = GROUPS if groups is None else GROUPS & set(groups)
    async with info.context.turn:
        found = await queries.of_case(info.context.reading, lookup(case_id, "Case"), wanted)
    if found is None:
        return None
    each = [
        FilesOfGroup(group=group, files=None if files is None else [_file(one) for one in files])
        for group, files in found.groups.items()
    ]
    return CaseFiles(case_reference=found.reference, groups=each)


def _file(view: AttachmentView) -> CaseFile:
    return CaseFile(
        id=global_id("Attachment", view.id),
        name=view.name,
        kind=view.kind,
        size=view.size,
        scan=view.scan,
        agency=named(view.agency),
        added_at=view.added_at,
        is_own=view.is_own,
    )
