"""How a development issuer tells the platform that somebody signed out: one POST, and no second try."""

import httpx2

_PATIENCE_SECONDS = 5.0


class BackChannel:
    """The way to the platform; `transport` replaces the network."""

    def __init__(self, transport: httpx2.AsyncBaseTransport | None) -> None:
        self._transport = transport

    async def tell(self, address: str, logout_token: str) -> bool:
        """Whether the platform has ended the sessions."""
        try:
            async with httpx2.AsyncClient(transport=self._transport, timeout=_PATIENCE_SECONDS) as client:
                answer = await client.post(address, data={"logout_token": logout_token})
        except httpx2.HTTPError:
            return False
        return answer.status_code == 200
