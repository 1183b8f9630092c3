"""Letters over GOV.UK Notify, where it is set up. It sends under its service's own name, so that only letters that may
bear the authority's name go this way."""

import time
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final

import httpx2
from joserfc import jwt
from joserfc.jwk import OctKey

from services.notices.post import PATIENCE, NeverError, NotNowError

LATER: Final = frozenset({403, 408, 429})
"""A key that is refused, or too much at once: the letter is not at fault."""


@dataclass(frozen=True, slots=True, repr=False)
class NotifyPost:
    """A service of GOV.UK Notify, and its template with the places `subject` and `body`; no printed form: a key."""

    url: str
    service: str
    secret: str
    template: str

    async def send(self, message: EmailMessage) -> None:
        """Hand it over once: what was taken before, under the same reference, is not sent again."""
        reference = str(message["Message-ID"]).strip("<>").partition("@")[0]
        try:
            async with httpx2.AsyncClient(base_url=self.url, timeout=PATIENCE / 2, headers=self._headers()) as client:
                known = await client.get("/v2/notifications", params={"reference": reference})
                _taken(known)
                if not known.json()["notifications"]:
                    _taken(await client.post("/v2/notifications/email", json=self._sent(message, reference)))
        except (httpx2.HTTPError, KeyError, TypeError, ValueError):
            raise NotNowError from None

    def _headers(self) -> dict[str, str]:
        """A token of this minute, signed with the service's secret."""
        token = jwt.encode(
            {"alg": "HS256"}, {"iss": self.service, "iat": int(time.time())}, OctKey.import_key(self.secret)
        )
        return {"Authorization": f"Bearer {token}"}

    def _sent(self, message: EmailMessage, reference: str) -> dict[str, object]:
        body = message.get_body(("plain",))
        return {
            "email_address": str(message["To"]),
            "template_id": self.template,
            "personalisation": {"subject": str(message["Subject"]), "body": body.get_content() if body else ""},
            "reference": reference,
        }


def _taken(answer: httpx2.Response) -> None:
    if answer.is_success:
        return
    raise NotNowError if answer.status_code in LATER or answer.is_server_error else NeverError
