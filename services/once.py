"""A write happens once: a key finds its first outcome again; a problem leaves nothing but its ledger line."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import text

from services import ledger
from services.errors import Conflict, Invalid, Problem, WorkProblem
from services.tools import Reading, as_json

# Writing begins by holding what lets the actor act: whoever takes it away waits for this commit, or comes before it and
# then this operation begins again, and finds it gone.
BEGIN = text("SELECT place, input_hash, outcome_id FROM begin_writes(CAST(:asked AS jsonb[]))")
KEEP = text("""
    INSERT INTO idempotency (member_id, operation, key, input_hash, outcome_id, created_at)
    SELECT (SELECT my_member()), k.operation, k.key, decode(k.input_hash, 'hex'), k.outcome, moment()
    FROM unnest(CAST(:asked AS jsonb[])) one,
         jsonb_to_record(one) AS k (operation text, key text, input_hash text, outcome uuid)
""")
KEY_LENGTH = range(8, 201)


@dataclass(frozen=True, slots=True)
class Intent:
    """What the caller wants done once: the act, the key, the whole input, and the records it is about."""

    act: StrEnum
    key: str
    content: Mapping[str, Any]
    lookups: tuple[str, ...] = ()

    def digest(self) -> bytes:
        """The hash that is kept instead of the input."""
        return hashlib.sha256(json.dumps(self.content, sort_keys=True, default=str).encode()).digest()


async def once(
    reading: Reading, intent: Intent, command: Callable[[], Awaitable[UUID | WorkProblem]]
) -> UUID | WorkProblem:
    """The id of what the command made, now or the first time; a problem undoes all and writes one line."""
    digest, write = intent.digest(), {"operation": intent.act, "key": intent.key}
    if kept := await reading.each(BEGIN, [as_json(write)]):
        return _replayed(kept[0]["outcome_id"], same=bytes(kept[0]["input_hash"]) == digest)
    async with reading.attempt() as attempt:
        outcome = await command()
        if isinstance(outcome, UUID):
            await reading.each(KEEP, [as_json(write | {"input_hash": digest.hex(), "outcome": outcome})])
        else:
            attempt.give_up()
    if not isinstance(outcome, UUID):
        await ledger.refuse(reading, intent.lookups, intent.act)
    return outcome


def key_problem(key: str) -> Invalid | None:
    """What is wrong with an idempotency key, said before anything is looked up."""
    if len(key) in KEY_LENGTH:
        return None
    return Invalid(
        (
            Problem(
                "idempotencyKey", "length", "An idempotency key has 8 to 200 characters.", "Send a fresh random UUID."
            ),
        )
    )


def _replayed(outcome: UUID, *, same: bool) -> UUID | Conflict:
    if same:
        return outcome
    return Conflict(
        "IDEMPOTENCY_KEY_REUSED",
        "This idempotency key was used before with another input.",
        "Send a fresh key for a new intent; repeat the same input to repeat an old one.",
    )
