"""What a registration must say: a purpose, listed operations, dated keys, and an end."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from policies.vocabulary import Function
from services.errors import Problem
from services.machines.documents import IMPORT, operations
from services.machines.public_keys import PublicKey, UnfitKeyError, public_key
from services.machines.registration import OfferedIssuer, OfferedKey, Registration

LONGEST_NAME = 100
LONGEST_PURPOSE = 500
LONGEST_CLAIM = 255
MOST_OPERATIONS = 32
MOST_KEYS = 3
MOST_DAYS = 731
PLATFORMS_OWN: Final = frozenset({Function.PLATFORM_OPERATION, Function.PLATFORM_WORKER})


def check(registration: Registration, today: date) -> list[Problem]:
    """Everything that is wrong with it, at once."""
    return [
        *_texts(registration),
        *_dates(registration, today),
        *_operations(registration),
        *(problem for place in range(len(registration.keys)) for problem in _key(registration, place)),
        *(_issuer(registration.issued_by, registration.keys) if registration.issued_by else _key_ring(registration)),
    ]


def content(registration: Registration) -> dict[str, object]:
    """What is proposed, as the database keeps and judges it; the registration has passed its checks."""
    return {
        "name": registration.name.strip(),
        "purpose": registration.purpose.strip(),
        "function": registration.function.value,
        "operations": list(registration.operations),
        "issued_by": registration.issued_by.content() if registration.issued_by else None,
        "keys": [key_content(key.jwk, *_days(registration, key)) for key in registration.keys],
        "from": registration.valid_from,
        "until": registration.valid_until,
    }


def key_content(jwk: str, since: date | None, until: date | None) -> dict[str, object]:
    """A key as the database keeps it; it has passed its checks."""
    key = public_key(jwk)
    return {"kid": key.kid, "thumbprint": key.thumbprint, "jwk": key.jwk, "from": since, "until": until}


def _texts(registration: Registration) -> Iterator[Problem]:
    texts = (("name", registration.name, LONGEST_NAME), ("purpose", registration.purpose, LONGEST_PURPOSE))
    for path, text, longest in texts:
        if not text.strip():
            yield Problem(path, "required", "This is required.", "Say it in a few words.")
        elif len(text) > longest or not text.isprintable():
            yield Problem(path, "too_long", f"At most {longest} characters on one line.", "Say it shorter.")


def _dates(registration: Registration, today: date) -> Iterator[Problem]:
    if registration.valid_from < today:
        yield Problem("validFrom", "in_the_past", "Nobody acts in the past.", "Begin today or later.")
    if registration.valid_until <= registration.valid_from:
        yield Problem("validUntil", "before_its_start", "It would end before it begins.", "Give a later day.")
    elif (registration.valid_until - registration.valid_from).days > MOST_DAYS:
        remedy = "End it within two years; register it again before that."
        yield Problem("validUntil", "too_late", "A registration lasts two years at most.", remedy)


def _operations(registration: Registration) -> Iterator[Problem]:
    listed = registration.operations
    if not 1 <= len(listed) <= MOST_OPERATIONS or len(set(listed)) != len(listed):
        message = f"List 1 to {MOST_OPERATIONS} operations, each once."
        yield Problem("operations", "how_many", message, "List what the purpose needs and nothing more.")
    known = operations()
    for place, name in enumerate(listed):
        if name not in known:
            remedy = f"Name an operation of the published contract, or {IMPORT}."
            yield Problem(f"operations[{place}]", "unknown", "There is no such operation.", remedy)
    if IMPORT in listed and registration.function is not Function.REFERRAL_IMPORT:
        remedy = f"Register it in the function {Function.REFERRAL_IMPORT.name}, or leave {IMPORT} out."
        yield Problem("operations", "other_function", "This function imports no messages.", remedy)
    if registration.function in PLATFORMS_OWN:
        yield Problem("function", "platforms_own", "No client acts in this function.", "Choose another function.")


def _key(registration: Registration, place: int) -> Iterator[Problem]:
    offered, path = registration.keys[place], f"keys[{place}]"
    yield from unfit_key(offered, path)
    valid_from, valid_until = _days(registration, offered)
    if not registration.valid_from <= valid_from < valid_until <= registration.valid_until:
        yield Problem(path, "dates", "A key lives within its client's dates.", "Correct the days, or leave them out.")


def unfit_key(offered: OfferedKey, path: str) -> Iterator[Problem]:
    """What is wrong with the key itself."""
    try:
        public_key(offered.jwk)
    except UnfitKeyError as error:
        yield Problem(f"{path}.jwk", "unfit", str(error), "Send the public half of a P-256 or RSA key as a JWK.")


def _issuer(issuer: OfferedIssuer, keys: tuple[OfferedKey, ...]) -> Iterator[Problem]:
    if keys:
        message = "A client proves itself with its own keys or with tokens of your provider, never with both."
        yield Problem("keys", "one_way", message, "Leave the keys or issuedBy out.")
    named = {"provider": issuer.provider, "clientId": issuer.client_id, "subject": issuer.subject}
    for path, name in named.items():
        if name is not None and not _is_plain_text(name):
            remedy = "Copy it from the provider's registration."
            yield Problem(f"issuedBy.{path}", "form", f"This has 1 to {LONGEST_CLAIM} printable characters.", remedy)


def _is_plain_text(name: str) -> bool:
    # What a claim of a token can be: printable ASCII without spaces at its ends.
    return 0 < len(name) <= LONGEST_CLAIM and name.isascii() and name.isprintable() and name == name.strip()


def _key_ring(registration: Registration) -> Iterator[Problem]:
    if not 1 <= len(registration.keys) <= MOST_KEYS:
        yield Problem("keys", "how_many", f"A client has 1 to {MOST_KEYS} keys.", "Send the keys it will use.")
    known = [key for key in map(_readable, registration.keys) if key]
    if len({key.kid for key in known}) < len(known) or len({key.thumbprint for key in known}) < len(known):
        yield Problem("keys", "twice", "Two of the keys are the same, or are named the same.", "Name each key once.")


def _readable(offered: OfferedKey) -> PublicKey | None:
    try:
        return public_key(offered.jwk)
    except UnfitKeyError:
        return None


def _days(registration: Registration, offered: OfferedKey) -> tuple[date, date]:
    return offered.valid_from or registration.valid_from, offered.valid_until or registration.valid_until
