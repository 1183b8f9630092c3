"""Which children's services know of the child."""

from typing import Annotated, Self

import strawberry
from strawberry import UNSET

from policies.vocabulary import DataGroup
from schema.disclosures.additions import Extended
from schema.disclosures.mapping import members, said
from schema.disclosures.phrases import EMAIL, NOTHING, PARTIAL, SHORT, SUMMARY_VERSION, TEXT, VERSION
from schema.groups import Withheld, group
from schema.scalars import PartialDate
from services.referrals import answers as form
from services.referrals import summaries

_LISTED = "a name from the reference list local_authorities."


@strawberry.type(
    description="Which children's services know of the child, whom to call there, and the strategy meeting that came "
    "before the form. Null in a field: not known, or not recorded.",
    directives=[group(DataGroup.CHILD_PROTECTION)],
)
class ChildProtection(Extended):
    version: int = strawberry.field(description=VERSION)
    local_authority: str | None = strawberry.field(description=f"The authority that was told: {_LISTED}")
    contact_first_name: str | None = strawberry.field(description="Given name of whom to call there.")
    contact_last_name: str | None = strawberry.field(description="Family name of whom to call there.")
    contact_phone: str | None = strawberry.field(description="Their telephone number, as written on the form.")
    contact_email: str | None = strawberry.field(description="Their e-mail address.")
    receiving_input: bool | None = strawberry.field(
        description="Whether other services gave the child input before the form. Null: not recorded."
    )
    strategy_meeting_type: str | None = strawberry.field(
        description="Which kind of strategy meeting came before the form, in free text."
    )
    strategy_meeting_date: PartialDate | None = strawberry.field(
        description="When that meeting was, as far as it is known."
    )
    strategy_meeting_professions: list[str] | None = strawberry.field(
        description="Which professions took part, in free text. Null: not recorded."
    )
    strategy_meeting_all_agreed: bool | None = strawberry.field(
        description="Whether everyone at that meeting agreed to refer the child."
    )

    @classmethod
    def of(cls, answers: form.ChildProtection, version: int) -> Self:
        """The group as recorded."""
        return cls(version=version, **members(answers))


@strawberry.type(
    description="Whose children's services know of the child; never what they do.",
    directives=[group(DataGroup.CHILD_PROTECTION)],
)
class ChildProtectionSummary:
    version: int = strawberry.field(description=SUMMARY_VERSION)
    local_authority: str | None = strawberry.field(
        description=f"The authority that was told: {_LISTED} Null: not recorded."
    )

    @classmethod
    def of(cls, summary: summaries.ChildProtectionSummary, version: int) -> Self:
        """The summary as stored beside that version."""
        return cls(version=version, **members(summary))


ChildProtectionDisclosure = Annotated[
    ChildProtection | ChildProtectionSummary | Withheld,
    strawberry.union(
        "ChildProtectionDisclosure",
        description=f"Child protection: whole, in summary, or withheld. {NOTHING}",
    ),
]


@strawberry.input(
    description="Which children's services know. A referral of a child, or of somebody whose age is not sure, "
    "needs localAuthority, contactPhone, contactEmail and receivingInput."
)
class ChildProtectionInput:
    local_authority: str | None = strawberry.field(
        default=UNSET, description=f"The authority that was told: exactly {_LISTED}"
    )
    contact_first_name: str | None = strawberry.field(default=UNSET, description=f"Given name of whom to call. {TEXT}")
    contact_last_name: str | None = strawberry.field(default=UNSET, description=f"Family name of whom to call. {TEXT}")
    contact_phone: str | None = strawberry.field(
        default=UNSET, description=f"Their telephone number; an extension may follow it. {TEXT}"
    )
    contact_email: str | None = strawberry.field(default=UNSET, description=f"Their e-mail address. {EMAIL}")
    receiving_input: bool | None = strawberry.field(
        default=UNSET, description="Whether other services give the child input already."
    )
    strategy_meeting_type: str | None = strawberry.field(
        default=UNSET, description=f"Which kind of strategy meeting came before the form. {SHORT}"
    )
    strategy_meeting_date: PartialDate | None = strawberry.field(
        default=UNSET, description=f"When that meeting was; not in the future. {PARTIAL}"
    )
    strategy_meeting_professions: list[str] | None = strawberry.field(
        default=UNSET, description=f"Which professions took part. Each: {SHORT.lower()}"
    )
    strategy_meeting_all_agreed: bool | None = strawberry.field(
        default=UNSET, description="Whether everyone at that meeting agreed to refer the child."
    )

    def answers(self) -> form.ChildProtection:
        """What was said, as the form's answers."""
        return form.ChildProtection(**said(self))
