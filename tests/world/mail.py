"""A mail server on this machine that keeps what it takes, and can be told to refuse."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP

from services.notices.post import Letterhead, MailRoom, SmtpPost
from tests.world.template import PUBLIC_URL

LETTERHEAD = Letterhead(PUBLIC_URL, "Concordat <no-reply@concordat.example>")


class MailServer:
    """What arrived, and the room from which it is sent; `answer` other than 250 refuses."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.answer = "250 OK"
        self.room = MailRoom(SmtpPost(""), LETTERHEAD)

    @property
    def messages(self) -> list[EmailMessage]:
        """Each e-mail as its recipient's program reads it."""
        found: list[EmailMessage] = []
        for raw in self.raw:
            message = message_from_bytes(raw, policy=policy.default)
            assert isinstance(message, EmailMessage)
            found.append(message)
        return found

    def recipients(self) -> list[str]:
        """Whom it was sent to, sorted."""
        return sorted(str(message["To"]) for message in self.messages)

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802 - the server's own name
        """Take or refuse one e-mail."""
        if self.answer.startswith("250"):
            self.raw.append(envelope.content)
        return self.answer


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    """Listening on a free port, in the test's own event loop."""
    taken = MailServer()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(taken), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    taken.room = MailRoom(SmtpPost(f"smtp://127.0.0.1:{port}"), LETTERHEAD)
    try:
        yield taken
    finally:
        server.close()
        await server.wait_closed()
