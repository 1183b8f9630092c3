"""The environment as frozen settings; a process with a wrong one does not start and says which variable to change."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast
from urllib.parse import unquote, urlsplit

from api.attachment_settings import AttachmentSettings, attachment_settings
from api.attachment_settings import SettingsError as SettingsError
from api.identity.addresses import is_loopback
from services.database.addresses import APP_ROLE, SIGN_IN_ROLE

DEFAULT_PUBLIC_URL = "http://127.0.0.1:8000"
SERVICE_VARIABLE = "CONCORDAT_SERVICE_SECRET"
SEAL_VARIABLE = "PROVIDER_SECRET_KEYS"
SHORTEST_KEY = 32
ENVIRONMENTS = ("development", "production")

Environment = Literal["development", "production"]


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """What api and worker need to know; it has no printed form, because the address holds a password."""

    app_database_url: str
    public_url: str = DEFAULT_PUBLIC_URL
    environment: Environment = "development"
    sign_in_database_url: str = ""  # empty: a process that signs nobody in
    provider_secret_keys: tuple[str, ...] = ()  # the first seals, any opens; empty: no provider's secret can be kept
    attachments: AttachmentSettings = field(default_factory=AttachmentSettings)

    @property
    def cursor_key(self) -> bytes:
        """Seals cursors: the same in every process of one database, and changed with the application's password."""
        password = unquote(urlsplit(self.app_database_url).password or "")
        return hashlib.sha512(f"concordat cursors/{password}".encode()).digest()

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ, *, signs_in: bool = False) -> "Settings":
        """Read and check; nothing is guessed in production. The worker and the import sign nobody in, so that they
        never hold the address with which sessions begin."""
        environment = _environment(environ)
        if environment == "production":
            _refuse_in_production(environ)
        public_url = _public_url(environ, environment)
        if not signs_in:
            return cls(app_database_url(environ), public_url, environment)
        keys = provider_secret_keys(environ, required=environment == "production")
        attachments = attachment_settings(environ, has_keys=bool(keys))
        return cls(app_database_url(environ), public_url, environment, sign_in_database_url(environ), keys, attachments)


def administrative_database_url(environ: Mapping[str, str] = os.environ) -> str:
    """DATABASE_URL: a role that may create roles. Only demo, test and migrate use it."""
    return _database_url(environ, "DATABASE_URL", "a role that may create roles")


def app_database_url(environ: Mapping[str, str] = os.environ) -> str:
    """APP_DATABASE_URL: the role under row-level security, and no other."""
    url = _database_url(environ, "APP_DATABASE_URL", f"the role {APP_ROLE}")
    if urlsplit(url).username != APP_ROLE:
        raise SettingsError(f"APP_DATABASE_URL must connect as {APP_ROLE}, or row-level security protects nothing.")
    return url


def sign_in_database_url(environ: Mapping[str, str] = os.environ) -> str:
    """SIGN_IN_DATABASE_URL: the one role that may begin a session; for the serving process and `migrate`."""
    url = _database_url(environ, "SIGN_IN_DATABASE_URL", f"the role {SIGN_IN_ROLE}")
    if urlsplit(url).username != SIGN_IN_ROLE:
        raise SettingsError(f"SIGN_IN_DATABASE_URL must connect as {SIGN_IN_ROLE}: no other role begins a session.")
    return url


def role_passwords(environ: Mapping[str, str] = os.environ) -> tuple[str, str]:
    """The passwords that `migrate` gives the application's and the sign-in's role: those their processes will use."""
    return (
        _password(app_database_url(environ), "APP_DATABASE_URL", APP_ROLE),
        _password(sign_in_database_url(environ), "SIGN_IN_DATABASE_URL", SIGN_IN_ROLE),
    )


def _password(url: str, name: str, role: str) -> str:
    password = unquote(urlsplit(url).password or "")
    if not password:
        raise SettingsError(f"{name} holds no password: add one for the role {role}.")
    return password


def service_secret(environ: Mapping[str, str] = os.environ) -> str:
    """CONCORDAT_SERVICE_SECRET: the secret of the service session that the worker or the importer acts with."""
    secret = environ.get(SERVICE_VARIABLE, "")
    if not secret:
        raise SettingsError(
            "CONCORDAT_SERVICE_SECRET is not set: give it the secret of this process's service session."
        )
    return secret


def provider_secret_keys(environ: Mapping[str, str] = os.environ, *, required: bool) -> tuple[str, ...]:
    """PROVIDER_SECRET_KEYS: what client secrets of providers are sealed with, the newest first; for the serving process
    and `migrate`."""
    keys = tuple(key.strip() for key in environ.get(SEAL_VARIABLE, "").split(",") if key.strip())
    if required and not keys:
        raise SettingsError(
            "PROVIDER_SECRET_KEYS is not set: give it a random text of at least 32 characters, and keep it: what it"
            " sealed opens with nothing else."
        )
    if any(len(key) < SHORTEST_KEY for key in keys):
        raise SettingsError("PROVIDER_SECRET_KEYS holds a key of less than 32 characters: make a longer one.")
    return keys


def _environment(environ: Mapping[str, str]) -> Environment:
    value = environ.get("ENVIRONMENT", "development")
    if value not in ENVIRONMENTS:
        raise SettingsError(f"ENVIRONMENT={value} is unknown: set it to {' or '.join(ENVIRONMENTS)}.")
    return cast("Environment", value)


def _refuse_in_production(environ: Mapping[str, str]) -> None:
    if environ.get("CONCORDAT_DEVELOPMENT_PEOPLE"):
        raise SettingsError(
            "CONCORDAT_DEVELOPMENT_PEOPLE and ENVIRONMENT=production exclude each other, because anyone can pick any "
            "person at a development issuer: remove one of them."
        )
    if environ.get("DATABASE_URL"):
        raise SettingsError(
            "DATABASE_URL has an administrator's rights and is for `migrate` only: remove it from this process."
        )
    if not environ.get("PUBLIC_URL"):
        raise SettingsError("PUBLIC_URL is not set: give it the https address that people use.")


def _public_url(environ: Mapping[str, str], environment: Environment) -> str:
    url = environ.get("PUBLIC_URL", DEFAULT_PUBLIC_URL)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or url != f"{parts.scheme}://{parts.netloc}":
        raise SettingsError(
            f"PUBLIC_URL={url} is not an origin: write scheme and host only, as in {DEFAULT_PUBLIC_URL}."
        )
    if environment == "production" and parts.scheme != "https":
        raise SettingsError(f"PUBLIC_URL={url} is not safe with ENVIRONMENT=production: use https.")
    if parts.scheme == "http" and not is_loopback(url):
        raise SettingsError(f"PUBLIC_URL={url} would send sessions unprotected over a network: use https or 127.0.0.1.")
    return url


def _database_url(environ: Mapping[str, str], name: str, whose: str) -> str:
    url = environ.get(name, "")
    if not url:
        raise SettingsError(f"{name} is not set: give it the postgresql:// address of {whose}.")
    if urlsplit(url).scheme != "postgresql":
        raise SettingsError(f"{name} is no PostgreSQL address: start it with postgresql://.")
    return url
