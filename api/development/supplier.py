"""The supplier's system of the demo: it signs in with its key and sends messages over HTTP, as any agency's would."""

import json
import secrets
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx2
import typer
from joserfc import jwt
from joserfc.jwk import ECKey

from api.development import demo_folder
from api.development.refusal import DevelopmentProblemError
from api.identity.token_request import ASSERTION, GRANT
from api.message_file import NoMessageError, read_message

SERVER = "/.well-known/oauth-authorization-server"
IMPORTS = "/imports/referrals"
ASSERTION_SECONDS = 60
PATIENCE_SECONDS = 60.0


def send(files: Sequence[Path], folder: Path) -> int:
    """Send the messages as one batch and show the platform's answer, line by line; 0 when every one was taken in."""
    note = demo_folder.supplier(folder)
    if not note:
        raise DevelopmentProblemError("There is no demo to send to: start it with `make demo`, and leave it running.")
    batch = "".join(json.dumps(_message(file)) + "\n" for file in files)
    try:
        with httpx2.Client(base_url=note["platform"], timeout=PATIENCE_SECONDS) as http:
            return _sent(http, batch, _access_token(http, note))
    except httpx2.TransportError as problem:
        raise DevelopmentProblemError("The demo does not answer: start it with `make demo`.") from problem


def _message(file: Path) -> object:
    try:
        return read_message(file)
    except NoMessageError as problem:
        raise DevelopmentProblemError(f"{file}: {problem}") from problem


def _access_token(http: httpx2.Client, note: Mapping[str, Any]) -> str:
    """A token for an assertion that the system signs with its own key, for this platform alone and once."""
    server = http.get(SERVER).raise_for_status().json()
    assertion = _assertion(note["client_id"], server["issuer"], ECKey.import_key(note["key"]))
    form = {"grant_type": GRANT, "client_assertion_type": ASSERTION, "client_assertion": assertion}
    answer = http.post(server["token_endpoint"], data=form)
    if answer.is_error:
        raise DevelopmentProblemError(f"The platform gave no token: {answer.text}")
    return str(answer.json()["access_token"])


def _assertion(client_id: str, issuer: str, key: ECKey) -> str:
    now = int(time.time())
    claims = {"iss": client_id, "sub": client_id, "aud": issuer, "iat": now, "exp": now + ASSERTION_SECONDS}
    return jwt.encode({"alg": "ES256", "kid": key.kid}, claims | {"jti": secrets.token_urlsafe(16)}, key)


def _sent(http: httpx2.Client, batch: str, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/x-ndjson"}
    lines: list[dict[str, Any]] = []
    with http.stream("POST", IMPORTS, content=batch, headers=headers) as answer:
        for line in answer.iter_lines():
            typer.echo(line)
            lines.append(json.loads(line))
    end = lines[-1] if lines else {}
    return 0 if end.get("end") == "complete" and not end["counts"].get("refused") else 1
