"""Systems that prove themselves with access tokens of their agency's own provider."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx2

from services.machines.registration import OfferedIssuer
from tests.world.machines import ADMINISTRATORS, Machine, registered
from tests.world.platform import Platform

SYSTEM = "records-system"
EXCHANGE = {
    "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
    "subject_token_type": "urn:ietf:params:oauth:token-type:access_token",
}


@dataclass
class IssuedMachine(Machine):
    """A system that has no key: its agency's provider, or whoever pretends to be one, signs for it."""

    slug: str = "west-yorkshire-police"
    client_id: str = SYSTEM

    async def claims(self, **changes: object) -> dict[str, object]:
        """Claims that are accepted; a change to None removes one."""
        said: dict[str, object] = {
            "iss": self.platform.issuers[self.slug].url,
            "sub": self.client_id,
            "client_id": self.client_id,
        }
        return await super().claims(**said | changes)

    async def assertion(self, *, header: Mapping[str, object] | None = None, **changes: object) -> str:
        """A fresh access token, by the key that signs at the provider now."""
        signing = self.platform.issuers[self.slug]._keys[0]
        self.key, self.kid = signing, str(signing.kid)
        return await super().assertion(header={"typ": "at+jwt"} | dict(header or {}), **changes)

    async def ask_token(self, assertion: str, **changes: str) -> httpx2.Response:
        """What the token endpoint gives for it."""
        form = EXCHANGE | {"subject_token": assertion} | changes
        return await self.platform.browser().post("/oauth/token", data=form)


async def registered_at_provider(platform: Platform, agency: str = "wyp", **changes: Any) -> IssuedMachine:
    """A system of an agency, known by its name at the agency's provider."""
    slug = ADMINISTRATORS[agency][0]
    vouching: dict[str, Any] = {"keys": (), "issued_by": OfferedIssuer(slug, SYSTEM)}
    machine = await registered(platform, agency=agency, **vouching | changes)
    return IssuedMachine(platform, machine.id, machine.key, slug=slug)
