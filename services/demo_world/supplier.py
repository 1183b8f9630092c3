"""The supplier's system of the demo: a machine client of one invented force, as its two administrators let it in."""

import json
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from policies.vocabulary import Function
from services.database.engine import asyncpg_url
from services.demo_world.cast import FUNCTION
from services.machines import rules
from services.machines.documents import IMPORT
from services.machines.public_keys import public_key
from services.machines.registration import OfferedKey, Registration

AGENCY: Final = "west-yorkshire-police"
PROPOSED_BY, APPROVED_BY = "wyp-5", "wyp-6"
DAYS = 365

OWNER = text("SELECT machine_client_id FROM machine_key WHERE thumbprint = :thumbprint")
TODAY = text("SELECT london_today()")
REGISTER = text("""
    WITH proposal AS (
        INSERT INTO administrative_proposal (act, agency_id, content, reason, proposed_by, proposed_at, expires_at,
                                             outcome, decided_by, decided_at)
        SELECT 'machine_client.register', a.id, CAST(:content AS jsonb), 'The supplier''s contract.', one.id, moment(),
               moment() + interval '14 days', 'approved', other.id, moment()
        FROM agency a JOIN member one ON one.agency_id = a.id AND one.subject = :proposed_by
        JOIN member other ON other.agency_id = a.id AND other.subject = :approved_by
        WHERE a.code = :code RETURNING id, agency_id, content)
    SELECT register_machine(p.agency_id, p.content, p.id) FROM proposal p
""")


async def let_in(admin_url: str, jwk: str) -> UUID:
    """The client that has this public key; registered now unless an earlier start did it."""
    engine = create_async_engine(asyncpg_url(admin_url), hide_parameters=True)
    try:
        async with engine.begin() as connection:
            return await _owner(connection, jwk) or await _registered(connection, jwk)
    finally:
        await engine.dispose()


async def _owner(connection: AsyncConnection, jwk: str) -> UUID | None:
    found = await connection.execute(OWNER, {"thumbprint": public_key(jwk).thumbprint})
    return found.scalar_one_or_none()


async def _registered(connection: AsyncConnection, jwk: str) -> UUID:
    today = (await connection.execute(TODAY)).scalar_one()
    content = json.dumps(rules.content(_registration(jwk, today)), default=str)
    await connection.execute(FUNCTION, {"code": AGENCY, "function": Function.REFERRAL_IMPORT})
    people = {"proposed_by": PROPOSED_BY, "approved_by": APPROVED_BY}
    await connection.execute(REGISTER, {"code": AGENCY, "content": content, **people})
    client = await _owner(connection, jwk)
    if client is None:
        raise RuntimeError("a client that was registered has its key")
    return client


def _registration(jwk: str, today: date) -> Registration:
    return Registration(
        name="Example Records, the force's records system",
        purpose="Sends the referrals that officers make in the records system of an invented supplier.",
        function=Function.REFERRAL_IMPORT,
        operations=(IMPORT, "ReadViewer"),
        keys=(OfferedKey(jwk),),
        valid_from=today,
        valid_until=today + timedelta(days=DAYS),
    )
