"""T38: of a corpus of wrong ID tokens none is believed; of good ones all are."""

import json
from datetime import UTC, datetime

import pytest
from joserfc.jwk import ECKey, RSAKey

from api.identity.id_token import Expected, verified_identity
from api.identity.refusal import Reason, SignInError
from api.identity.verification_keys import key_ring
from services.sessions.views import ProvenIdentity
from tests.api.identity import forge
from tests.api.identity.forge import CLIENT_ID, ISSUER, NONCE, NOW, b64, with_claims, with_header, with_payload

pytestmark = pytest.mark.anyio
EXPECTED = Expected(issuer=ISSUER, client_id=CLIENT_ID, nonce=NONCE)
RING = key_ring({"keys": [forge.published(forge.EC), forge.published(forge.RSA)]})


async def _find(kid: str | None, algorithm: str) -> ECKey | RSAKey | None:
    return RING.find(kid, algorithm)


async def _verify(token: object, expected: Expected = EXPECTED) -> ProvenIdentity:
    return await verified_identity(token, expected, _find, NOW)


def _spoilt(part: int, text: str) -> str:
    parts = with_claims().split(".")
    parts[part] = text
    return ".".join(parts)


def _text(claims: str) -> bytes:
    return claims.encode()


_TIMES = f'"exp": {int(NOW) + 300}, "iat": {int(NOW)}'
_GOOD = f'"iss": "{ISSUER}", "sub": "a", "aud": "{CLIENT_ID}", "nonce": "{NONCE}", {_TIMES}'
R = Reason
BAD: dict[str, tuple[object, Reason]] = {
    "missing": (None, R.TOKEN_MISSING),
    "empty": ("", R.TOKEN_MISSING),
    "a number": (7, R.TOKEN_MALFORMED),
    "two parts": ("a.b", R.TOKEN_MALFORMED),
    "four parts": (with_claims() + ".x", R.TOKEN_MALFORMED),
    "five parts as if encrypted": ("a.b.c.d.e", R.TOKEN_MALFORMED),
    "not ascii": (_spoilt(2, "é"), R.TOKEN_MALFORMED),
    "too large": (with_claims(padding="x" * 20_000), R.TOKEN_TOO_LARGE),
    "header is no base64": (_spoilt(0, "!!!"), R.TOKEN_MALFORMED),
    "header is no object": (_spoilt(0, b64(b'["ES256"]')), R.TOKEN_MALFORMED),
    "header names alg twice": (_spoilt(0, b64(b'{"alg":"ES256","alg":"none"}')), R.TOKEN_MALFORMED),
    "header nested too deep": (_spoilt(0, b64(b"[" * 9000)), R.TOKEN_MALFORMED),
    "no algorithm": (_spoilt(0, b64(b'{"kid":"key-1"}')), R.TOKEN_ALGORITHM),
    "algorithm is a list": (_spoilt(0, b64(b'{"alg":["ES256"]}')), R.TOKEN_ALGORITHM),
    "alg none without signature": (forge.unsigned(), R.TOKEN_MALFORMED),
    "alg none with a signature": (forge.unsigned() + "AA", R.TOKEN_ALGORITHM),
    "alg nOnE": (forge.unsigned("nOnE") + "AA", R.TOKEN_ALGORITHM),
    "alg HS256 with the public key": (forge.confused(), R.TOKEN_ALGORITHM),
    "alg RS512": (with_header(key=forge.RSA, alg="RS512"), R.TOKEN_ALGORITHM),
    "alg of the other kind of key": (_spoilt(0, b64(b'{"alg":"RS256","kid":"key-1"}')), R.TOKEN_SIGNATURE),
    "typ at+jwt": (with_header(typ="at+jwt"), R.TOKEN_TYPE),
    "typ logout+jwt": (with_header(typ="logout+jwt"), R.TOKEN_TYPE),
    "typ dpop+jwt": (with_header(typ="dpop+jwt"), R.TOKEN_TYPE),
    "typ null": (_spoilt(0, b64(b'{"alg":"ES256","kid":"key-1","typ":null}')), R.TOKEN_TYPE),
    "brings its own key": (with_header(key=forge.OTHER_EC, jwk=forge.published(forge.OTHER_EC)), R.TOKEN_HEADER),
    "brings a key address": (with_header(key=forge.OTHER_EC, jku="https://evil.example/jwks"), R.TOKEN_HEADER),
    "brings a certificate": (with_header(x5c=["MII"]), R.TOKEN_HEADER),
    "critical extension": (with_header(crit=["b64"], b64=False), R.TOKEN_HEADER),
    "kid is a number": (with_header(kid=1), R.TOKEN_HEADER),
    "kid is empty": (with_header(kid=""), R.TOKEN_HEADER),
    "kid too long": (with_header(kid="k" * 300), R.TOKEN_HEADER),
    "unknown kid": (with_header(kid="key-2"), R.TOKEN_KEY),
    "kid is a path": (with_header(kid="../../dev/null"), R.TOKEN_KEY),
    "signed by another key": (forge.resigned_by(forge.OTHER_EC), R.TOKEN_SIGNATURE),
    "payload exchanged": (_spoilt(1, b64(json.dumps(forge.good_claims(sub="chief")).encode())), R.TOKEN_SIGNATURE),
    "signature cut": (with_claims()[:-4], R.TOKEN_SIGNATURE),
    "signature all zero": (_spoilt(2, b64(bytes(64))), R.TOKEN_SIGNATURE),
    "signature in DER": (_spoilt(2, b64(b"\x30\x06\x02\x01\x01\x02\x01\x01")), R.TOKEN_SIGNATURE),
    "signature of another token": (_spoilt(2, with_claims(sub="b").split(".")[2]), R.TOKEN_SIGNATURE),
    "claims are a list": (with_payload(b"[]"), R.TOKEN_MALFORMED),
    "claims are no JSON": (with_payload(b"sub=a"), R.TOKEN_MALFORMED),
    "claims are not UTF-8": (with_payload(b'{"sub":"\xff"}'), R.TOKEN_MALFORMED),
    "claims name sub twice": (with_payload(_text("{" + _GOOD + ', "sub": "b"}')), R.TOKEN_MALFORMED),
    "claims hold NaN": (with_payload(_text("{" + _GOOD + ', "x": NaN}')), R.TOKEN_MALFORMED),
    "claims hold a number of 5000 digits": (
        with_payload(_text("{" + _GOOD + f', "x": {"9" * 5000}' + "}")),
        R.TOKEN_MALFORMED,
    ),
    "no issuer": (with_claims(iss=None), R.TOKEN_ISSUER),
    "other issuer": (with_claims(iss="https://login.charity.example"), R.TOKEN_ISSUER),
    "issuer with a slash more": (with_claims(iss=ISSUER + "/"), R.TOKEN_ISSUER),
    "issuer in a list": (with_claims(iss=[ISSUER]), R.TOKEN_ISSUER),
    "no audience": (with_claims(aud=None), R.TOKEN_AUDIENCE),
    "other audience": (with_claims(aud="someone-else"), R.TOKEN_AUDIENCE),
    "other audience though we are azp": (with_claims(aud="someone-else", azp=CLIENT_ID), R.TOKEN_AUDIENCE),
    "a second audience": (with_claims(aud=[CLIENT_ID, "someone-else"]), R.TOKEN_AUDIENCE),
    "us twice": (with_claims(aud=[CLIENT_ID, CLIENT_ID]), R.TOKEN_AUDIENCE),
    "empty audience": (with_claims(aud=[]), R.TOKEN_AUDIENCE),
    "other authorised party": (with_claims(azp="someone-else"), R.TOKEN_AUTHORISED_PARTY),
    "authorised party is a list": (with_claims(azp=[CLIENT_ID]), R.TOKEN_AUTHORISED_PARTY),
    "no expiry": (with_claims(exp=None), R.TOKEN_EXPIRED),
    "expired beyond the leeway": (with_claims(exp=int(NOW) - 30), R.TOKEN_EXPIRED),
    "expired by 100 seconds": (with_claims(exp=int(NOW) - 100), R.TOKEN_EXPIRED),
    "expiry is text": (with_claims(exp=str(int(NOW) + 300)), R.TOKEN_EXPIRED),
    "expiry is true": (with_claims(exp=True), R.TOKEN_EXPIRED),
    "expiry is infinite": (
        with_payload(_text("{" + _GOOD.replace(f'"exp": {int(NOW) + 300}', '"exp": 1e999') + "}")),
        R.TOKEN_EXPIRED,
    ),
    "not issued": (with_claims(iat=None), R.TOKEN_ISSUED_AT),
    "issued a day ago": (with_claims(iat=int(NOW) - 86_400), R.TOKEN_ISSUED_AT),
    "issued 301 seconds ago": (with_claims(iat=int(NOW) - 301), R.TOKEN_ISSUED_AT),
    "issued in the future": (with_claims(iat=int(NOW) + 31), R.TOKEN_ISSUED_AT),
    "not yet valid": (with_claims(nbf=int(NOW) + 31), R.TOKEN_NOT_YET_VALID),
    "valid from a word": (with_claims(nbf="now"), R.TOKEN_NOT_YET_VALID),
    "no nonce": (with_claims(nonce=None), R.TOKEN_NONCE),
    "other nonce": (with_claims(nonce="n-other"), R.TOKEN_NONCE),
    "nonce in a list": (with_claims(nonce=[NONCE]), R.TOKEN_NONCE),
    "nonce with a lone surrogate": (with_claims(nonce="\ud800"), R.TOKEN_NONCE),
    "no subject": (with_claims(sub=None), R.TOKEN_SUBJECT),
    "empty subject": (with_claims(sub=""), R.TOKEN_SUBJECT),
    "blank subject": (with_claims(sub="  "), R.TOKEN_SUBJECT),
    "subject is a number": (with_claims(sub=7), R.TOKEN_SUBJECT),
    "subject too long": (with_claims(sub="s" * 256), R.TOKEN_SUBJECT),
    "subject with a zero byte": (with_claims(sub="a\x00b"), R.TOKEN_SUBJECT),
    "subject that only looks alike": (with_claims(sub="оfficer-7"), R.TOKEN_SUBJECT),
    "signed in in the future": (with_claims(auth_time=int(NOW) + 600), R.TOKEN_AUTH_TIME),
    "signed in at a word": (with_claims(auth_time="now"), R.TOKEN_AUTH_TIME),
    "acr is a list": (with_claims(acr=["2"]), R.TOKEN_TEXT_CLAIM),
    "session of another type": (with_claims(sid={"a": 1}), R.TOKEN_TEXT_CLAIM),
}
GOOD = {
    "ES256": with_claims(),
    "PS256": with_header(key=forge.RSA, alg="PS256"),
    "RS256": with_header(key=forge.RSA, alg="RS256"),
    "without typ": with_header(typ=None),
    "without kid, when one key fits": with_header(kid=None),
    "with headers that say nothing here": with_header(x5t="abc"),
    "audience in a list": with_claims(aud=[CLIENT_ID]),
    "authorised party is us": with_claims(azp=CLIENT_ID),
    "claims we do not use": with_claims(agency="home-office", email="chief@police.example", roles=["admin"]),
    "just expired, within the leeway": with_claims(exp=int(NOW) - 29),
    "issued five minutes ago": with_claims(iat=int(NOW) - 300),
    "a clock slightly ahead": with_claims(iat=int(NOW) + 30, nbf=int(NOW) + 30),
    "times with a fraction": with_claims(exp=NOW + 300.5, iat=NOW - 0.5),
    "longest subject": with_claims(sub="s" * 255),
}


@pytest.mark.parametrize("name", BAD)
async def test_t38_a_wrong_token_is_refused_for_its_own_reason(name: str) -> None:
    token, reason = BAD[name]

    with pytest.raises(SignInError) as refusal:
        await _verify(token)

    assert refusal.value.reason is reason


@pytest.mark.parametrize("name", GOOD)
async def test_t38_a_good_token_is_believed(name: str) -> None:
    identity = await _verify(GOOD[name])

    assert identity.subject in {"officer-7", "s" * 255}


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert len(BAD) >= 60


async def test_only_subject_and_circumstances_are_taken_from_a_token() -> None:
    token = with_claims(
        auth_time=int(NOW) - 5, acr="urn:two-factors", sid="sid-1", agency="elsewhere", email="x@y.example"
    )

    assert await _verify(token) == ProvenIdentity(
        subject="officer-7",
        auth_time=datetime.fromtimestamp(NOW - 5, UTC),
        acr="urn:two-factors",
        provider_session="sid-1",
    )


@pytest.mark.parametrize("claims", [{}, {"auth_time": int(NOW) - 331}, {"auth_time": int(NOW) - 864_000}])
async def test_t47_a_fresh_sign_in_that_was_asked_for_must_be_proven(claims: dict[str, object]) -> None:
    fresh = Expected(issuer=ISSUER, client_id=CLIENT_ID, nonce=NONCE, max_age=300)

    with pytest.raises(SignInError) as refusal:
        await _verify(with_claims(**claims), fresh)

    assert refusal.value.reason is Reason.TOKEN_AUTH_TIME
    assert (await _verify(with_claims(auth_time=int(NOW) - 300), fresh)).subject == "officer-7"


@pytest.mark.parametrize(
    "acr",
    [
        None,
        "urn:one-factor",
        "urn:two-factors ",
        "URN:TWO-FACTORS",
        "urn:two-factors urn:one-factor",
        "",
        ["urn:two-factors"],
        2,
    ],
)
async def test_t47_a_level_that_was_asked_for_is_proven_by_that_word_only(acr: object) -> None:
    leveled = Expected(issuer=ISSUER, client_id=CLIENT_ID, nonce=NONCE, acr="urn:two-factors")

    with pytest.raises(SignInError) as refusal:
        await _verify(with_claims(acr=acr), leveled)

    assert refusal.value.reason in (Reason.TOKEN_LEVEL, Reason.TOKEN_TEXT_CLAIM)
    assert (await _verify(with_claims(acr="urn:two-factors"), leveled)).acr == "urn:two-factors"
