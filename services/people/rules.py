"""What a proposal must look like before anybody looks anything up."""

import re
from collections.abc import Iterator, Mapping

from services.errors import Invalid, Problem

LONGEST_REASON = 2_000
LONGEST_TEXT = 255
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ISSUER = re.compile(r"(https://|http://(127\.0\.0\.1|localhost)[:/])[^\s?#]+")
EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE | re.ASCII)
TEXTS = ("provider", "subject", "name", "code", "slug", "issuer", "client_id", "step_up_acr", "secret")


def shape_problem(content: Mapping[str, object], reason: str) -> Invalid | None:
    """Everything wrong with the texts at once; None: nothing."""
    problems = tuple(_wrong(content, reason))
    return Invalid(problems) if problems else None


def _wrong(content: Mapping[str, object], reason: str) -> Iterator[Problem]:
    if not reason.strip() or len(reason) > LONGEST_REASON:
        yield Problem("reason", "length", f"A reason has 1 to {LONGEST_REASON} characters.", "Say in a sentence why.")
    for name in TEXTS:
        text = content.get(name)
        if isinstance(text, str) and not (len(text.strip()) > 0 and len(text) <= LONGEST_TEXT and text.isprintable()):
            yield Problem(_path(name), "length", f"This has 1 to {LONGEST_TEXT} characters.", "Write it again.")
    for name in ("code", "slug"):
        if isinstance(content.get(name), str) and not SLUG.fullmatch(str(content[name])):
            yield Problem(name, "form", "Small letters, digits and single hyphens only.", "Such as kent-police.")
    if isinstance(content.get("issuer"), str) and not ISSUER.fullmatch(str(content["issuer"])):
        yield Problem("issuer", "form", "An issuer is an https address without query.", "Copy it from the provider.")
    if isinstance(content.get("email"), str) and not EMAIL.fullmatch(str(content["email"])):
        yield Problem("email", "form", "This is no e-mail address.", "Write it as name@agency.example.")
    successor = content.get("successor")
    if isinstance(successor, Mapping) and (successor.get("member") is None) == (successor.get("team") is None):
        yield Problem("successor", "one_of", "One person takes over, or one team.", "Give memberId or teamId.")
    if content.get("functions") == []:
        yield Problem("functions", "required", "An agency does at least one thing.", "Name its functions.")


def _path(name: str) -> str:
    return {"client_id": "clientId", "step_up_acr": "stepUpAcr"}.get(name, name)
