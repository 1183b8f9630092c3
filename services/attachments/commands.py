"""Attaching a file to a group of a record, and removing one. What is kept has lost what it told beside its content."""

from typing import Final
from uuid import UUID

from anyio import to_thread

from policies.vocabulary import Action, DataGroup
from services import gate
from services.attachments import queries, store
from services.attachments.preparing import Prepared
from services.attachments.store import Stays
from services.attachments.vault import Vault, new_place
from services.errors import Conflict, NotFound, Refused, WorkProblem
from services.gate import Admission
from services.once import Intent, key_problem, once
from services.tools import Reading

MOST: Final = 100
GROUPS: Final = frozenset(
    {
        DataGroup.IDENTITY, DataGroup.ACCOUNT, DataGroup.EXPLOITERS, DataGroup.EVIDENCE, DataGroup.IMMIGRATION,
        DataGroup.CRIMINAL_JUSTICE, DataGroup.HEALTH, DataGroup.SUPPORT_PLAN, DataGroup.CHILD_PROTECTION,
        DataGroup.CREDIBILITY, DataGroup.LEAVE,
    }
)  # fmt: skip
"""The groups that files can belong to: those that hold what people write and bring."""


async def attach(
    reading: Reading, vault: Vault, key: str, to: tuple[str, DataGroup], file: Prepared
) -> UUID | WorkProblem:
    """Attach it to a group of a record that the actor may write; its id. The same key and content do it once."""
    problem = key_problem(key)
    if problem:
        return problem
    lookup, group = to
    intent = Intent(Action.RECORD, key, {"record": lookup, "group": group.value, "file": file.sent}, (lookup,))
    return await once(reading, intent, lambda: _attach(reading, vault, lookup, group, file))


async def _attach(reading: Reading, vault: Vault, lookup: str, group: DataGroup, file: Prepared) -> UUID | WorkProblem:
    admission = await gate.ask(reading, Action.RECORD, lookup, {group})
    if not isinstance(admission, Admission):
        return admission
    if admission.kind != "case":  # a notification may name nobody, and no machine can tell what a file says
        return NotFound()
    place = new_place()
    added = await store.add(reading, admission.record_id, group, file.kind, file.content.size, place, file.scan)
    if added is None:
        message = f"Your agency attaches at most {MOST} files to a record."
        return Conflict("TOO_MANY", message, "Remove one that is not needed.")
    await to_thread.run_sync(vault.keep, place, file.content.pieces())
    return added


async def remove(reading: Reading, key: str, attachment: UUID) -> tuple[UUID | WorkProblem, str | None]:
    """Remove one of one's own agency's that the case has not moved on with; its id, and the place to destroy once this
    is committed."""
    problem = key_problem(key)
    if problem:
        return problem, None
    unneeded: list[str] = []

    async def command() -> UUID | WorkProblem:
        found = await queries.one(reading, attachment)
        if found is None:
            return NotFound()
        admission = await gate.ask(reading, Action.RECORD, str(found.record_id), {found.group})
        if not isinstance(admission, Admission):
            return admission
        if not found.is_own:
            return Refused(None, "Only the agency that attached a file removes it.")
        why = await store.remove(reading, attachment)
        if why is not None:
            return _stays(why)
        unneeded.append(found.place)
        return attachment

    outcome = await once(reading, Intent(Action.RECORD, key, {"remove": str(attachment)}), command)
    return outcome, next(iter(unneeded), None)


def _stays(why: Stays) -> Conflict:
    messages = {
        Stays.SENT: "This file came with the referral, and what was sent is not changed.",
        Stays.MOVED_ON: "The case has moved on since this file was attached, and a decision may rest on it.",
        Stays.ENDED: "This case has ended, and its files stay as they are.",
    }
    remedy = (
        "Attach the right file beside it and say which one counts; of a file that is not of this case, tell its lead."
    )
    return Conflict(
        f"FILE_{why.name}", messages[why], "Tell the agency that leads it." if why is Stays.ENDED else remedy
    )
