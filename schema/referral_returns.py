"""Returning a referral that is not valid, and adding to one that was sent. Nothing is decided here."""

from typing import Annotated

from schema import case_step_input as given_as
from schema import case_step_payloads as payloads
from schema.case_payload import case_payload
from schema.case_steps import about
from schema.context import Info
from schema.inputs import INPUT, content_of
from services.decisions import returning
from services.decisions.returning import Addition, Return


async def return_referral(
    info: Info, sent: Annotated[given_as.ReturnReferralInput, INPUT]
) -> payloads.ReturnReferralPayload:
    """Return a referral as not valid, with what is missing."""
    wanted = Return(about=about(sent), missing=tuple(sent.missing))
    done = await returning.send_back(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.ReturnReferralPayload, done)


async def add_to_referral(
    info: Info, sent: Annotated[given_as.AddToReferralInput, INPUT]
) -> payloads.AddToReferralPayload:
    """Add what became known to one's own referral; nothing that was sent is changed."""
    wanted = Addition(about=about(sent), concerns=tuple(sent.concerns))
    done = await returning.add(info.context.reading, sent.idempotency_key, wanted, content_of(sent))
    return await case_payload(info, payloads.AddToReferralPayload, done)
