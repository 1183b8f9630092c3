"""What everybody may do on each of the coming days, as a set, and acts of one person against the database itself."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg

DAY_ONE = date(2026, 5, 1)
HORIZON = 40
INCLUDED = {"practitioner": ("practitioner",), "approver": ("practitioner", "approver")}
FUNCTIONS = """
    SELECT 'person' AS of, mf.member_id::text AS whose, mf.function, mf.access_level, mf.valid_from, mf.valid_until
    FROM member_function mf
    UNION ALL SELECT 'agency', a.code, af.function, 'any', af.valid_from, af.valid_until
    FROM agency_function af JOIN agency a ON a.id = af.agency_id WHERE a.on_platform
"""
PLACES = """
    SELECT 'place' AS of, tm.member_id::text AS whose, tm.team_id::text AS what, tm.standing
    FROM team_membership tm WHERE tm.until_at IS NULL OR tm.until_at > moment()
    UNION ALL SELECT 'provider', p.agency_id::text, p.slug, p.issuer || ' ' || p.client_id
    FROM provider p WHERE p.closed_at IS NULL
    UNION ALL SELECT 'known', m.provider_id::text, m.subject, m.agency_id::text FROM member m WHERE NOT m.is_service
    UNION ALL SELECT 'machine', c.agency_id::text, c.function, c.name FROM machine_client c WHERE c.ended_at IS NULL
    UNION ALL SELECT 'key', c.agency_id::text, k.machine_client_id::text, k.thumbprint
    FROM machine_key k JOIN machine_client c ON c.id = k.machine_client_id
    WHERE c.ended_at IS NULL AND k.retired_at IS NULL
    UNION ALL SELECT 'on platform', a.code, '', '' FROM agency a WHERE a.on_platform
"""
# Whoever does this has just looked; nobody is named, so that what there is goes to the intake teams.
LEAVE = """
    SELECT e.id FROM member m, end_membership(m.id, m.version, '[]', 'why', $2::text::date) e WHERE m.id = $1
"""
SESSION = """
    INSERT INTO session (secret_hash, member_id, agency_id, function, started_at, expires_at)
    SELECT $1, m.id, m.agency_id, $3, '2026-05-01', '2027-05-01' FROM member m WHERE m.subject = $2
"""


# The newest line, where an act has just been done; what is proposed changes nothing yet.
LINE = """
    SELECT l.act, l.before, l.after FROM administrative_record l
    WHERE l.verdict = 'done' AND l.act NOT LIKE 'proposal.%' ORDER BY l.sequence DESC LIMIT 1
"""


@dataclass(frozen=True)
class Act:
    """One thing that somebody tries: which function of the gatekeeper, with what; or a day that passes."""

    name: str
    content: dict[str, Any]


async def powers(admin: asyncpg.Connection) -> frozenset[tuple[str, ...]]:
    """Everything that anybody may do, by day; a day that is over gives nothing any more."""
    today = await admin.fetchval("SELECT london_today()")
    found: set[tuple[str, ...]] = {tuple(row) for row in await admin.fetch(PLACES)}
    days = [DAY_ONE + timedelta(n) for n in range(HORIZON) if DAY_ONE + timedelta(n) >= today]
    for of, whose, function, level, since, until in await admin.fetch(FUNCTIONS):
        for day in days:
            if since <= day and (until is None or day < until):
                found |= {(of, whose, function, word, str(day)) for word in INCLUDED.get(level, (level,))}
    return frozenset(found)


class OnePerson:
    """One person alone in one transaction that is never committed."""

    def __init__(self, admin: asyncpg.Connection, subject: str) -> None:
        self._admin = admin
        self._subject = subject
        self._secret = hashlib.sha256(f"{subject} alone".encode()).hexdigest()[:43]
        self._proposals: list[UUID] = []
        self.done = 0

    async def sign_in(self, function: str) -> None:
        """A session that outlives the story."""
        await self._admin.execute("UPDATE test_clock SET at = '2026-05-01 12:00+01'")
        await self._admin.execute(SESSION, hashlib.sha256(self._secret.encode()).digest(), self._subject, function)

    async def attempt(self, act: Act) -> bool:
        """Try it as the application role would; an error undoes the act alone. Whether it did anything."""
        before = self.done
        try:
            async with self._admin.transaction():
                await self._run(act)
        except asyncpg.PostgresError:
            pass
        finally:
            await self._admin.execute("RESET ROLE")
        return self.done > before

    async def _run(self, act: Act) -> None:
        if act.name == "pass":
            await self._admin.execute("UPDATE test_clock SET at = at + make_interval(days => $1)", act.content["days"])
            return
        await self._admin.execute("UPDATE session SET authenticated_at = moment()")  # the walls hold without that one
        await self._admin.execute("SET LOCAL ROLE concordat_app")
        await self._admin.fetch("SELECT * FROM enter($1)", self._secret)
        if act.name == "act_as":
            await self._admin.execute("SELECT act_as($1)", act.content["function"])
        elif act.name == "decide" and self._proposals:
            chosen = self._proposals[act.content["which"] % len(self._proposals)]
            await self._count("SELECT id FROM decide_proposal($1, $2, '')", chosen, act.content["outcome"])
        elif act.name == "leave":
            await self._count(LEAVE, UUID(act.content["member"]), act.content["on"])
        elif act.name in ("propose", "administer"):
            agency = act.content.get("agency")
            sent = json.dumps({name: value for name, value in act.content.items() if name != "act"}, default=str)
            made = await self._count(f"SELECT id FROM {act.name}($1, $2, $3, 'why')", act.content["act"], agency, sent)
            if act.name == "propose" and made:
                self._proposals.append(made)

    async def _count(self, statement: str, *values: object) -> UUID | None:
        made: UUID | None = await self._admin.fetchval(statement, *values)
        self.done += made is not None
        return made
