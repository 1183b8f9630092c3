"""The database's doors for machine clients; the application role has no right on the tables behind them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.machines.views import NamedToken, ProvenAssertion, ProvenToken
from services.tools import Reading

KEYS = text("SELECT moment() AS now, ARRAY(SELECT k FROM machine_keys(:client) k) AS keys")
START = text("SELECT start_machine_session(:client, :kid, :jti_hash, :expires_at, :secret_hash)")
ISSUED = text("SELECT moment() AS now, machine_issued_by(:issuer, :client_id, :subject) AS client")
START_ISSUED = text("SELECT start_issued_session(:client, :jti_hash, :forget_at, :expires_at, :secret_hash)")
OPERATIONS = text("SELECT my_operations() AS operations")
LIST = text("SELECT * FROM machine_clients()")


async def keys(connection: AsyncConnection, client: UUID) -> tuple[datetime, tuple[dict[str, object], ...]]:
    """The platform's time, and the keys that may prove this client today."""
    row = (await connection.execute(KEYS, {"client": client})).one()
    return row.now, tuple(row.keys)


async def start(connection: AsyncConnection, proven: ProvenAssertion, jti_hash: bytes, secret_hash: bytes) -> str:
    """Use an assertion up and start a session; the answer is the database's word for how it ended."""
    values = {"client": proven.client, "kid": proven.kid, "expires_at": proven.expires_at}
    hashes = {"jti_hash": jti_hash, "secret_hash": secret_hash}
    return str((await connection.execute(START, values | hashes)).scalar_one())


async def issued(connection: AsyncConnection, named: NamedToken) -> tuple[datetime, UUID | None]:
    """The platform's time, and the one client that such a token can be of."""
    row = (await connection.execute(ISSUED, asdict(named))).one()
    return row.now, row.client


async def start_issued(connection: AsyncConnection, proven: ProvenToken, jti_hash: bytes, secret_hash: bytes) -> str:
    """Use a provider's token up and start a session; the answer is the database's word for how it ended."""
    values = {"client": proven.client, "expires_at": proven.expires_at, "forget_at": proven.forget_at}
    hashes = {"jti_hash": jti_hash, "secret_hash": secret_hash}
    return str((await connection.execute(START_ISSUED, values | hashes)).scalar_one())


async def operations(reading: Reading) -> list[str] | None:
    """What the machine in this session may run; None where it is no registered machine's."""
    row = await reading.row(OPERATIONS)
    found: list[str] | None = row["operations"] if row else None
    return found


async def clients(reading: Reading) -> Sequence[RowMapping]:
    """Every client of the administrator's agency."""
    return await reading.rows(LIST)
