"""The two ways in which an agency's system proves itself: a key of its own, or a token of its agency's provider."""

from collections import defaultdict
from functools import partial
from uuid import UUID

from joserfc.jwk import ECKey, RSAKey

from api.identity.access_token import verified_access_token
from api.identity.client_assertion import verified_assertion
from api.identity.providers import Providers
from api.identity.refusal import Reason, SignInError
from api.limits import Slots
from services.machines import tokens
from services.machines.views import MachineSession, NoMachineSession
from services.tools import Tools

Outcome = MachineSession | NoMachineSession
_AT_ONE_ISSUER = 4


class MachineProofs:
    """Verifies what a system sends and starts its session; SignInError where it proves nobody."""

    def __init__(self, public_url: str, tools: Tools, providers: Providers) -> None:
        self._public_url = public_url
        self._tools = tools
        self._providers = providers
        # An issuer that answers slowly keeps its own systems waiting and nobody else's.
        self._slots: defaultdict[str, Slots] = defaultdict(partial(Slots, _AT_ONE_ISSUER))

    async def by_assertion(self, assertion: str, said: str | None) -> Outcome:
        """A session for whoever signed this for us with a registered key."""
        proven = await verified_assertion(assertion, self._public_url, partial(tokens.known, self._tools))
        _check_said(said, proven.client)
        return await tokens.start_session(self._tools, proven)

    async def by_token(self, token: str, said: str | None) -> Outcome:
        """A session for the system to which its agency's provider issued this for us."""
        find_issued = partial(tokens.issued, self._tools)
        proven = await verified_access_token(token, self._public_url, find_issued, self._find_key)
        _check_said(said, proven.client)
        return await tokens.exchange(self._tools, proven)

    async def _find_key(self, issuer: str, kid: str | None, algorithm: str) -> ECKey | RSAKey | None:
        with self._slots[issuer].taken():
            metadata = await self._providers.published_by(issuer)
            return await self._providers.key(metadata, kid, algorithm)


def _check_said(said: str | None, proven: UUID) -> None:
    """Whoever names a client beside the proof names the one that it proves."""
    if said not in (None, str(proven)):
        raise SignInError(Reason.OTHER_CLIENT)
