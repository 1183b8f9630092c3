"""Files of a draft: added, listed and removed by its keepers, and taken over by the case that it becomes.

They neither move the draft's version nor its days, which are counted from the last save of its answers.
"""

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from anyio import to_thread

from policies.vocabulary import Action, DataGroup
from services import gate
from services.attachments.commands import MOST
from services.attachments.preparing import Prepared
from services.attachments.scanner import Scan
from services.attachments.vault import Vault, new_place
from services.drafts import file_store, store
from services.drafts.views import DraftFileView, DraftView
from services.drafts.words import DraftAct
from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.gate import Admission
from services.once import Intent, key_problem, once
from services.referrals.answers import Document
from services.tools import Reading

GROUPS: Final = frozenset(
    {
        DataGroup.IDENTITY, DataGroup.ACCOUNT, DataGroup.EXPLOITERS, DataGroup.EVIDENCE, DataGroup.IMMIGRATION,
        DataGroup.CRIMINAL_JUSTICE, DataGroup.HEALTH, DataGroup.CREDIBILITY,
    }
)  # fmt: skip
"""The groups that hold files and that whoever refers may write."""
PATH: Final = "files"
NOWHERE: Final = UUID(int=0)


async def add(
    reading: Reading, vault: Vault, key: str, to: tuple[UUID, DataGroup | None], file: Prepared
) -> UUID | WorkProblem:
    """Add it to a draft; its id. The same key and content do it once."""
    problem = key_problem(key) or _keeps_none(reading)
    if problem:
        return problem
    draft, group = to
    content = {"draft": str(draft), "group": group.value if group else None, "file": file.sent}
    return await once(reading, Intent(DraftAct.SAVE, key, content), lambda: _add(reading, vault, draft, group, file))


async def _add(
    reading: Reading, vault: Vault, draft: UUID, group: DataGroup | None, file: Prepared
) -> UUID | WorkProblem:
    if not await store.read(reading, DraftAct.SAVE, draft) or group not in GROUPS:
        return NotFound()
    place = new_place()
    added = await file_store.add(reading, draft, group, file, place)
    if added is None:
        return Conflict("TOO_MANY", f"A draft has at most {MOST} files.", "Remove one that is not needed.")
    await to_thread.run_sync(vault.keep, place, file.content.pieces())
    return added


async def of_draft(reading: Reading, draft: UUID) -> Sequence[DraftFileView] | None:
    """The files of a draft; None: no such draft for this actor."""
    found = await store.read(reading, DraftAct.READ, draft)
    return found[0].files if found else None


async def one(reading: Reading, file: UUID) -> DraftFileView | None:
    """One file; None: there is none, or none for this actor."""
    files = await of_draft(reading, await file_store.where(reading, file) or NOWHERE)
    return next((one for one in files or () if one.id == file), None)


async def remove(reading: Reading, key: str, file: UUID) -> UUID | WorkProblem:
    """Remove it; the id that it had."""
    problem = key_problem(key) or _keeps_none(reading)
    if problem:
        return problem

    async def command() -> UUID | WorkProblem:
        draft = await file_store.where(reading, file) or NOWHERE
        if not await store.read(reading, DraftAct.SAVE, draft):
            return NotFound()
        await file_store.remove(reading, file)
        return file

    return await once(reading, Intent(DraftAct.SAVE, key, {"remove": str(file)}), command)


def problems_of(found: DraftView, *, is_notification: bool) -> Iterator[Problem]:
    """What of its files keeps a draft from being sent."""
    if found.files and is_notification:
        message = "A notification takes no file: no machine can tell whether one names somebody."
        yield Problem(PATH, "must_be_absent", message, "Remove the files.")
    if any(one.scan is Scan.INFECTED for one in found.files):
        yield Problem(
            PATH, "infected", "The scanner found something harmful in a file.", "Remove what is listed as infected."
        )


def as_documents(found: DraftView) -> tuple[Document, ...]:
    """The files of the evidence as the answer to the form's own question; what they hold is nowhere to be fetched."""
    evidence = [one for one in found.files if one.group is DataGroup.EVIDENCE]
    return tuple(
        Document(url="", name=one.name, media_type=one.kind.plain_type, load_content=False) for one in evidence
    )


async def hand_over(reading: Reading, found: DraftView, record: UUID) -> WorkProblem | None:
    """Make them the case's, as whoever attaches there would; None: they are."""
    groups = {one.group for one in found.files}
    if not groups:
        return None
    admission = await gate.ask(reading, Action.RECORD, str(record), groups)
    if not isinstance(admission, Admission):
        names = ", ".join(sorted(group.value.replace("_", " ") for group in groups))
        message = f"You may not attach files to all of these groups of this case: {names}."
        return Invalid((Problem(PATH, "not_yours_to_attach", message, "Remove them, or add them to another group."),))
    if await file_store.take_over(reading, found.id, record):
        return None
    message = f"Your agency attaches at most {MOST} files to a record, and some are at this case already."
    return Invalid((Problem(PATH, "too_many", message, "Remove some from the draft or from the case."),))


def _keeps_none(reading: Reading) -> Refused | None:
    return None if gate.may_begin(reading, Action.DRAFT_KEEP) else Refused(None, "Your function keeps no drafts.")
