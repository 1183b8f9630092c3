"""The message's keys about the person and how to reach them."""

from services.imports import readers
from services.imports.key import Key, answers, texts
from services.imports.readers import Reader
from services.referrals.paths import Place


def _unidentifying(field: str, reader: Reader = readers.text) -> Key:
    return Key(Place("identity", field), reader, in_duty_to_notify=Place("duty_to_notify", field))


PERSON = {
    "Customer.Forename1": Key(Place("identity", "first_name")),
    "Customer.Surname": Key(Place("identity", "last_name")),
    "Customer.Alias": Key(Place("identity", "nickname")),
    "Customer.Custom7": Key(Place("identity", "date_of_birth_known"), readers.yes_no),
    "Customer.DOB": Key(Place("identity", "date_of_birth")),
    "Customer.Custom17": _unidentifying("gender", readers.gender),
    "Customer.Nationality": _unidentifying("nationality"),
    "Customer.Custom11": _unidentifying("second_nationality"),
    "Customer.Custom9": Key(Place("identity", "has_children"), readers.yes_no),
    "Customer.Custom10": Key(Place("identity", "number_of_children"), readers.whole_number),
}

CONTACT = {
    "Customer.ContactMethod": Key(Place("contact", "contact_methods"), readers.contact_methods),
    "HowToNotify": Key(Place("contact", "contact_methods"), readers.contact_methods, repeats=True),
    "WhoToSendDecisionTo": Key(Place("contact", "decision_recipient"), readers.recipient),
    **texts(
        "contact",
        {
            "Customer.Phone": "phone",
            "Customer.Email": "email",
            "Customer.Address": "street",
            "Customer.Town": "town",
            "Customer.County": "county",
            "Customer.Postcode": "postcode",
            "Customer.Custom14": "interpreter_language",
            "Customer.Custom16": "communication_aid",
            "AlternativePhoneNumber": "alternative_phone",
            "AlternativePhoneRelationshipToPV": "alternative_phone_relationship",
            "CannotProvideContactDetails": "no_contact_reason",
            "AltContactFirstName": "recipient_first_name",
            "AltContactName": "recipient_last_name",
            "AltContactAddress": "recipient_street",
            "AltContactTown": "recipient_town",
            "AltContactCounty": "recipient_county",
            "AltContactPostcode": "recipient_postcode",
            "AltContactEmail": "recipient_email",
        },
    ),
    **answers(
        "contact",
        readers.yes_no,
        {
            "Customer.Custom13": "interpreter_needed",
            "Customer.Custom15": "communication_help_needed",
            "SafeToEmail": "safe_to_email",
            "SafeToPostal": "safe_to_post",
            "AltContactPermissionToSend": "recipient_permission",
        },
    ),
}
