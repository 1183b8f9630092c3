"""SMTP_URL and MAIL_FROM: how the worker's e-mails leave. Without them they wait; the inbox has every notice anyway."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from api.notify import NotifyPost
from api.settings import Settings, SettingsError
from services.notices.post import FolderPost, Letterhead, MailRoom, Post, SmtpPost

SMTP_VARIABLE = "SMTP_URL"
SENDER_VARIABLE = "MAIL_FROM"
NOTIFY_KEY_VARIABLE = "NOTIFY_API_KEY"
NOTIFY_TEMPLATE_VARIABLE = "NOTIFY_TEMPLATE_ID"
NOTIFY_URL_VARIABLE = "NOTIFY_URL"
NOTIFY_URL = "https://api.notifications.service.gov.uk"
UUID_LENGTH = 36
DEMO_SENDER = "Concordat <no-reply@concordat.example>"


def mail_room(settings: Settings, environ: Mapping[str, str] = os.environ) -> MailRoom | None:
    """What the environment says; None: no e-mail leaves."""
    url = environ.get(SMTP_VARIABLE, "")
    if not url:
        return None
    sender = environ.get(SENDER_VARIABLE, "")
    if urlsplit(url).scheme == "file" and settings.environment == "development":
        return _room(settings, FolderPost(Path(unquote(urlsplit(url).path))), sender or DEMO_SENDER, notify(environ))
    if urlsplit(url).scheme not in ("smtp", "smtps") or not urlsplit(url).hostname:
        raise SettingsError("SMTP_URL is no mail server: write smtp://user:password@host:port or smtps://….")
    if "@" not in sender:
        raise SettingsError("MAIL_FROM is not set: give it the address that e-mails come from.")
    return _room(settings, SmtpPost(url), sender, notify(environ))


def notify(environ: Mapping[str, str]) -> NotifyPost | None:
    """GOV.UK Notify for letters under an authority's name; None: they leave like everything else."""
    key, template = environ.get(NOTIFY_KEY_VARIABLE, ""), environ.get(NOTIFY_TEMPLATE_VARIABLE, "")
    if not key and not template:
        return None
    service, secret = key[-2 * UUID_LENGTH - 1 : -UUID_LENGTH - 1], key[-UUID_LENGTH:]
    if len(key) < 2 * UUID_LENGTH + 1 or not template:
        raise SettingsError("NOTIFY_API_KEY and NOTIFY_TEMPLATE_ID go together: copy both from GOV.UK Notify.")
    return NotifyPost(environ.get(NOTIFY_URL_VARIABLE) or NOTIFY_URL, service, secret, template)


def _room(settings: Settings, post: Post, sender: str, letters: Post | None) -> MailRoom:
    return MailRoom(post, Letterhead(settings.public_url, sender), letters)
