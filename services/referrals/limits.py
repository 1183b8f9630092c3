"""What one answer may look like by itself: length, characters, list membership, shape and plausible dates."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from services.errors import Problem
from services.reference import queries as reference
from services.referrals.answers import Document
from services.referrals.draft import ReferralDraft
from services.referrals.listed import LISTED
from services.referrals.partial_dates import possible_days
from services.referrals.paths import CORE, Place, path_of
from services.referrals.values import answered, value_at

LONGEST = 15_000
SHORTER = {
    Place("contact", "alternative_phone_relationship"): 250,
    Place("child_protection", "strategy_meeting_type"): 250,
    Place("child_protection", "strategy_meeting_professions"): 250,
}
MOST_CHILDREN = 99
MOST_DOCUMENTS = 100
MEDIA_TYPES = {
    "application/msword",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "image/jpeg",
    "image/jpg",
    "image/png",
}
FIRST_BIRTHDAY = date(1900, 1, 2)
FIRST_MEETING = date(1989, 11, 16)  # the Children Act 1989
EMAIL = re.compile(r"[^\s@]+@[^.\s@]+\.[^\s@]+")
PHONE = re.compile(r"\+?[0-9][0-9 ().-]{5,24}")
EXTERNAL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
PHONES = {Place("contact", "phone"), Place("contact", "alternative_phone")}
BIRTH = Place("identity", "date_of_birth")
MEETING = Place("child_protection", "strategy_meeting_date")
CHILDREN = Place("identity", "number_of_children")


def check_values(draft: ReferralDraft, on: date) -> Iterator[Problem]:
    """Every answer that cannot be true or cannot be kept, whatever the other answers say."""
    if draft.external_id and not EXTERNAL_ID.fullmatch(draft.external_id):
        remedy = "Send the form's own identifier: at most 100 letters, digits, dots, colons, dashes and underscores."
        yield Problem(path_of(Place(CORE, "external_id")), "wrong_shape", "This is not an identifier.", remedy)
    for place in LISTED:
        yield from _membership(draft, place, on)
    for place, kind, value in answered(draft):
        for path, text in _texts(place, kind, value):
            yield from _text(place, path, text)
        yield from _particular(place, value, on)


def _texts(place: Place, kind: Any, value: Any) -> Iterator[tuple[str, str]]:
    if kind is str:
        yield path_of(place), value
    elif str in get_args(kind):
        yield from ((path_of(place, index), text) for index, text in enumerate(value))
    elif Document in get_args(kind):
        for index, document in enumerate(value):
            yield path_of(place, index, "name"), document.name
            yield path_of(place, index, "url"), document.url


def _text(place: Place, path: str, text: str) -> Iterator[Problem]:
    longest = SHORTER.get(place, LONGEST)
    if len(text) > longest:
        yield Problem(path, "too_long", f"At most {longest} characters are kept.", "Shorten the text.")
    if UNSTORABLE.search(text):
        yield Problem(path, "wrong_character", "The text holds a control character.", "Remove it.")
    if place.field.endswith("email") and not EMAIL.fullmatch(text):
        yield Problem(path, "wrong_shape", "This is not an e-mail address.", "Send one such as name@example.org.")
    if place in PHONES and not PHONE.fullmatch(text):
        yield Problem(path, "wrong_shape", "This is not a telephone number.", "Send digits, such as +44 20 7946 0000.")


def _membership(draft: ReferralDraft, place: Place, on: date) -> Iterator[Problem]:
    value = value_at(draft, place)
    several = isinstance(value, tuple)
    for index, name in enumerate(value if several else [value]):
        if name is not None and not _is_listed(place, name, on):
            yield Problem(
                path=path_of(place, index) if several else path_of(place),
                code="not_in_list",
                message=f"The list {LISTED[place]!r} had no such name on {on.isoformat()}.",
                remedy=f"Choose a name from the list {LISTED[place]!r}.",
            )


def _is_listed(place: Place, name: str, on: date) -> bool:
    if place.field == "countries" and name == "United Kingdom":
        return False  # the form leaves it out: the UK has its own question
    found = reference.entry(LISTED[place], name, on)
    return found is not None and found.name == name.strip()


def _particular(place: Place, value: Any, on: date) -> Iterator[Problem]:
    if place == BIRTH:
        yield from _date(path_of(place), value, FIRST_BIRTHDAY, on)
    elif place == MEETING:
        yield from _date(path_of(place), value, FIRST_MEETING, on)
    elif place == CHILDREN and not 0 <= value <= MOST_CHILDREN:
        yield Problem(path_of(place), "out_of_range", "This is not a plausible count.", "Send a count from 0 to 99.")
    elif place == Place("evidence", "documents"):
        yield from _documents(place, value)


def _date(path: str, text: str, first: date, last: date) -> Iterator[Problem]:
    days = possible_days(text)
    if days is None:
        yield Problem(path, "wrong_shape", "This is not a date.", "Send 2011-03-09, or 2011-03 or 2011 if unsure.")
    elif days[1] < first or days[0] > last:
        remedy = f"Send a date from {first.isoformat()} to {last.isoformat()}."
        yield Problem(path, "out_of_range", "This date is not plausible.", remedy)


def _documents(place: Place, documents: tuple[Document, ...]) -> Iterator[Problem]:
    if len(documents) > MOST_DOCUMENTS:
        yield Problem(path_of(place), "too_many", "The form takes at most 100 documents.", "Send fewer documents.")
    for index, document in enumerate(documents):
        if document.media_type not in MEDIA_TYPES:
            remedy = "Send a JPG, PNG, PDF, DOC or DOCX file."
            yield Problem(path_of(place, index, "media_type"), "wrong_type", "The form takes no such file.", remedy)
