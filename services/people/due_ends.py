"""Ends whose day has come: access ended by itself at midnight in London; here the work goes to whoever stays."""

from services.people import store
from services.tools import Reading


async def carry_out_next(reading: Reading) -> bool:
    """One end in one transaction, in the name of whoever planned it; False: none is due."""
    return await store.carry_out_next_end(reading)


async def leave_next_empty_team(reading: Reading) -> bool:
    """What one team has in which nobody works any more, handed over or told of; False: there is none."""
    return await store.leave_next_empty_team(reading)
