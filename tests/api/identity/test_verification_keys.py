"""Only sound public keys check a signature; a token never finds one by guessing."""

import warnings

import pytest
from joserfc.errors import SecurityWarning
from joserfc.jwk import ECKey, OctKey, RSAKey

from api.identity.verification_keys import key_ring
from tests.api.identity import forge
from tests.api.identity.forge import KID, published


def _small_rsa() -> dict[str, object]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)
        return published(RSAKey.generate_key(1024))


UNUSABLE: dict[str, object] = {
    "no object": "key",
    "RSA of 1024 bits": _small_rsa(),
    "RSA with exponent 1": published(forge.RSA, e="AQ"),
    "RSA without a modulus": {"kty": "RSA", "kid": KID, "e": "AQAB"},
    "RSA far too large": published(forge.RSA, n="_" * 8000),
    "curve P-384": published(ECKey.generate_key("P-384")),
    "a point off the curve": published(forge.EC, y=published(forge.OTHER_EC)["y"]),
    "a shared secret": {**OctKey.generate_key(256).as_dict(), "kid": KID},
    "a private key published by mistake": {**forge.EC.as_dict(private=True), "kid": KID},
    "for encryption": published(forge.EC, use="enc"),
    "not for verifying": published(forge.EC, key_ops=["encrypt"]),
    "bound to another algorithm": published(forge.EC, alg="ES512"),
    "bound to another kind": published(forge.EC, alg="RS256"),
    "kid is a number": published(forge.EC, kid=1),
    "x is a list": published(forge.EC, x=["a"]),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_an_unsound_key_is_passed_over(name: str) -> None:
    ring = key_ring({"keys": [UNUSABLE[name]]})

    assert [ring.find(kid, algorithm) for kid in (KID, None) for algorithm in ("ES256", "PS256", "RS256")] == [None] * 6


def test_a_sound_key_beside_an_unsound_one_is_found() -> None:
    ring = key_ring({"keys": [*UNUSABLE.values(), published(forge.EC)]})

    assert ring.find(KID, "ES256") is not None
    assert ring.find(KID, "RS256") is None


def test_two_keys_of_one_name_are_none() -> None:
    ring = key_ring({"keys": [published(forge.EC), published(forge.OTHER_EC)]})

    assert ring.find(KID, "ES256") is None
    assert ring.find(None, "ES256") is None


def test_a_key_bound_to_one_algorithm_serves_no_other() -> None:
    ring = key_ring({"keys": [published(forge.RSA, alg="PS256")]})

    assert ring.find(KID, "PS256") is not None
    assert ring.find(KID, "RS256") is None


@pytest.mark.parametrize("document", [{}, {"keys": {}}, {"keys": [published(forge.EC)] * 51}])
def test_a_document_that_is_no_key_set_holds_no_key(document: dict[str, object]) -> None:
    assert key_ring(document).find(KID, "ES256") is None
