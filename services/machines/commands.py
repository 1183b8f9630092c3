"""An administrator proposes a system of their own agency or a key of one, another approves; one of them ends either."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.clocks.rules import london_date
from services.errors import Invalid, WorkProblem
from services.machines import queries, rules
from services.machines.registration import OfferedKey, Registration
from services.people import commands as people
from services.people.acts import Single, Widening
from services.people.changes import Change, SingleAct
from services.tools import Reading

Sent = Mapping[str, Any]


async def propose(
    reading: Reading, key: str, registration: Registration, reason: str, sent: Sent
) -> UUID | WorkProblem:
    """A system of the administrator's own agency, which another of its administrators has to approve; the proposal's
    id. What it may never have is refused here; whether the agency has the function, the database says."""
    problems = rules.check(registration, london_date(reading.now))
    if problems:
        return Invalid(tuple(problems))
    change = Change(Widening.MACHINE_CLIENT_REGISTER, rules.content(registration))
    return await people.propose(reading, key, change, reason, sent)


async def end(reading: Reading, key: str, client: UUID, reason: str, sent: Sent) -> UUID | WorkProblem:
    """End a client: what it is doing stops with its next message, and it never comes back; its id."""
    single = SingleAct(Single.MACHINE_CLIENT_END, {"client": client})
    return await people.administer(reading, key, single, reason, sent)


async def propose_key(
    reading: Reading, key: str, client: UUID, offered: OfferedKey, reason: str, sent: Sent
) -> UUID | WorkProblem:
    """A further key of a living client, beside those it has; the proposal's id."""
    problems = tuple(rules.unfit_key(offered, "key"))
    if problems:
        return Invalid(problems)
    name = next((one.name for one in await queries.clients(reading) if one.id == client), None)
    content = rules.key_content(offered.jwk, offered.valid_from, offered.valid_until)
    change = Change(Widening.MACHINE_KEY_ADD, {"client": client, "system": name} | content)
    return await people.propose(reading, key, change, reason, sent)


async def retire_key(reading: Reading, key: str, client: UUID, kid: str, reason: str, sent: Sent) -> UUID | WorkProblem:
    """Retire one key of a client and end the sessions that it began; the client's id."""
    single = SingleAct(Single.MACHINE_KEY_RETIRE, {"client": client, "kid": kid})
    return await people.administer(reading, key, single, reason, sent)
