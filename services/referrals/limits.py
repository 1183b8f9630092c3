"""What one answer may look like by itself: length, characters, list membership, shape and plausible dates."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, get_args

from services.errors import Problem
from services.reference import queries as reference
from services.referrals.answers import Document
from services.referrals.draft import ReferralDraft
from services.referrals.form import queries as form
from services.referrals.form.loading import PLACES
from services.referrals.form.row_types import QuestionRow
from services.referrals.form.words import QuestionKind
from services.referrals.listed import LISTED
from services.referrals.partial_dates import possible_days
from services.referrals.paths import CORE, Place, path_of
from services.referrals.values import answered, value_at

EXTERNAL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
RECEIPT = "receipt"  # a date may lie up to the day on which the form was received
BEFORE_RECEIPT = "before_receipt"  # or up to the day before
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


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
    kind = form.questions()[place].kind
    if kind.longest and len(text) > kind.longest:
        yield Problem(path, "too_long", f"At most {kind.longest} characters are kept.", "Shorten the text.")
    if UNSTORABLE.search(text):
        yield Problem(path, "wrong_character", "The text holds a control character.", "Remove it.")
    if kind.pattern and not re.fullmatch(kind.pattern, text):
        yield Problem(path, "wrong_shape", kind.message or "", kind.remedy or "")


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
    row = form.questions()[place].row
    if row.kind in {QuestionKind.DATE, QuestionKind.DAY}:
        yield from _date(path_of(place), value, row, on)
    elif row.kind is QuestionKind.COUNT and not int(row.least or 0) <= value <= int(row.most or value):
        remedy = f"Send a count from {row.least} to {row.most}."
        yield Problem(path_of(place), "out_of_range", "This is not a plausible count.", remedy)
    elif isinstance(value, tuple) and row.most and len(value) > int(row.most):
        message = f"The form takes at most {row.most} here."
        yield Problem(path_of(place), "too_many", message, "Send fewer.")
    if row.kind is QuestionKind.DOCUMENTS:
        yield from _documents(place, value)


def _date(path: str, text: str, row: QuestionRow, on: date) -> Iterator[Problem]:
    days = possible_days(text)
    first = date.fromisoformat(row.least) if row.least else date.min
    last = {RECEIPT: on, BEFORE_RECEIPT: on - timedelta(days=1)}.get(row.most or "", date.max)
    if days is None:
        kind = form.questions()[PLACES[path]].kind
        yield Problem(path, "wrong_shape", kind.message or "", kind.remedy or "")
    elif days[1] < first or days[0] > last:
        remedy = f"Send a date from {first.isoformat()} to {last.isoformat()}."
        yield Problem(path, "out_of_range", "This date is not plausible.", remedy)


def _documents(place: Place, documents: tuple[Document, ...]) -> Iterator[Problem]:
    taken = {option.value for option in form.questions()[place].options}
    for index, document in enumerate(documents):
        if document.media_type not in taken:
            remedy = "Name a JPG, PNG, PDF, DOC, DOCX or plain text file."
            yield Problem(path_of(place, index, "media_type"), "wrong_type", "The form takes no such file.", remedy)
