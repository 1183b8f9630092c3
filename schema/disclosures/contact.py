"""How to reach the person, and whether that is safe."""

from collections.abc import Mapping
from typing import Annotated, Self

import strawberry

from policies.vocabulary import DataGroup
from schema.choices import ContactMethod, DecisionRecipient
from schema.disclosures.additions import Extended
from schema.disclosures.mapping import members
from schema.disclosures.phrases import NOTHING, SUMMARY_VERSION, VERSION
from schema.groups import Withheld, group
from services.referrals import answers as form
from services.referrals import summaries


@strawberry.type(
    description="How to reach the person, whether that is safe, and in which language. "
    "Use a way of writing only when its safeTo… field is true. Null in a field: not known, or not recorded.",
    directives=[group(DataGroup.CONTACT)],
)
class Contact(Extended):
    version: int = strawberry.field(description=VERSION)
    current_town: str | None = strawberry.field(
        description='Where the person is now: a name from the reference list towns, or "Unknown".'
    )
    current_region: str | None = strawberry.field(
        description='The region where the person is now: a name from the reference list regions, or "Unknown".'
    )
    phone: str | None = strawberry.field(description="The person's own telephone number, as written on the form.")
    alternative_phone: str | None = strawberry.field(
        description="Another telephone number on which the person agreed to be called."
    )
    alternative_phone_relationship: str | None = strawberry.field(
        description="Whose the alternative number is to the person, in free text."
    )
    no_contact_reason: str | None = strawberry.field(description="Why no telephone number can be given, in free text.")
    email: str | None = strawberry.field(description="The person's own e-mail address.")
    safe_to_email: bool | None = strawberry.field(description="Whether it is safe to write to that e-mail address.")
    street: str | None = strawberry.field(description="House and street of the postal address.")
    town: str | None = strawberry.field(description="Town of the postal address; it may differ from currentTown.")
    county: str | None = strawberry.field(description="County of the postal address.")
    postcode: str | None = strawberry.field(description="Postcode of the postal address, as written on the form.")
    safe_to_post: bool | None = strawberry.field(description="Whether it is safe to send letters to that address.")
    contact_methods: list[ContactMethod] | None = strawberry.field(
        description="How the person agreed to be written to. Null: not asked."
    )
    decision_recipient: DecisionRecipient | None = strawberry.field(
        description="To whom the decision letters go. Null for a child: they go to the local authority."
    )
    decision_methods: list[ContactMethod] | None = strawberry.field(description="How the decision letters are sent.")
    recipient_first_name: str | None = strawberry.field(description="Given name of whoever else gets the decision.")
    recipient_last_name: str | None = strawberry.field(description="Family name of whoever else gets the decision.")
    recipient_email: str | None = strawberry.field(description="E-mail address of whoever else gets the decision.")
    recipient_street: str | None = strawberry.field(description="House and street of whoever else gets the decision.")
    recipient_town: str | None = strawberry.field(description="Town of whoever else gets the decision.")
    recipient_county: str | None = strawberry.field(description="County of whoever else gets the decision.")
    recipient_postcode: str | None = strawberry.field(description="Postcode of whoever else gets the decision.")
    recipient_permission: bool | None = strawberry.field(
        description="Whether the person agreed that somebody else gets the decision."
    )
    interpreter_needed: bool | None = strawberry.field(description="Whether the person needs an interpreter.")
    interpreter_language: str | None = strawberry.field(description="The language to interpret, in free text.")
    communication_help_needed: bool | None = strawberry.field(
        description="Whether the person needs another help to communicate."
    )
    communication_aid: str | None = strawberry.field(description="Which help to communicate, in free text.")

    @classmethod
    def of(cls, answers: form.Contact, version: int, facts: Mapping[str, str]) -> Self:
        """The group as recorded, with the dated facts "current_town" and "current_region"."""
        return cls(
            version=version,
            current_town=facts.get("current_town"),
            current_region=facts.get("current_region"),
            **members(answers),
        )


@strawberry.type(
    description="What it takes to talk to the person, not where they are.", directives=[group(DataGroup.CONTACT)]
)
class ContactSummary:
    version: int = strawberry.field(description=SUMMARY_VERSION)
    interpreter_needed: bool | None = strawberry.field(
        description="Whether the person needs an interpreter. Null: not recorded."
    )
    interpreter_language: str | None = strawberry.field(
        description="The language to interpret. Null: not recorded, or not written as the plain name of a language."
    )
    communication_help_needed: bool | None = strawberry.field(
        description="Whether the person needs another help to communicate. Null: not recorded."
    )

    @classmethod
    def of(cls, summary: summaries.ContactSummary, version: int) -> Self:
        """The summary as stored beside that version."""
        return cls(version=version, **members(summary))


ContactDisclosure = Annotated[
    Contact | ContactSummary | Withheld,
    strawberry.union(
        "ContactDisclosure",
        description=f"How to reach the person: whole, in summary, or withheld. {NOTHING}",
    ),
]
