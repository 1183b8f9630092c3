"""How to reach the person, as a client says it."""

import strawberry
from strawberry import UNSET

from schema.choices import ContactMethod, DecisionRecipient
from schema.disclosures.mapping import said
from schema.disclosures.phrases import EMAIL, PHONE, SHORT, TEXT
from services.referrals import answers as form


@strawberry.input(
    description="How to reach the person, whether that is safe, and in which language. Leave out what is not known."
)
class ContactInput:
    phone: str | None = strawberry.field(default=UNSET, description=f"The person's own number. {PHONE}")
    alternative_phone: str | None = strawberry.field(
        default=UNSET, description=f"Another number on which the person agreed to be called. {PHONE}"
    )
    alternative_phone_relationship: str | None = strawberry.field(
        default=UNSET, description=f"Whose that number is to the person. {SHORT}"
    )
    no_contact_reason: str | None = strawberry.field(
        default=UNSET, description=f"Why no telephone number can be given. {TEXT}"
    )
    email: str | None = strawberry.field(default=UNSET, description=f"The person's own address. {EMAIL}")
    safe_to_email: bool | None = strawberry.field(
        default=UNSET, description="That it is safe to write to that address; false is refused: choose another way."
    )
    street: str | None = strawberry.field(default=UNSET, description=f"House and street. {TEXT}")
    town: str | None = strawberry.field(default=UNSET, description=f"Town of the postal address. {TEXT}")
    county: str | None = strawberry.field(default=UNSET, description=f"County of the postal address. {TEXT}")
    postcode: str | None = strawberry.field(default=UNSET, description=f"Postcode of the postal address. {TEXT}")
    safe_to_post: bool | None = strawberry.field(
        default=UNSET, description="That it is safe to send letters there; false is refused: choose another way."
    )
    contact_methods: list[ContactMethod] | None = strawberry.field(
        default=UNSET, description="How the person agreed to be written to."
    )
    decision_recipient: DecisionRecipient | None = strawberry.field(
        default=UNSET, description="To whom an adult's decision letters go; refused for a child or an age not sure."
    )
    decision_methods: list[ContactMethod] | None = strawberry.field(
        default=UNSET, description="How the decision letters are sent."
    )
    recipient_first_name: str | None = strawberry.field(
        default=UNSET, description=f"Given name of whoever else gets the decision. {TEXT}"
    )
    recipient_last_name: str | None = strawberry.field(
        default=UNSET, description=f"Family name of whoever else gets the decision. {TEXT}"
    )
    recipient_email: str | None = strawberry.field(default=UNSET, description=f"Their e-mail address. {EMAIL}")
    recipient_street: str | None = strawberry.field(default=UNSET, description=f"Their house and street. {TEXT}")
    recipient_town: str | None = strawberry.field(default=UNSET, description=f"Their town. {TEXT}")
    recipient_county: str | None = strawberry.field(default=UNSET, description=f"Their county. {TEXT}")
    recipient_postcode: str | None = strawberry.field(default=UNSET, description=f"Their postcode. {TEXT}")
    recipient_permission: bool | None = strawberry.field(
        default=UNSET, description="That the person agreed to somebody else getting the decision; false is refused."
    )
    interpreter_needed: bool | None = strawberry.field(
        default=UNSET, description="Whether the person needs an interpreter."
    )
    interpreter_language: str | None = strawberry.field(
        default=UNSET, description=f'The plain name of the language, such as "Vietnamese". {TEXT}'
    )
    communication_help_needed: bool | None = strawberry.field(
        default=UNSET, description="Whether the person needs another help to communicate."
    )
    communication_aid: str | None = strawberry.field(
        default=UNSET, description=f"Which help to communicate, such as large print. {TEXT}"
    )

    def answers(self) -> form.Contact:
        """What was said, as the form's answers."""
        return form.Contact(**said(self))
