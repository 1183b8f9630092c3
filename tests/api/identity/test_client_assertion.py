"""T48: a corpus of bad assertions, none of which proves a client; and that each good kind does."""

import hmac
import json
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from joserfc.jwk import ECKey

from api.identity.client_assertion import verified_assertion
from api.identity.refusal import SignInError
from services.machines.views import KnownClient, ProvenAssertion
from tests.api.identity.forge import EC, KID, OTHER_EC, RSA, AnyKey, Forgery, b64, published

pytestmark = pytest.mark.anyio

ISSUER = "https://concordat.example"
CLIENT, OTHER_CLIENT = uuid4(), uuid4()
NOW = float(int(time.time()))
OTHERS_KEY = ECKey.generate_key("P-256")
KEYS: dict[UUID, list[dict[str, object]]] = {
    CLIENT: [published(EC), published(RSA, kid="rsa"), published(RSA, kid="rsa-ps", alg="PS256")],
    OTHER_CLIENT: [published(OTHERS_KEY)],
}


async def known(client: UUID) -> KnownClient:
    return KnownClient(datetime.fromtimestamp(NOW, UTC), tuple(KEYS.get(client, [])))


def claims(**changes: object) -> dict[str, object]:
    good: dict[str, object] = {
        "iss": str(CLIENT),
        "sub": str(CLIENT),
        "aud": ISSUER,
        "iat": int(NOW),
        "exp": int(NOW) + 60,
        "jti": "0123456789abcdef",
    }
    return {name: value for name, value in (good | changes).items() if value is not None}


def made(key: AnyKey = EC, header: dict[str, object] | None = None, **changes: object) -> str:
    said = {"alg": "ES256", "kid": KID, "typ": "JWT"} | (header or {})
    kept = {name: value for name, value in said.items() if value is not None}
    return Forgery(header=kept, payload=json.dumps(claims(**changes)).encode(), key=key).token()


async def proven(assertion: str) -> ProvenAssertion:
    return await verified_assertion(assertion, ISSUER, known)


GOOD = {
    "ES256": lambda: made(),
    "without a type": lambda: made(header={"typ": None}),
    "with the type of its own": lambda: made(header={"typ": "client-authentication+jwt"}),
    "RS256": lambda: made(RSA, {"alg": "RS256", "kid": "rsa"}),
    "PS256": lambda: made(RSA, {"alg": "PS256", "kid": "rsa"}),
    "PS256 with a key for it alone": lambda: made(RSA, {"alg": "PS256", "kid": "rsa-ps"}),
    "five minutes ahead": lambda: made(exp=int(NOW) + 300),
    "a clock that is a little ahead": lambda: made(iat=int(NOW) + 20),
    "a start that has come": lambda: made(nbf=int(NOW)),
}


def unsigned() -> str:
    header = b64(json.dumps({"alg": "none", "kid": KID}).encode())
    return f"{header}.{b64(json.dumps(claims()).encode())}."


def with_another_payload() -> str:
    head, _, signature = made().split(".")
    return f"{head}.{b64(json.dumps(claims(jti='another-0123456789')).encode())}.{signature}"


def twice_named() -> str:
    text = json.dumps(claims())[:-1] + f', "sub": "{OTHER_CLIENT}"}}'
    return Forgery(header={"alg": "ES256", "kid": KID}, payload=text.encode()).token()


def by_a_shared_secret() -> str:
    head = b64(json.dumps({"alg": "HS256", "kid": KID}).encode()) + "." + b64(json.dumps(claims()).encode())
    return f"{head}.{b64(hmac.digest(EC.as_pem(private=False), head.encode(), 'sha256'))}"


BAD: dict[str, Callable[[], str]] = {
    "nothing": lambda: "",
    "no token": lambda: "assertion",
    "two parts": lambda: ".".join(made().split(".")[:2]),
    "no signature": lambda: made().rpartition(".")[0] + ".",
    "not signed": unsigned,
    "a shared secret": by_a_shared_secret,
    "another payload": with_another_payload,
    "a client named twice": twice_named,
    "too long": lambda: made(padding="x" * 20_000),
    "not ASCII": lambda: made() + "é",
    "another key": lambda: made(OTHER_EC),
    "another agency's key": lambda: made(OTHERS_KEY),
    "another agency's client with our key": lambda: made(iss=str(OTHER_CLIENT), sub=str(OTHER_CLIENT)),
    "no name of the key": lambda: made(header={"kid": None}),
    "an unknown name of the key": lambda: made(header={"kid": "key-9"}),
    "a key of another algorithm": lambda: made(RSA, {"alg": "RS256", "kid": "rsa-ps"}),
    "an algorithm that is not served": lambda: made(RSA, {"alg": "PS512", "kid": "rsa"}),
    "a key in the header": lambda: made(header={"jwk": EC.as_dict(private=False)}),
    "an address of keys": lambda: made(header={"jku": "https://evil.example/keys"}),
    "a critical header": lambda: made(header={"crit": ["exp"]}),
    "an access token's type": lambda: made(header={"typ": "at+jwt"}),
    "a logout token's type": lambda: made(header={"typ": "logout+jwt"}),
    "no issuer": lambda: made(iss=None),
    "another issuer": lambda: made(iss=str(OTHER_CLIENT)),
    "no subject": lambda: made(sub=None),
    "a subject that is no client": lambda: made(iss="officer-7", sub="officer-7"),
    "a client written otherwise": lambda: made(iss=str(CLIENT).upper(), sub=str(CLIENT).upper()),
    "an unknown client": lambda: made(iss=str(UUID(int=1)), sub=str(UUID(int=1))),
    "no audience": lambda: made(aud=None),
    "another audience": lambda: made(aud="https://evil.example"),
    "the token endpoint as audience": lambda: made(aud=f"{ISSUER}/oauth/token"),
    "our issuer with a slash": lambda: made(aud=f"{ISSUER}/"),
    "two audiences": lambda: made(aud=[ISSUER, "https://evil.example"]),
    "our issuer in a list": lambda: made(aud=[ISSUER]),
    "no end": lambda: made(exp=None),
    "an end that has come": lambda: made(exp=int(NOW) - 31),
    "an end too far away": lambda: made(exp=int(NOW) + 331),
    "an end that is no time": lambda: made(exp="tomorrow"),
    "no beginning": lambda: made(iat=None),
    "made an hour ago": lambda: made(iat=int(NOW) - 3600),
    "made in an hour": lambda: made(iat=int(NOW) + 3600),
    "not yet valid": lambda: made(nbf=int(NOW) + 120),
    "no id": lambda: made(jti=None),
    "an empty id": lambda: made(jti=""),
    "a guessable id": lambda: made(jti="1"),
    "an id that is no text": lambda: made(jti=1234567890123456),
    "an id without end": lambda: made(jti="x" * 256),
}


@pytest.mark.parametrize("kind", GOOD)
async def test_a_good_assertion_proves_its_client(kind: str) -> None:
    found = await proven(GOOD[kind]())

    assert found.client == CLIENT
    assert found.jti == "0123456789abcdef"
    assert found.expires_at.timestamp() > NOW


@pytest.mark.parametrize("kind", BAD)
async def test_t48_a_bad_assertion_proves_nobody(kind: str) -> None:
    with pytest.raises(SignInError):
        await proven(BAD[kind]())


def test_the_corpus_is_as_large_as_it_should_be() -> None:
    assert len(BAD) >= 25


async def test_a_client_without_living_keys_proves_nothing() -> None:
    async def nobody(client: UUID) -> KnownClient:
        return KnownClient(datetime.fromtimestamp(NOW, UTC), ())

    find: Callable[[UUID], Awaitable[KnownClient]] = nobody
    with pytest.raises(SignInError):
        await verified_assertion(made(), ISSUER, find)
