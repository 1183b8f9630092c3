"""Machine clients and their keys as types, and what a key looks like when it is sent."""

from dataclasses import asdict
from datetime import date, datetime

import strawberry
from strawberry import UNSET

from schema.groups import value
from schema.node import global_id
from schema.words import Function
from services.machines import views as machines
from services.machines.registration import OfferedIssuer, OfferedKey


@strawberry.type(directives=[value], description="A public key of a machine client.")
class MachineKey:
    kid: str = strawberry.field(description="Its name in the header of an assertion.")
    thumbprint: str = strawberry.field(description="Its RFC 7638 thumbprint, to compare with the system's own.")
    valid_from: date = strawberry.field(description="The first day on which it proves anything.")
    valid_until: date = strawberry.field(description="The first day on which it no longer does.")
    retired_at: datetime | None = strawberry.field(description="When it was retired. Null: it was not.")


@strawberry.type(directives=[value], description="The provider of your agency whose access tokens prove a system.")
class MachineIssuer:
    provider: str = strawberry.field(description="The provider, by its short name.")
    issuer: str = strawberry.field(description="What stands in `iss`.")
    client_id: str = strawberry.field(description="What stands in `client_id`.")
    subject: str = strawberry.field(description="What stands in `sub`.")


@strawberry.type(directives=[value], description="A system of your agency that acts here by itself.")
class MachineClient:
    id: strawberry.ID = strawberry.field(description="Give this when you end it.")
    client_id: str = strawberry.field(description="What it calls itself at the token endpoint; no secret.")
    name: str = strawberry.field(description="Its name; it stands where a person's would.")
    purpose: str = strawberry.field(description="What it is for.")
    function: Function = strawberry.field(description="What it acts as.")
    operations: list[str] = strawberry.field(description="What it may run, by name; nothing else.")
    keys: list[MachineKey] = strawberry.field(description="The keys that it proves itself with.")
    issued_by: MachineIssuer | None = strawberry.field(
        description="Whose access tokens prove it. Null: it has keys of its own."
    )
    valid_from: date = strawberry.field(description="Its first day.")
    valid_until: date = strawberry.field(description="The first day without it.")
    registered_at: datetime = strawberry.field(description="When it was approved.")
    last_token_at: datetime | None = strawberry.field(description="When it last proved itself. Null: never yet.")
    ended_at: datetime | None = strawberry.field(description="When it was ended. Null: it was not.")
    is_live: bool = strawberry.field(description="Whether it can act now.")


@strawberry.input(description="One public key.")
class MachineKeyInput:
    jwk: str = strawberry.field(
        description="The public half as a JWK (RFC 7517) in JSON: P-256, or RSA from 2,048 bits."
    )
    valid_from: date | None = strawberry.field(default=UNSET, description="Left out: with the client.")
    valid_until: date | None = strawberry.field(
        default=UNSET, description="The first day without it. Left out: likewise."
    )

    def offered(self) -> OfferedKey:
        """As the service takes it."""
        return OfferedKey(self.jwk, self.valid_from or None, self.valid_until or None)


@strawberry.input(description="A provider of your agency, and how it names the system in its access tokens.")
class MachineIssuerInput:
    provider: str = strawberry.field(description="The provider, by its short name.")
    client_id: str = strawberry.field(description="How the provider knows the system: the token's `client_id`.")
    subject: str | None = strawberry.field(
        default=UNSET, description="The token's `sub`. Left out: the same as `clientId`."
    )

    def offered(self) -> OfferedIssuer:
        """As the service takes it."""
        return OfferedIssuer(self.provider, self.client_id, self.subject or None)


def client(view: machines.MachineClient) -> MachineClient:
    """A client as a type."""
    return MachineClient(
        id=global_id("MachineClient", view.id),
        client_id=str(view.id),
        name=view.name,
        purpose=view.purpose,
        function=view.function,
        operations=list(view.operations),
        keys=[MachineKey(**asdict(key)) for key in view.keys],
        issued_by=MachineIssuer(**asdict(view.issued_by)) if view.issued_by else None,
        valid_from=view.valid_from,
        valid_until=view.valid_until,
        registered_at=view.registered_at,
        last_token_at=view.last_token_at,
        ended_at=view.ended_at,
        is_live=view.is_live,
    )
