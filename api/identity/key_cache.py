"""Providers' keys, kept fresh: a new key is found within seconds, a removed one refused within ten minutes."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf

import anyio
from joserfc.jwk import ECKey, RSAKey

from api.identity.outbound import Outbound
from api.identity.refusal import SignInError
from api.identity.verification_keys import KeyRing, key_ring

LIFETIME_SECONDS = 600.0
REFETCH_INTERVAL_SECONDS = 30.0
LAST_GOOD_SECONDS = 24 * 3600.0


@dataclass(slots=True)
class _Entry:
    lock: anyio.Lock = field(default_factory=anyio.Lock)
    ring: KeyRing | None = None
    read_at: float = -inf
    tried_at: float = -inf


class KeyCache:
    """One entry per issuer and address: a provider that names another's address spends nothing of the other's. The
    lock makes concurrent readers wait for one request."""

    def __init__(self, outbound: Outbound, clock: Callable[[], float] = time.monotonic) -> None:
        self._outbound = outbound
        self._clock = clock
        self._entries: dict[tuple[str, str], _Entry] = {}

    async def find(self, issuer: str, jwks_uri: str, kid: str | None, algorithm: str) -> ECKey | RSAKey | None:
        """The key for this token; an unknown name leads to at most one look at the provider in thirty seconds."""
        entry = self._entries.setdefault((issuer, jwks_uri), _Entry())
        async with entry.lock:
            if self._clock() - entry.read_at >= LIFETIME_SECONDS:
                await self._refresh(jwks_uri, entry)
            key = entry.ring.find(kid, algorithm) if entry.ring else None
            if key is None:
                await self._refresh(jwks_uri, entry)
                key = entry.ring.find(kid, algorithm) if entry.ring else None
            return key

    async def _refresh(self, jwks_uri: str, entry: _Entry) -> None:
        now = self._clock()
        if now - entry.tried_at < REFETCH_INTERVAL_SECONDS:
            return
        entry.tried_at = now
        try:
            entry.ring = key_ring(await self._outbound.read_json(jwks_uri))
            entry.read_at = now
        except SignInError:
            # The provider's keys are away, not withdrawn: the last good ones serve for a day, no longer.
            if now - entry.read_at > LAST_GOOD_SECONDS:
                entry.ring = None
                raise
