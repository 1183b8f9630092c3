"""The agencies' providers: the registered row, what it publishes about itself, and its keys."""

import time
from collections.abc import Callable

import httpx2
from joserfc.jwk import ECKey, RSAKey

from api.identity.code_flow import CodeFlow
from api.identity.key_cache import KeyCache
from api.identity.metadata import Discovery, Metadata
from api.identity.outbound import Outbound
from api.identity.refusal import Reason, SignInError
from services.secret_box import SecretUnreadableError
from services.sessions import commands
from services.sessions.views import SignInProvider
from services.tools import Tools


class Providers:
    """Every way to a provider; only issuers registered in the database are ever asked."""

    def __init__(self, tools: Tools, public_url: str, outbound: Outbound, clock: Callable[[], float]) -> None:
        self._tools = tools
        self._public_url = public_url
        self._outbound = outbound
        self._discovery = Discovery(outbound, clock)
        self._keys = KeyCache(outbound, clock)

    async def named(self, slug: str) -> SignInProvider:
        """The provider registered under this name."""
        for provider in await commands.providers(self._tools):
            if provider.slug == slug:
                return self._with_its_secret(provider)
        raise SignInError(Reason.UNKNOWN_PROVIDER)

    def _with_its_secret(self, provider: SignInProvider) -> SignInProvider:
        """A start finds all secrets readable; one that was sealed since with another key refuses its own sign-ins."""
        try:
            return commands.with_its_secret(provider, self._tools)
        except SecretUnreadableError:
            raise SignInError(Reason.SECRET_UNREADABLE) from None

    async def metadata(self, provider: SignInProvider) -> Metadata:
        """What the provider publishes, checked against what was registered."""
        return await self.published_by(provider.issuer)

    async def published_by(self, issuer: str) -> Metadata:
        """What a registered issuer publishes; ask of no other."""
        return await self._discovery.of(issuer)

    def flow(self, provider: SignInProvider, metadata: Metadata) -> CodeFlow:
        """The code flow with this provider."""
        return CodeFlow(provider, metadata, self._public_url, self._outbound)

    async def key(self, metadata: Metadata, kid: str | None, algorithm: str) -> ECKey | RSAKey | None:
        """The provider's key for a token."""
        return await self._keys.find(metadata.issuer, metadata.jwks_uri, kid, algorithm)


def open_providers(
    tools: Tools,
    public_url: str,
    environment: str,
    transport: httpx2.AsyncBaseTransport | None,
    clock: Callable[[], float] = time.monotonic,
) -> Providers:
    """The providers of one process; plain http is spoken with loopback in development only."""
    return Providers(tools, public_url, Outbound(development=environment == "development", transport=transport), clock)
