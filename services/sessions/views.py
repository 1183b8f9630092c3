"""What the sign-in needs to know: providers, what was begun, who came back, and how it ended."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SignInProvider:
    """One agency's identity provider as registered here; the agency comes from this row, never from a claim."""

    id: UUID
    slug: str
    name: str
    agency_id: UUID
    agency_name: str
    issuer: str
    client_id: str
    client_secret: str | None = field(repr=False)  # sealed as kept; None: PKCE alone
    step_up_acr: str | None = None  # None: it names no level, so the time of the sign-in alone proves a step-up


@dataclass(frozen=True, slots=True)
class BrowserProof:
    """What a returning browser holds: the state in the address and the secret in its cookie."""

    state: str = field(repr=False)
    browser: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignInAttempt:
    """What the server keeps while the person is away at the provider."""

    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    return_to: str
    step_up: bool = False


@dataclass(frozen=True, slots=True)
class ProvenIdentity:
    """Who the provider says came back, after the ID token was verified."""

    subject: str
    auth_time: datetime | None  # None: the provider did not say, so the sign-in never counts as fresh
    acr: str | None
    provider_session: str | None


@dataclass(frozen=True, slots=True)
class Browser:
    """What the browser came back to: the session it held until now, and whether it was to be proven again."""

    former_secret: str | None = field(default=None, repr=False)
    step_up: bool = False


@dataclass(frozen=True, slots=True)
class NewSession:
    """What a session begins with: its secret, and what its provider is asked again with, sealed by that secret."""

    secret: str = field(repr=False)
    sealed_token: bytes | None = field(repr=False)  # None: the provider gave nothing to ask again with


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """Of which session, provider and person is to be asked, and with what."""

    session_id: UUID
    provider: str
    subject: str
    sealed_token: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ProvenLogout:
    """Whose sessions a provider ends: a person's, one session's, or both together; each token counts once."""

    token_id: str = field(repr=False)
    forget_at: datetime
    subject: str | None
    provider_session: str | None


@dataclass(frozen=True, slots=True)
class SignInAge:
    """When the person last proved who they are, and until when that is fresh enough for a sensitive act."""

    authenticated_at: datetime | None
    fresh_until: datetime | None


@dataclass(frozen=True, slots=True)
class Session:
    """A session that has just begun; the secret is shown to the browser once and never stored."""

    secret: str = field(repr=False)


class NotVouchedFor(StrEnum):
    """Why a session ended when its provider was asked again."""

    PROVIDER_SAID_NO = "provider_said_no"
    PROVIDER_CLOSED = "provider_closed"
    NOTHING_TO_ASK_WITH = "nothing_to_ask_with"


class NoSession(StrEnum):
    """Why a proven identity got no session."""

    UNKNOWN_PERSON = "unknown_person"
    NO_FUNCTION = "no_function"
    ANOTHER_PERSON = "another_person"  # came back from a step-up as somebody else
