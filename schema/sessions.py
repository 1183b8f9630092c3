"""Ending one's own sessions."""

import strawberry

from schema.context import Info
from schema.groups import value
from services.sessions import signed_in


@strawberry.type(directives=[value], description="That you are signed out, wherever you were signed in.")
class SignOutEverywherePayload:
    ended_sessions: int = strawberry.field(description="How many sessions of yours ended; this one is among them.")


async def sign_out_everywhere(info: Info) -> SignOutEverywherePayload:
    """End every session of the person who asks; it cannot fail in a way that the person could put right."""
    async with info.context.turn:
        return SignOutEverywherePayload(ended_sessions=await signed_in.sign_out_everywhere(info.context.reading))
