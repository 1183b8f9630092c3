"""How one value of the message becomes one value of the platform, or a named reason why it cannot."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from services.referrals.choices import (
    Age,
    ContactMethod,
    DecisionRecipient,
    ExploitationPlace,
    ExploitationType,
    Gender,
    LastContact,
    Nation,
    ReferralKind,
    YesNoNotSure,
)

Reader = Callable[[object], Any]

NOTHING_TO_ADD = "No further information provided"
"""What the form writes by itself when nothing was added about other victims."""


class UnreadableError(ValueError):
    """The value is not what the form sends under this key. Its words never repeat the value."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        """Keep the three parts for the problem that will name the key."""
        super().__init__(message)
        self.code, self.message, self.remedy = code, message, remedy


def text(value: object) -> str:
    """A text without the spaces around it."""
    if not isinstance(value, str):
        raise UnreadableError("wrong_type", "This must be a text.", "Send the value as a JSON string.")
    return value.strip()


def added_text(value: object) -> str | None:
    """A text, unless it is the form's own remark that there is none."""
    found = text(value)
    return None if found == NOTHING_TO_ADD else found


def one_of(choices: Mapping[str, Any]) -> Reader:
    """One of the form's own spellings."""

    def read(value: object) -> Any:
        found = text(value)
        if found not in choices:
            allowed = ", ".join(choices)
            raise UnreadableError("unknown_value", "The form never sends this value.", f"Send one of: {allowed}.")
        return choices[found]

    return read


def whole_number(value: object) -> int:
    """A small count, which the form sends as a text of digits."""
    found = text(value)
    if not (found.isascii() and found.isdigit() and len(found) <= 3):
        raise UnreadableError("wrong_value", "This must be a count.", "Send digits only, such as 2.")
    return int(found)


def always_true(value: object) -> bool:
    """The form sends nothing but true here."""
    if value is not True:
        raise UnreadableError("wrong_value", "The form never sends anything but true.", "Send true.")
    return True


def address_without_token(value: object) -> str:
    """A document's web address. Its access token opens the file store for anyone, so it is not kept."""
    try:
        parts = urlsplit(text(value))
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise UnreadableError("wrong_value", "This must be a web address.", "Send an http or https address.")
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0].casefold() != "token"]
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, urlencode(kept), ""))


yes_no = one_of({"Yes": True, "No": False})
yes_no_not_sure = one_of({"Yes": YesNoNotSure.YES, "No": YesNoNotSure.NO, "Not sure": YesNoNotSure.NOT_SURE})
several_situations = one_of({"Yes": YesNoNotSure.YES, "No": YesNoNotSure.NO, "DontKnow": YesNoNotSure.NOT_SURE})
kind = one_of({"560734": ReferralKind.NRM, "662265": ReferralKind.DUTY_TO_NOTIFY})
kind_again = one_of({"NRM": ReferralKind.NRM, "DTN": ReferralKind.DUTY_TO_NOTIFY})
nation = one_of({"ENG": Nation.ENGLAND, "WAL": Nation.WALES, "SCOT": Nation.SCOTLAND, "NI": Nation.NORTHERN_IRELAND})
nation_label = one_of(
    {
        "England": Nation.ENGLAND,
        "Wales": Nation.WALES,
        "Scotland": Nation.SCOTLAND,
        "Northern-ireland": Nation.NORTHERN_IRELAND,
    }
)
jurisdiction = one_of(
    {
        "ENGLAND": Nation.ENGLAND,
        "WALES": Nation.WALES,
        "SCOTLAND": Nation.SCOTLAND,
        "NORTHERNIRELAND": Nation.NORTHERN_IRELAND,
    }
)
age = one_of({"Child": Age.CHILD, "Adult": Age.ADULT, "Unknown": Age.NOT_SURE})
gender = one_of({"Female": Gender.FEMALE, "Male": Gender.MALE, "Other": Gender.OTHER})
recipient = one_of({"PV": DecisionRecipient.PERSON, "Someone else": DecisionRecipient.SOMEONE_ELSE})
contact_methods = one_of(
    {
        "Email": (ContactMethod.EMAIL,),
        "Post": (ContactMethod.POST,),
        "Email, Post": (ContactMethod.EMAIL, ContactMethod.POST),
    }
)
exploitation_place = one_of(
    {
        "UK": ExploitationPlace.UK,
        "OVERSEAS": ExploitationPlace.OVERSEAS,
        "BOTH": ExploitationPlace.UK_AND_OVERSEAS,
    }
)
last_contact = one_of(
    {
        "within-the-last-week": LastContact.WITHIN_A_WEEK,
        "within-the-last-month": LastContact.WITHIN_A_MONTH,
        "within-the-last-3-month": LastContact.WITHIN_THREE_MONTHS,
        "within-the-last-6-month": LastContact.WITHIN_SIX_MONTHS,
        "within-the-last-6-12-month": LastContact.SIX_TO_TWELVE_MONTHS,
        "over-a-year-ago": LastContact.OVER_A_YEAR,
        "not-sure": LastContact.NOT_SURE,
    }
)


def ticked(exploitation: ExploitationType) -> Reader:
    """A box of the form, which is sent only when it is ticked."""
    return one_of({"Yes": exploitation})
