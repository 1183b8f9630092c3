"""A machine client as its agency's administrator sees it, and what the door has to know of one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from policies.vocabulary import Function


@dataclass(frozen=True, slots=True)
class MachineKey:
    """A public key as it was registered; the key itself is no secret, and nobody needs to read it."""

    kid: str
    thumbprint: str
    valid_from: date
    valid_until: date
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class MachineIssuer:
    """The agency's provider that vouches for a client, and how it names the client in its tokens."""

    provider: str
    issuer: str
    client_id: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineClient:
    """A system of the agency: what for, what it may run, since when and until when."""

    id: UUID
    name: str
    purpose: str
    function: Function
    operations: tuple[str, ...]
    keys: tuple[MachineKey, ...]
    issued_by: MachineIssuer | None
    valid_from: date
    valid_until: date
    registered_at: datetime
    last_token_at: datetime | None
    ended_at: datetime | None
    is_live: bool


@dataclass(frozen=True, slots=True)
class KnownClient:
    """The keys that may prove a client today, and the platform's time; nobody's keys for a client that is not there."""

    now: datetime
    keys: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class ProvenAssertion:
    """An assertion that was verified: who made it, with which key, and until when it could be used again."""

    client: UUID
    kid: str
    jti: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class NamedToken:
    """Whom an access token of a provider says it is of; not believed before the provider's key has verified it."""

    issuer: str
    client_id: str
    subject: str


@dataclass(frozen=True, slots=True)
class ProvenToken:
    """An access token that was verified: whose, how long it still lives, and until when it could be shown again."""

    client: UUID
    token_id: str = field(repr=False)
    seconds: int
    expires_at: datetime
    forget_at: datetime


@dataclass(frozen=True, slots=True)
class MachineSession:
    """A session that has just begun; its secret is the access token, told once and stored as a hash."""

    secret: str = field(repr=False)
    seconds: int


class NoMachineSession(StrEnum):
    """Why a verified assertion got no session."""

    UNKNOWN_CLIENT = "unknown_client"
    REPLAYED = "replayed"
    TOO_MANY = "too_many"
