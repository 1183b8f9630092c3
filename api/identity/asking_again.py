"""A provider is asked again whether it vouches for its person; whoever it lets go is out with the next request."""

import time
from functools import partial

import anyio
import structlog

from api.identity.code_flow import NoLongerVouchedForError, Redeemed
from api.identity.id_token import check_same_person
from api.identity.providers import Providers
from api.identity.refusal import Reason, SignInError
from api.identity.sealing import seal, unseal
from services.sessions import validation
from services.sessions.views import AskedAgain, NotVouchedFor
from services.tools import Tools

PATIENCE_SECONDS = 4.0
_LOOK_SECONDS = 0.1
_ENDINGS = {
    Reason.ANOTHER_PERSON: NotVouchedFor.PROVIDER_SAID_NO,
    Reason.UNKNOWN_PROVIDER: NotVouchedFor.PROVIDER_CLOSED,
    Reason.NOTHING_TO_ASK_WITH: NotVouchedFor.NOTHING_TO_ASK_WITH,
}
_log = structlog.get_logger("sign_in")


class AskingAgain:
    """Asks the provider of a session with the refresh token that it gave; several requests at once ask once."""

    def __init__(self, providers: Providers, desk: Tools) -> None:
        self._providers = providers
        self._desk = desk
        self._asking: dict[str, anyio.Event] = {}

    async def ask(self, secret: str) -> None:
        """Ask, and write down what becomes of the session; who comes meanwhile waits for the same answer."""
        if others := self._asking.get(secret):
            with anyio.move_on_after(PATIENCE_SECONDS):
                await others.wait()
            return
        over = self._asking[secret] = anyio.Event()
        try:
            await self._ask(secret)
        finally:
            del self._asking[secret]
            over.set()

    async def _ask(self, secret: str) -> None:
        asked = await validation.begin(self._desk, secret)
        if asked is None:
            await self._heard_elsewhere(secret)
            return
        token = unseal(asked.sealed_token, secret) if asked.sealed_token else None
        try:
            answer = await self._answer(asked, token)
        except NoLongerVouchedForError:
            await self._end(asked, NotVouchedFor.PROVIDER_SAID_NO)
        except SignInError as error:
            await self._judge(asked, error.reason)
        else:
            renewed = seal(answer.refresh_token, secret) if answer.refresh_token else None
            await validation.confirm(self._desk, asked, renewed)

    async def _heard_elsewhere(self, secret: str) -> None:
        """Another process asks at this moment; the database says when it has heard."""
        with anyio.move_on_after(PATIENCE_SECONDS):
            while await validation.under_way(self._desk, secret):  # noqa: ASYNC110 - another process rings no bell here
                await anyio.sleep(_LOOK_SECONDS)

    async def _judge(self, asked: AskedAgain, reason: Reason) -> None:
        """A no ends the session; a provider that is away, or that answers what cannot be believed, is not a no."""
        if ending := _ENDINGS.get(reason):
            await self._end(asked, ending)
            return
        _log.warning("provider_not_heard", reason=reason.value, provider=asked.provider)
        await validation.excuse(self._desk, asked)

    async def _answer(self, asked: AskedAgain, token: str | None) -> Redeemed:
        try:
            with anyio.fail_after(PATIENCE_SECONDS):
                return await self._asked(asked, token)
        except TimeoutError as error:
            raise SignInError(Reason.PROVIDER_TOO_SLOW) from error

    async def _asked(self, asked: AskedAgain, token: str | None) -> Redeemed:
        provider = await self._providers.named(asked.provider)
        if token is None:
            raise SignInError(Reason.NOTHING_TO_ASK_WITH)
        metadata = await self._providers.metadata(provider)
        answer = await self._providers.flow(provider, metadata).ask_again(token)
        if answer.id_token is not None:
            find_key = partial(self._providers.key, metadata)
            await check_same_person(answer.id_token, provider, asked.subject, find_key, time.time())
        return answer

    async def _end(self, asked: AskedAgain, because: NotVouchedFor) -> None:
        _log.warning("session_not_vouched_for", reason=because.value, provider=asked.provider)
        await validation.end(self._desk, asked, because)
