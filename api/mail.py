"""SMTP_URL and MAIL_FROM: how the worker's e-mails leave. Without them they wait; the inbox has every notice anyway."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from api.settings import Settings, SettingsError
from services.notices.post import FolderPost, Letterhead, MailRoom, Post, SmtpPost

SMTP_VARIABLE = "SMTP_URL"
SENDER_VARIABLE = "MAIL_FROM"
DEMO_SENDER = "Concordat <no-reply@concordat.example>"


def mail_room(settings: Settings, environ: Mapping[str, str] = os.environ) -> MailRoom | None:
    """What the environment says; None: no e-mail leaves."""
    url = environ.get(SMTP_VARIABLE, "")
    if not url:
        return None
    sender = environ.get(SENDER_VARIABLE, "")
    if urlsplit(url).scheme == "file" and settings.environment == "development":
        return _room(settings, FolderPost(Path(unquote(urlsplit(url).path))), sender or DEMO_SENDER)
    if urlsplit(url).scheme not in ("smtp", "smtps") or not urlsplit(url).hostname:
        raise SettingsError("SMTP_URL is no mail server: write smtp://user:password@host:port or smtps://….")
    if "@" not in sender:
        raise SettingsError("MAIL_FROM is not set: give it the address that e-mails come from.")
    return _room(settings, SmtpPost(url), sender)


def _room(settings: Settings, post: Post, sender: str) -> MailRoom:
    return MailRoom(post, Letterhead(settings.public_url, sender))
