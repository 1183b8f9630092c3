"""T43: of a corpus of wrong logout tokens none ends a session; good ones do, once."""

import json

import pytest
from joserfc.jwk import ECKey, RSAKey

from api.identity.logout_token import EVENT, verified_logout
from api.identity.refusal import Reason, SignInError
from api.identity.verification_keys import key_ring
from services.sessions.views import ProvenLogout
from tests.api.identity import forge
from tests.api.identity.forge import CLIENT_ID, ISSUER, KID, NOW, Forgery, b64
from tests.api.identity.logout import PROVIDER, logout_claims, logout_token

pytestmark = pytest.mark.anyio
RING = key_ring({"keys": [forge.published(forge.EC), forge.published(forge.RSA)]})
R = Reason


async def _find(kid: str | None, algorithm: str) -> ECKey | RSAKey | None:
    return RING.find(kid, algorithm)


async def _verify(token: object) -> ProvenLogout:
    return await verified_logout(token, PROVIDER, _find, NOW)


def _typed(kind: str | None, **header: object) -> str:
    named = {"alg": "ES256", "kid": KID} | ({"typ": kind} if kind else {}) | header
    return Forgery(header=named, payload=json.dumps(logout_claims()).encode()).token()


def _twice(name: str) -> str:
    text = json.dumps(logout_claims())
    return Forgery(header=_HEADER, payload=f'{text[:-1]}, "{name}": "other"}}'.encode()).token()


_HEADER = {"alg": "ES256", "kid": KID, "typ": "logout+jwt"}
BAD: dict[str, tuple[object, Reason]] = {
    "missing": ("", R.TOKEN_MISSING),
    "no token": ("a.b", R.TOKEN_MALFORMED),
    "too large": (logout_token(padding="x" * 20_000), R.TOKEN_TOO_LARGE),
    "an ID token": (forge.with_claims(), R.TOKEN_TYPE),
    "an ID token with the event": (forge.with_claims(events={EVENT: {}}, jti="a"), R.TOKEN_TYPE),
    "typ JWT": (_typed("JWT"), R.TOKEN_TYPE),
    "no typ": (_typed(None), R.TOKEN_TYPE),
    "typ at+jwt": (_typed("at+jwt"), R.TOKEN_TYPE),
    "typ of other letters": (_typed("LOGOUT+JWT"), R.TOKEN_TYPE),
    "alg none": (f"{b64(json.dumps(_HEADER | {'alg': 'none'}).encode())}.e30.AA", R.TOKEN_ALGORITHM),
    "alg HS256": (f"{b64(json.dumps(_HEADER | {'alg': 'HS256'}).encode())}.e30.AA", R.TOKEN_ALGORITHM),
    "brings its own key": (_typed("logout+jwt", jwk=forge.published(forge.OTHER_EC)), R.TOKEN_HEADER),
    "critical extension": (_typed("logout+jwt", crit=["exp"]), R.TOKEN_HEADER),
    "unknown kid": (_typed("logout+jwt", kid="key-2"), R.TOKEN_KEY),
    "signed by another key": (logout_token(key=forge.OTHER_EC), R.TOKEN_SIGNATURE),
    "signature of another token": (
        ".".join([*logout_token().split(".")[:2], logout_token(sub="b").split(".")[2]]),
        R.TOKEN_SIGNATURE,
    ),
    "names jti twice": (_twice("jti"), R.TOKEN_MALFORMED),
    "no issuer": (logout_token(iss=None), R.TOKEN_ISSUER),
    "other issuer": (logout_token(iss="https://login.charity.example"), R.TOKEN_ISSUER),
    "no audience": (logout_token(aud=None), R.TOKEN_AUDIENCE),
    "other audience": (logout_token(aud="someone-else"), R.TOKEN_AUDIENCE),
    "a second audience": (logout_token(aud=[CLIENT_ID, "someone-else"]), R.TOKEN_AUDIENCE),
    "not issued": (logout_token(iat=None), R.TOKEN_ISSUED_AT),
    "issued 301 seconds ago": (logout_token(iat=int(NOW) - 301), R.TOKEN_ISSUED_AT),
    "issued in the future": (logout_token(iat=int(NOW) + 31), R.TOKEN_ISSUED_AT),
    "no expiry": (logout_token(exp=None), R.TOKEN_EXPIRED),
    "expired": (logout_token(exp=int(NOW) - 30), R.TOKEN_EXPIRED),
    "with a nonce": (logout_token(nonce="n"), R.TOKEN_NONCE),
    "with an empty nonce": (logout_token(nonce=""), R.TOKEN_NONCE),
    "no events": (logout_token(events=None), R.TOKEN_EVENT),
    "events in a list": (logout_token(events=[EVENT]), R.TOKEN_EVENT),
    "event is a word": (logout_token(events={EVENT: "now"}), R.TOKEN_EVENT),
    "another event": (logout_token(events={"http://schemas.openid.net/event/other": {}}), R.TOKEN_EVENT),
    "a second event": (logout_token(events={EVENT: {}, "http://schemas.openid.net/event/b": {}}), R.TOKEN_EVENT),
    "neither person nor session": (logout_token(sub=None, sid=None), R.TOKEN_SUBJECT),
    "person is empty": (logout_token(sub=""), R.TOKEN_TEXT_CLAIM),
    "person is a list": (logout_token(sub=["officer-7"]), R.TOKEN_TEXT_CLAIM),
    "session is a number": (logout_token(sid=7), R.TOKEN_TEXT_CLAIM),
    "no jti": (logout_token(jti=None), R.TOKEN_ID),
    "jti is empty": (logout_token(jti=""), R.TOKEN_ID),
    "jti is a number": (logout_token(jti=7), R.TOKEN_ID),
    "jti too long": (logout_token(jti="j" * 256), R.TOKEN_ID),
}
GOOD = {
    "person and session": (logout_token(), "officer-7", "sid-1"),
    "person alone": (logout_token(sid=None), "officer-7", None),
    "session alone": (logout_token(sub=None), None, "sid-1"),
    "audience in a list": (logout_token(aud=[CLIENT_ID]), "officer-7", "sid-1"),
    "event with members": (logout_token(events={EVENT: {"reason": "leaver"}}), "officer-7", "sid-1"),
    "claims we do not use": (logout_token(trace_id="t"), "officer-7", "sid-1"),
}


@pytest.mark.parametrize("name", BAD)
async def test_t43_a_wrong_logout_token_is_refused_for_its_own_reason(name: str) -> None:
    token, reason = BAD[name]

    with pytest.raises(SignInError) as refusal:
        await _verify(token)

    assert refusal.value.reason is reason


@pytest.mark.parametrize("name", GOOD)
async def test_t43_a_good_logout_token_names_whose_sessions_end(name: str) -> None:
    token, subject, session = GOOD[name]

    logout = await _verify(token)

    assert (logout.subject, logout.provider_session, logout.token_id) == (subject, session, "jti-1")
    assert logout.forget_at.timestamp() > NOW + 330  # from then on its age refuses it


def test_the_corpus_of_logout_tokens_is_large_enough_to_mean_something() -> None:
    assert len(BAD) >= 40
    assert PROVIDER.issuer == ISSUER
