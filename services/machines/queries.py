"""Which systems an agency has, for its administrators; and what the one in this session may run."""

from datetime import date, datetime

from sqlalchemy import RowMapping

from policies.vocabulary import AccessLevel, Function
from services.machines import store
from services.machines.views import MachineClient, MachineIssuer, MachineKey
from services.tools import Reading


async def clients(reading: Reading) -> tuple[MachineClient, ...]:
    """Every client the actor's agency ever had, the newest first; none for anybody but an administrator."""
    return tuple(_client(row) for row in await store.clients(reading))


async def may_run(reading: Reading, operation: str | None) -> bool:
    """Whether the actor may run this operation by its name: people any, machines what their agency listed."""
    if reading.actor.access_level is not AccessLevel.SERVICE:
        return True
    return operation in (await store.operations(reading) or ())


def _client(row: RowMapping) -> MachineClient:
    return MachineClient(
        id=row["id"],
        name=row["name"],
        purpose=row["purpose"],
        function=Function(row["function"]),
        operations=tuple(row["operations"]),
        keys=tuple(
            MachineKey(
                kid=key["kid"],
                thumbprint=key["thumbprint"],
                valid_from=date.fromisoformat(key["valid_from"]),
                valid_until=date.fromisoformat(key["valid_until"]),
                retired_at=datetime.fromisoformat(key["retired_at"]) if key["retired_at"] else None,
            )
            for key in row["keys"]
        ),
        issued_by=MachineIssuer(**row["issued_by"]) if row["issued_by"] else None,
        valid_from=row["valid_from"],
        valid_until=row["valid_until"],
        registered_at=row["registered_at"],
        last_token_at=row["last_token_at"],
        ended_at=row["ended_at"],
        is_live=row["is_live"],
    )
