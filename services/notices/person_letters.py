"""One letter leaves: under the name, with the words and by the way that are marked safe at that moment, once."""

import logging
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from sqlalchemy import RowMapping

from services.letters import store
from services.letters.templates import Template, TemplatesAreWrongError, wording
from services.letters.words import LetterLanguage, LetterWords, Matter, SenderName
from services.letters.writing import About, Written, filled
from services.notices.post import MailRoom, NeverError, NotNowError, Post
from services.tools import Reading

NEUTRAL = "Letters"
_log = logging.getLogger("concordat.worker")


async def send_one_letter(reading: Reading, room: MailRoom) -> bool:
    """Send the next letter that waits; False: none does. Killed in between it leaves again, byte for byte the same."""
    waiting = await store.next_letter(reading)
    if waiting is None:
        return False
    if waiting["because"] not in (None, "to_print"):
        return True
    try:
        template = template_of(waiting)
    except TemplatesAreWrongError as problem:
        _log.error("a letter waits: %s", problem)
        await store.end(reading, waiting["id"], None)  # later, and behind the others
        return True
    is_leaving = waiting["because"] == "to_print" or await _sent(reading, waiting, template, room)
    if is_leaving and template.language != waiting["language"]:
        await store.tell_untranslated(reading, waiting["id"])
    return True


async def _sent(reading: Reading, waiting: RowMapping, template: Template, room: MailRoom) -> bool:
    """Whether it was taken; otherwise it is tried again later, or became somebody's task."""
    try:
        await _post(waiting, room).send(composed(waiting, template, room))
    except NotNowError:
        await store.end(reading, waiting["id"], None)
    except (NeverError, ValueError):
        await store.leave_to_a_person(reading, waiting["id"], "refused")
    else:
        await store.end(reading, waiting["id"], template.row)
        return True
    return False


def _post(waiting: RowMapping, room: MailRoom) -> Post:
    """What sends under its own name carries only what may bear the authority's."""
    may_show_authority = waiting["sender"] == SenderName.AUTHORITY
    return room.letters if room.letters and may_show_authority else room.post


def template_of(waiting: RowMapping) -> Template:
    """The words of the day of the decision, or that something waits and no more."""
    matter = Matter(waiting["matter"]) if waiting["words"] == LetterWords.WHOLE else Matter.WAITING
    return wording(matter, LetterLanguage(waiting["language"]), waiting["on_day"], until=waiting["until"])


def composed(waiting: RowMapping, template: Template, room: MailRoom) -> EmailMessage:
    """The whole message, as text and as a page; with neutral words not even its number tells anything."""
    letter = written(waiting, template)
    _, sender = parseaddr(room.letterhead.sender)
    name = waiting["authority"] if waiting["sender"] == SenderName.AUTHORITY else NEUTRAL
    message = EmailMessage()
    message["From"] = Address(display_name=name, addr_spec=sender)
    message["To"] = waiting["address"]
    message["Subject"] = letter.heading
    message["Date"] = format_datetime(waiting["written_at"])
    message["Message-ID"] = f"<{waiting['id']}@{urlsplit(room.letterhead.public_url).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    message["Content-Language"] = letter.language  # last: whatever sets content takes such headers away
    message.set_boundary(f"letter-{waiting['id']}")
    return message


def written(waiting: RowMapping, template: Template) -> Written:
    """The letter with the facts of its day."""
    names = ("authority", "reference", "on_day", "until")
    return filled(template, About(**{name: waiting[name] for name in names}))
