"""How an e-mail leaves: over SMTP, or in the demo as a file. It says that a notice waits, and nothing else."""

import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

PATIENCE = 8.0  # seconds; the row of the e-mail is locked meanwhile
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class NotNowError(Exception):
    """The e-mail was not taken; trying again later may help."""


class NeverError(Exception):
    """The e-mail was refused for good."""


class Post(Protocol):
    """Takes an e-mail, or raises one of the two."""

    async def send(self, message: EmailMessage) -> None:
        """Return once it was taken."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What every e-mail of this platform has in common."""

    public_url: str
    sender: str

    def compose(self, email_id: str, reference: str, address: str, written_at: datetime) -> EmailMessage:
        """The whole e-mail: byte for byte the same however often it is sent, so that mail programs show it once."""
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = address
        message["Subject"] = f"A notice waits for you: {reference}"
        message["Date"] = format_datetime(written_at)
        message["Message-ID"] = f"<{email_id}@{urlsplit(self.public_url).hostname}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(
            f"The notice {reference} waits in your inbox. Sign in to read it:\n\n"
            f"{self.public_url}/#notice={reference}\n\n"
            "This message does not say whom or what it concerns, on purpose.\n"
            "Please do not answer it.\n"
        )
        return message


@dataclass(frozen=True, slots=True)
class MailRoom:
    """How e-mails are written, and how they leave."""

    post: Post
    letterhead: Letterhead
    letters: Post | None = None  # for letters that may bear the authority's name; None: like everything else


@dataclass(frozen=True, slots=True, repr=False)
class SmtpPost:
    """A server at `smtp://` (STARTTLS, except on this machine) or `smtps://`; no printed form: it has a password."""

    url: str

    async def send(self, message: EmailMessage) -> None:
        """One connection for one e-mail."""
        parts = urlsplit(self.url)
        is_tls = parts.scheme == "smtps"
        try:
            await aiosmtplib.send(
                message,
                hostname=parts.hostname,
                port=parts.port or (465 if is_tls else 587),
                username=unquote(parts.username) if parts.username else None,
                password=unquote(parts.password) if parts.password else None,
                use_tls=is_tls,
                start_tls=not (is_tls or parts.hostname in LOOPBACK),
                tls_context=ssl.create_default_context(),
                timeout=PATIENCE / 2,
            )
        except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPResponseException) as problem:
            raise (NeverError if _is_final(problem) else NotNowError) from None
        except (aiosmtplib.SMTPException, OSError):
            raise NotNowError from None


@dataclass(frozen=True, slots=True)
class FolderPost:
    """The demo's: each e-mail becomes a file that its owner can read."""

    folder: Path

    async def send(self, message: EmailMessage) -> None:
        """Sent twice is written once, under the id of the e-mail."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = message["Message-ID"].strip("<>").partition("@")[0]
        (self.folder / f"{name}.eml").write_bytes(bytes(message))


def _is_final(problem: aiosmtplib.SMTPRecipientsRefused | aiosmtplib.SMTPResponseException) -> bool:
    if isinstance(problem, aiosmtplib.SMTPRecipientsRefused):
        return all(refusal.code >= 500 for refusal in problem.recipients)
    return problem.code >= 500 and not isinstance(problem, aiosmtplib.SMTPAuthenticationError)
