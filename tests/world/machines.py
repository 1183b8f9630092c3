"""Systems of agencies: keys, assertions, tokens; and the administrators who let them in."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx2
from joserfc.jwk import ECKey, RSAKey

from policies.vocabulary import Function
from services.errors import WorkProblem
from services.machines import commands, queries
from services.machines.registration import OfferedKey, Registration
from services.people import commands as people
from services.people.acts import Deciding
from tests.api.identity.forge import Forgery
from tests.world.platform import Person, Platform
from tests.world.template import PUBLIC_URL

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
IMPORT = "referral.import"
GIVE_IMPORT = """
    INSERT INTO agency_function (agency_id, function, valid_from)
    SELECT id, 'referral_import', DATE '2009-04-01' FROM agency WHERE code = $1 ON CONFLICT DO NOTHING
"""
AnyKey = ECKey | RSAKey
TODAY = date.today()  # noqa: DTZ011 - tests of registration leave the platform's clock alone


def a_jwk(key: AnyKey, kid: str = "key-1", **members: object) -> str:
    """The public half as an administrator pastes it."""
    return json.dumps({**key.as_dict(private=False), "kid": kid, "use": "sig", **members})


@dataclass
class Machine:
    """A registered system, with the private key that only it has."""

    platform: Platform
    id: str
    key: AnyKey
    kid: str = "key-1"
    algorithm: str = "ES256"
    token: str = field(default="", repr=False)

    async def claims(self, **changes: object) -> dict[str, object]:
        """Claims that are accepted; a change to None removes one."""
        now = int((await self.platform.admin.fetchval("SELECT moment()")).timestamp())
        claims: dict[str, object] = {
            "iss": self.id,
            "sub": self.id,
            "aud": PUBLIC_URL,
            "exp": now + 120,
            "iat": now,
            "jti": secrets.token_urlsafe(16),
        }
        return {name: value for name, value in (claims | changes).items() if value is not None}

    async def assertion(self, *, header: Mapping[str, object] | None = None, **changes: object) -> str:
        """A signed assertion; changes to header or claims make it another one."""
        said = {"alg": self.algorithm, "kid": self.kid, "typ": "JWT"} | dict(header or {})
        kept = {name: value for name, value in said.items() if value is not None}
        return Forgery(header=kept, payload=json.dumps(await self.claims(**changes)).encode(), key=self.key).token()

    async def ask_token(self, assertion: str, **changes: str) -> httpx2.Response:
        """The token endpoint's answer."""
        form = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE}
        return await self.platform.browser().post("/oauth/token", data=form | {"client_assertion": assertion} | changes)

    async def sign_in(self) -> str:
        """A fresh access token, kept for what follows."""
        answer = await self.ask_token(await self.assertion())
        assert answer.status_code == 200, answer.text
        self.token = answer.json()["access_token"]
        return self.token

    @property
    def headers(self) -> dict[str, str]:
        """What goes with each of its requests."""
        return {"authorization": f"Bearer {self.token}"}

    async def run(self, query: str, variables: Mapping[str, Any] | None = None, **more: object) -> httpx2.Response:
        """One operation over HTTP."""
        body = {"query": query, "variables": dict(variables or {})} | more
        return await self.platform.browser().post("/graphql", json=body, headers=self.headers)

    async def send(self, messages: Sequence[object]) -> httpx2.Response:
        """A batch of messages as one JSON list."""
        kind = {"content-type": "application/json"}
        content = json.dumps(list(messages)).encode()
        return await self.platform.browser().post("/imports/referrals", content=content, headers=self.headers | kind)


def a_registration(key: AnyKey, **changes: Any) -> Registration:
    """A supplier's system that imports; a change makes it another one."""
    parts: dict[str, Any] = {
        "name": "Records system",
        "purpose": "Sends the referrals that our officers make in the records system.",
        "function": Function.REFERRAL_IMPORT,
        "operations": (IMPORT, "ReadViewer"),
        "keys": (OfferedKey(a_jwk(key)),),
        "valid_from": TODAY,
        "valid_until": TODAY + timedelta(days=365),
    }
    return Registration(**parts | changes)


async def proposed(platform: Platform, who: Person, registration: Registration) -> UUID | WorkProblem:
    """What becomes of an administrator's proposal."""
    async with platform.tools.enter(who.secret) as reading:
        assert reading
        key = str(uuid4())
        return await commands.propose(reading, key, registration, "The supplier's contract.", {"key": key})


async def approved(platform: Platform, who: Person, proposal: UUID) -> UUID | WorkProblem:
    """What becomes of another administrator's approval."""
    async with platform.tools.enter(who.secret) as reading:
        assert reading
        key = str(uuid4())
        return await people.decide(reading, key, proposal, Deciding.APPROVE, "Agreed.", {"key": key})


async def registered(platform: Platform, key: AnyKey | None = None, agency: str = "wyp", **changes: Any) -> Machine:
    """A system of an agency that its two administrators let in; West Yorkshire Police's unless told otherwise."""
    own = key or ECKey.generate_key("P-256")
    code, first, second = ADMINISTRATORS[agency]
    await platform.admin.execute(GIVE_IMPORT, code)
    one, other = await platform.sign_in(first), await platform.sign_in(second)
    proposal = await proposed(platform, one, a_registration(own, **changes))
    assert isinstance(proposal, UUID), proposal
    assert await approved(platform, other, proposal) == proposal
    async with platform.tools.enter(one.secret) as reading:
        assert reading
        newest = (await queries.clients(reading))[0]
    return Machine(platform, str(newest.id), own)


ADMINISTRATORS = {
    "wyp": ("west-yorkshire-police", "wyp-5", "wyp-6"),
    "lcc": ("leeds-city-council", "lcc-4", "lcc-5"),
}


async def ended(platform: Platform, machine: Machine, agency: str = "wyp") -> None:
    """One of the agency's administrators ends it; it has to work."""
    who = await platform.sign_in(ADMINISTRATORS[agency][1])
    async with platform.tools.enter(who.secret) as reading:
        assert reading
        key = str(uuid4())
        client = UUID(machine.id)
        assert await commands.end(reading, key, client, "The contract ended.", {"key": key}) == client
