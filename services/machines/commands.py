"""An administrator proposes a system of their own agency, another approves it; one of them ends it at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.clocks.rules import london_date
from services.errors import Invalid, WorkProblem
from services.machines import rules
from services.machines.registration import Registration
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
