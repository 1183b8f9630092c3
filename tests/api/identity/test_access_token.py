"""A corpus of bad access tokens of agencies' providers, none of which proves a system; and that each good kind does."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from joserfc.jwk import ECKey, RSAKey

from api.identity.access_token import verified_access_token
from api.identity.refusal import SignInError
from api.identity.verification_keys import key_ring
from services.machines.views import NamedToken, ProvenToken
from tests.api.identity.forge import EC, KID, OTHER_EC, RSA, AnyKey, Forgery, b64, published

pytestmark = pytest.mark.anyio

PLATFORM = "https://concordat.example"
POLICE, COUNCIL, STRANGER = (f"https://login.{name}.example" for name in ("police", "council", "stranger"))
SYSTEM, SUBJECT = "records-system", "records-system"
NOW = float(int(time.time()))
COUNCILS_KEY = ECKey.generate_key("P-256")
RINGS = {
    POLICE: key_ring({"keys": [published(EC), published(RSA, kid="rsa"), published(RSA, kid="rsa-ps", alg="PS256")]}),
    COUNCIL: key_ring({"keys": [published(COUNCILS_KEY)]}),
}
CLIENTS = {
    NamedToken(POLICE, SYSTEM, SUBJECT): uuid4(),
    NamedToken(POLICE, "other-system", "service-account-7"): uuid4(),
    NamedToken(COUNCIL, SYSTEM, SUBJECT): uuid4(),
}
OURS = CLIENTS[NamedToken(POLICE, SYSTEM, SUBJECT)]
asked_of: list[str] = []


async def find_issued(named: NamedToken) -> tuple[datetime, UUID | None]:
    return datetime.fromtimestamp(NOW, UTC), CLIENTS.get(named)


async def find_key(issuer: str, kid: str | None, algorithm: str) -> ECKey | RSAKey | None:
    asked_of.append(issuer)
    return RINGS[issuer].find(kid, algorithm)


async def proven(token: str) -> ProvenToken:
    return await verified_access_token(token, PLATFORM, find_issued, find_key)


def claims(**changes: object) -> dict[str, object]:
    good: dict[str, object] = {
        "iss": POLICE,
        "sub": SUBJECT,
        "client_id": SYSTEM,
        "aud": PLATFORM,
        "iat": int(NOW),
        "exp": int(NOW) + 3600,
        "jti": "token-1",
    }
    return {name: value for name, value in (good | changes).items() if value is not None}


def made(key: AnyKey = EC, header: dict[str, object] | None = None, **changes: object) -> str:
    said = {"alg": "ES256", "kid": KID, "typ": "at+jwt"} | (header or {})
    kept = {name: value for name, value in said.items() if value is not None}
    return Forgery(header=kept, payload=json.dumps(claims(**changes)).encode(), key=key).token()


def twice(name: str, value: str) -> str:
    text = json.dumps(claims())[:-1] + f', "{name}": "{value}"}}'
    return Forgery(header={"alg": "ES256", "kid": KID, "typ": "at+jwt"}, payload=text.encode()).token()


def unsigned() -> str:
    header = b64(json.dumps({"alg": "none", "kid": KID, "typ": "at+jwt"}).encode())
    return f"{header}.{b64(json.dumps(claims()).encode())}."


def with_payload_of(other: str) -> str:
    head, _, signature = made().split(".")
    return f"{head}.{other.split('.')[1]}.{signature}"


GOOD = {
    "ES256": lambda: made(),
    "the long name of the type": lambda: made(header={"typ": "application/at+jwt"}),
    "RS256": lambda: made(RSA, {"alg": "RS256", "kid": "rsa"}),
    "PS256": lambda: made(RSA, {"alg": "PS256", "kid": "rsa-ps"}),
    "our address in a list of one": lambda: made(aud=[PLATFORM]),
    "an authorised party that is the system": lambda: made(azp=SYSTEM),
    "claims that we do not read": lambda: made(scope="everything", roles=["admin"], agency="home-office"),
    "a clock that is a little ahead": lambda: made(iat=int(NOW) + 20),
    "a few seconds of life": lambda: made(exp=int(NOW) + 5),
}
BAD: dict[str, Callable[[], str]] = {
    "nothing": lambda: "",
    "no token": lambda: "token",
    "an opaque token": lambda: "2YotnFZFEjr1zCsicMWpAA",
    "two parts": lambda: ".".join(made().split(".")[:2]),
    "no signature": lambda: made().rpartition(".")[0] + ".",
    "not signed": unsigned,
    "the payload of another token": lambda: with_payload_of(made(jti="token-2")),
    "too long": lambda: made(padding="x" * 20_000),
    "not ASCII": lambda: made() + "é",
    "an ID token": lambda: made(header={"typ": "JWT"}),
    "no type": lambda: made(header={"typ": None}),
    "a logout token": lambda: made(header={"typ": "logout+jwt"}),
    "a client's assertion": lambda: made(header={"typ": "client-authentication+jwt"}),
    "another key": lambda: made(OTHER_EC),
    "another agency's key": lambda: made(COUNCILS_KEY),
    "another agency's issuer with our provider's key": lambda: made(iss=COUNCIL),
    "an issuer that nobody registered": lambda: made(iss=STRANGER),
    "our own address as issuer": lambda: made(iss=PLATFORM),
    "the issuer with a slash": lambda: made(iss=f"{POLICE}/"),
    "no issuer": lambda: made(iss=None),
    "an issuer named twice": lambda: twice("iss", COUNCIL),
    "a client named twice": lambda: twice("client_id", "other-system"),
    "an unknown name of the key": lambda: made(header={"kid": "key-9"}),
    "no name of the key where several fit": lambda: made(RSA, {"alg": "PS256", "kid": None}),
    "a key of another algorithm": lambda: made(RSA, {"alg": "RS256", "kid": "rsa-ps"}),
    "an algorithm that is not served": lambda: made(RSA, {"alg": "PS512", "kid": "rsa"}),
    "a key in the header": lambda: made(OTHER_EC, {"jwk": OTHER_EC.as_dict(private=False)}),
    "an address of keys": lambda: made(header={"jku": "https://evil.example/keys"}),
    "a critical header": lambda: made(header={"crit": ["exp"]}),
    "no client": lambda: made(client_id=None),
    "a client that was not registered here": lambda: made(client_id="payroll", sub="payroll"),
    "a client that is no text": lambda: made(client_id=["records-system"]),
    "a person who uses the system": lambda: made(sub="officer-7"),
    "no subject": lambda: made(sub=None),
    "another system's subject": lambda: made(sub="service-account-7"),
    "another system's name with our subject": lambda: made(client_id="other-system"),
    "no audience": lambda: made(aud=None),
    "another audience": lambda: made(aud="https://evil.example"),
    "two audiences": lambda: made(aud=[PLATFORM, "https://evil.example"]),
    "the audience of the sign-in": lambda: made(aud="concordat"),
    "our address with a slash": lambda: made(aud=f"{PLATFORM}/"),
    "our address as the beginning of another": lambda: made(aud=f"{PLATFORM}.evil.example"),
    "another authorised party": lambda: made(azp="payroll"),
    "a token bound to a key": lambda: made(cnf={"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}),
    "somebody acting for another": lambda: made(act={"sub": "officer-7"}),
    "no end": lambda: made(exp=None),
    "an end that has come": lambda: made(exp=int(NOW)),
    "an end that is no time": lambda: made(exp="tomorrow"),
    "no beginning": lambda: made(iat=None),
    "made an hour ago": lambda: made(iat=int(NOW) - 3600),
    "made in an hour": lambda: made(iat=int(NOW) + 3600, exp=int(NOW) + 7200),
    "not yet valid": lambda: made(nbf=int(NOW) + 120),
    "no id": lambda: made(jti=None),
    "an empty id": lambda: made(jti=""),
    "an id without end": lambda: made(jti="x" * 256),
}


@pytest.mark.parametrize("kind", GOOD)
async def test_a_good_token_proves_its_system(kind: str) -> None:
    found = await proven(GOOD[kind]())

    assert (found.client, found.token_id) == (OURS, "token-1")
    assert 0 < found.seconds <= 3600
    assert found.expires_at.timestamp() == NOW + found.seconds
    assert found.forget_at.timestamp() > NOW + 330, "it is remembered for as long as it could be shown again"


@pytest.mark.parametrize("kind", BAD)
async def test_a_bad_token_proves_nobody(kind: str) -> None:
    with pytest.raises(SignInError):
        await proven(BAD[kind]())


def test_the_corpus_is_as_large_as_it_should_be() -> None:
    assert len(BAD) >= 25


async def test_a_system_whose_subject_differs_from_its_name_is_known_by_both() -> None:
    found = await proven(made(client_id="other-system", sub="service-account-7"))

    assert found.client == CLIENTS[NamedToken(POLICE, "other-system", "service-account-7")]


async def test_no_address_is_asked_for_a_token_that_can_be_nobodys() -> None:
    asked_of.clear()
    for token in (made(iss=STRANGER), made(client_id="payroll"), made(sub="officer-7")):
        with pytest.raises(SignInError):
            await proven(token)

    assert asked_of == []
