"""Naming bodies: an agency of the directory in a function it has today, or any other body by its own name."""

from dataclasses import fields, replace
from uuid import UUID

from policies.vocabulary import Function
from services.agencies import queries as agencies
from services.errors import Invalid, Problem
from services.meetings.checks import Invitee
from services.meetings.content import Body, Content
from services.tools import Reading


async def named(reading: Reading, content: Content) -> Content | Invalid:
    """The same content, with the names of the agencies it speaks of as they are today."""
    changed: dict[str, Body] = {}
    for field in fields(content):
        body = getattr(content, field.name)
        if isinstance(body, Body) and body.agency is not None:
            agency = await agencies.one(reading, body.agency)
            if agency is None:
                return _nobody(field.name)
            changed[field.name] = replace(body, name=agency.name)
    return replace(content, **changed) if changed else content  # type: ignore[arg-type]  # each has these fields


async def invited(reading: Reading, invitee: Invitee, place: int) -> Body | Invalid:
    """Whom the invitation goes to; an agency must have the function today, and be somebody else."""
    if invitee.agency is None:
        return Body(agency=None, name=str(invitee.name).strip(), function=invitee.function)
    agency = await agencies.one(reading, invitee.agency)
    if agency is None or invitee.function not in agency.functions:
        return _nobody(f"invite.{place}")
    if is_own(reading, agency.id, invitee.function):
        remedy = "Record your own people as attending."
        return Invalid((Problem(f"invite.{place}", "yourself", "Your own service needs no invitation.", remedy),))
    return Body(agency=agency.id, name=agency.name, function=invitee.function)


async def has_account(reading: Reading, body: Body) -> bool:
    """Whether the body is told here; any other needs somebody to tell it."""
    agency = await agencies.one(reading, body.agency) if body.agency else None
    return agency is not None and agency.on_platform


def is_own(reading: Reading, agency: UUID | None, function: Function) -> bool:
    """Whether this is the actor's own agency in the function acted in."""
    return (agency, function) == (reading.actor.agency_id, reading.actor.function)


def _nobody(path: str) -> Invalid:
    remedy = "Choose an agency that has this function today, or give a name only."
    return Invalid((Problem(path, "not_found", "No such agency has this function.", remedy),))
