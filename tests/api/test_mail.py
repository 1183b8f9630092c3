"""How e-mails leave is said by two variables; a wrong one stops the worker with its name and a remedy."""

from pathlib import Path

import pytest

from api.mail import mail_room
from api.settings import Settings, SettingsError
from services.notices.post import FolderPost, SmtpPost

DEVELOPMENT = Settings("postgresql://concordat_app:x@/concordat")
PRODUCTION = Settings("postgresql://concordat_app:x@/concordat", "https://concordat.example", "production")
SENDER = {"MAIL_FROM": "no-reply@concordat.example"}


def test_without_a_mail_server_no_email_leaves() -> None:
    assert mail_room(PRODUCTION, {}) is None


def test_a_mail_server_sends_in_the_platforms_name() -> None:
    room = mail_room(PRODUCTION, {"SMTP_URL": "smtps://u:p%40ss@mail.example"} | SENDER)

    assert room is not None
    assert isinstance(room.post, SmtpPost)
    assert (room.letterhead.public_url, room.letterhead.sender) == ("https://concordat.example", SENDER["MAIL_FROM"])


def test_a_folder_takes_the_place_of_a_server_in_development_only(tmp_path: Path) -> None:
    room = mail_room(DEVELOPMENT, {"SMTP_URL": tmp_path.as_uri()})

    assert room is not None
    assert room.post == FolderPost(tmp_path)
    with pytest.raises(SettingsError, match="SMTP_URL is no mail server"):
        mail_room(PRODUCTION, {"SMTP_URL": tmp_path.as_uri()} | SENDER)


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({"SMTP_URL": "mail.example"} | SENDER, "SMTP_URL"),
        ({"SMTP_URL": "http://u:hunter2@mail.example"} | SENDER, "SMTP_URL"),
        ({"SMTP_URL": "smtp://"} | SENDER, "SMTP_URL"),
        ({"SMTP_URL": "smtp://u:hunter2@mail.example"}, "MAIL_FROM"),
        ({"SMTP_URL": "smtp://u:hunter2@mail.example", "MAIL_FROM": "nobody"}, "MAIL_FROM"),
    ],
)
def test_what_is_wrong_is_named_and_no_password_is_said(environ: dict[str, str], name: str) -> None:
    with pytest.raises(SettingsError) as refused:
        mail_room(PRODUCTION, environ)

    assert str(refused.value).startswith(name)
    assert "hunter2" not in str(refused.value)
