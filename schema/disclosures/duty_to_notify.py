"""What a Duty to Notify record says of an adult without identifying them."""

from collections.abc import Mapping
from typing import Annotated, Self

import strawberry
from strawberry import UNSET

from policies.vocabulary import DataGroup
from schema.choices import DutyOwed, Gender
from schema.disclosures.mapping import members, said
from schema.disclosures.phrases import NOTHING, TEXT, VERSION
from schema.groups import Withheld, group
from services.referrals import answers as form
from services.regimes import queries as regimes


@strawberry.type(
    description="What a Duty to Notify record says of an adult who did not consent to a referral, without identifying "
    "them. Null in a field: not known, or not recorded.",
    directives=[group(DataGroup.DUTY_TO_NOTIFY)],
)
class DutyToNotify:
    version: int = strawberry.field(description=VERSION)
    gender: Gender | None = strawberry.field(description="Gender.")
    nationality: str | None = strawberry.field(description="A name from the reference list nationalities.")
    second_nationality: str | None = strawberry.field(
        description="A further nationality, from the reference list nationalities. Null: none is known."
    )
    why_not_referred: str | None = strawberry.field(
        description="Why the adult did not consent, in free text. Null also where free text may not be kept.",
    )
    offered: bool | None = strawberry.field(
        description="Whether the adult was offered to be referred. Null: the form did not say."
    )

    owed: DutyOwed | None = strawberry.field(
        description="Whether its sender owed it, by the rules of the day of receipt. Null: that was not kept."
    )

    @classmethod
    def of(cls, answers: form.DutyToNotify, version: int, facts: Mapping[str, str]) -> Self:
        """The group as recorded, with the row by which it was owed."""
        row = facts.get("duty_row")
        return cls(version=version, owed=regimes.duty_row(row).owed if row else None, **members(answers))


DutyToNotifyDisclosure = Annotated[
    DutyToNotify | Withheld,
    strawberry.union(
        "DutyToNotifyDisclosure",
        description=f"What the record says of the adult: whole or withheld; it has no summary. {NOTHING}",
    ),
]


@strawberry.input(description="What a Duty to Notify says of the adult. Refused in a referral.")
class DutyToNotifyInput:
    gender: Gender | None = strawberry.field(default=UNSET, description="Gender, as the adult gives it.")
    nationality: str | None = strawberry.field(
        default=UNSET, description="Exactly a name from the reference list nationalities."
    )
    second_nationality: str | None = strawberry.field(
        default=UNSET, description="A further nationality: exactly a name from the reference list nationalities."
    )
    why_not_referred: str | None = strawberry.field(
        default=UNSET,
        description=f"Why the adult does not agree; refused where the adult does not cooperate. {TEXT}",
    )
    offered: bool | None = strawberry.field(
        default=UNSET, description="Whether the adult was offered to be referred; must be answered."
    )

    def answers(self) -> form.DutyToNotify:
        """What was said, as the form's answers."""
        return form.DutyToNotify(**said(self))
