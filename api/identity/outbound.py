"""The only way out to a provider: allowed addresses, no redirects, limits on size and time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import httpx2

from api.identity.addresses import is_allowed_address
from api.identity.refusal import Reason, SignInError
from api.identity.strict_json import NotStrictJsonError, parse_object

MAX_ANSWER_BYTES = 256 * 1024
TIME_LIMIT_SECONDS = 10.0


class _Limited(httpx2.AsyncByteStream):
    """A body that stops being read at the limit, whatever its length header said."""

    def __init__(self, body: httpx2.AsyncByteStream) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        seen = 0
        async for chunk in self._body:
            seen += len(chunk)
            if seen > MAX_ANSWER_BYTES:
                raise SignInError(Reason.PROVIDER_ANSWER_TOO_LARGE)
            yield chunk

    async def aclose(self) -> None:
        await self._body.aclose()


class GuardedTransport(httpx2.AsyncBaseTransport):
    """Every request to a provider passes here, those that Authlib makes too."""

    def __init__(self, inner: httpx2.AsyncBaseTransport, *, development: bool) -> None:
        self._inner = inner
        self._development = development

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send it if the address is allowed; refuse a redirect and a compressed answer (it could be a bomb)."""
        if not is_allowed_address(str(request.url), development=self._development):
            raise SignInError(Reason.FORBIDDEN_ADDRESS)
        request.headers["Accept-Encoding"] = "identity"
        response = await self._inner.handle_async_request(request)
        if (
            response.status_code in range(300, 400)
            or response.headers.get("content-encoding", "identity") != "identity"
        ):
            await response.aclose()
            raise SignInError(Reason.PROVIDER_BAD_ANSWER)
        if not isinstance(response.stream, httpx2.AsyncByteStream):
            raise SignInError(Reason.PROVIDER_BAD_ANSWER)
        response.stream = _Limited(response.stream)
        return response

    async def aclose(self) -> None:
        """Give the connections back."""
        await self._inner.aclose()


@asynccontextmanager
async def exchange() -> AsyncIterator[None]:
    """One exchange with a provider: whatever goes wrong on the way is a refusal with a reason."""
    try:
        with anyio.fail_after(TIME_LIMIT_SECONDS):
            yield
    except (TimeoutError, httpx2.TimeoutException) as error:
        raise SignInError(Reason.PROVIDER_TOO_SLOW) from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise SignInError(Reason.PROVIDER_UNREACHABLE) from error


class Outbound:
    """Makes guarded transports; tests and the demo hand in their own inner transport, production uses the network."""

    def __init__(self, *, development: bool, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self.development = development
        self._transport = transport

    def transport(self) -> GuardedTransport:
        """A guarded transport for one exchange."""
        return GuardedTransport(self._transport or httpx2.AsyncHTTPTransport(), development=self.development)

    async def read_json(self, url: str) -> dict[str, object]:
        """The JSON object at this address, or a refusal that says why not."""
        async with exchange(), httpx2.AsyncClient(transport=self.transport(), timeout=TIME_LIMIT_SECONDS) as client:
            response = await client.get(url, headers={"Accept": "application/json"})
        if response.status_code != 200:
            raise SignInError(Reason.PROVIDER_BAD_ANSWER)
        try:
            return parse_object(response.content)
        except NotStrictJsonError as error:
            raise SignInError(Reason.PROVIDER_BAD_ANSWER) from error
