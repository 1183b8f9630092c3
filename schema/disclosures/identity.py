"""Who the person is."""

from collections.abc import Mapping
from typing import Annotated, Self

import strawberry
from strawberry import UNSET

from policies.vocabulary import DataGroup
from schema.choices import Age, Gender
from schema.disclosures.additions import Extended
from schema.disclosures.mapping import members, said
from schema.disclosures.phrases import NOTHING, PARTIAL, SUMMARY_VERSION, TEXT, VERSION
from schema.groups import Withheld, group
from schema.scalars import PartialDate
from services.referrals import answers as form
from services.referrals import summaries


@strawberry.type(
    description="Who the person is. Null in a field: not known, or not recorded.",
    directives=[group(DataGroup.IDENTITY)],
)
class Identity(Extended):
    version: int = strawberry.field(description=VERSION)
    first_name: str | None = strawberry.field(description="Given name or names, as written on the form.")
    last_name: str | None = strawberry.field(description="Family name or names, as written on the form.")
    nickname: str | None = strawberry.field(description="Any other name the person is known by.")
    date_of_birth_known: bool | None = strawberry.field(
        description="Whether the person's date of birth was known when the form was filled in."
    )
    date_of_birth: PartialDate | None = strawberry.field(description="The date of birth, as far as it is known.")
    age: Age | None = strawberry.field(
        description="Adult, child or not sure: what was believed last. It rests on belief, so it may disagree with "
        "dateOfBirth; rules follow age."
    )
    age_at_exploitation: Age | None = strawberry.field(
        description="Whether the person was an adult when the exploitation happened; asked of adults only."
    )
    gender: Gender | None = strawberry.field(description="Gender, as the person gave it.")
    nationality: str | None = strawberry.field(description="A name from the reference list nationalities.")
    second_nationality: str | None = strawberry.field(
        description="A further nationality, from the reference list nationalities. Null: none is known."
    )
    has_children: bool | None = strawberry.field(description="Whether the person has children.")
    number_of_children: int | None = strawberry.field(description="How many children, from 0 to 99.")

    @classmethod
    def of(cls, answers: form.Identity, version: int, facts: Mapping[str, str]) -> Self:
        """The group as recorded, with the dated facts "age" and "age_at_exploitation"."""
        return cls(
            version=version,
            age=_age(facts, "age"),
            age_at_exploitation=_age(facts, "age_at_exploitation"),
            **members(answers),
        )


@strawberry.type(
    description="Enough to tell two people on one worklist apart, not enough to find either.",
    directives=[group(DataGroup.IDENTITY)],
)
class IdentitySummary:
    version: int = strawberry.field(description=SUMMARY_VERSION)
    initials: str | None = strawberry.field(description='First letters of the names, such as "AB". Null: no name.')
    age_band: Age | None = strawberry.field(description="Adult, child or not sure; never an age or a date of birth.")
    gender: Gender | None = strawberry.field(description="Gender. Null: not recorded.")

    @classmethod
    def of(cls, summary: summaries.IdentitySummary, version: int) -> Self:
        """The summary as stored beside that version."""
        return cls(version=version, **members(summary))


IdentityDisclosure = Annotated[
    Identity | IdentitySummary | Withheld,
    strawberry.union(
        "IdentityDisclosure",
        description=f"Who the person is: whole, in summary, or withheld. {NOTHING}",
    ),
]


@strawberry.input(description="Who the person is. Leave out what is not known.")
class IdentityInput:
    first_name: str | None = strawberry.field(default=UNSET, description=f"Given name or names. {TEXT}")
    last_name: str | None = strawberry.field(default=UNSET, description=f"Family name or names. {TEXT}")
    nickname: str | None = strawberry.field(default=UNSET, description=f"Any other name they are known by. {TEXT}")
    date_of_birth_known: bool | None = strawberry.field(
        default=UNSET, description="Whether the person's date of birth is known."
    )
    date_of_birth: PartialDate | None = strawberry.field(
        default=UNSET, description=f"After 1 January 1900 and not in the future. {PARTIAL}"
    )
    gender: Gender | None = strawberry.field(default=UNSET, description="Gender, as the person gives it.")
    nationality: str | None = strawberry.field(
        default=UNSET, description="Exactly a name from the reference list nationalities."
    )
    second_nationality: str | None = strawberry.field(
        default=UNSET, description="A further nationality: exactly a name from the reference list nationalities."
    )
    has_children: bool | None = strawberry.field(default=UNSET, description="Whether the person has children.")
    number_of_children: int | None = strawberry.field(default=UNSET, description="How many, from 0 to 99.")

    def answers(self) -> form.Identity:
        """What was said, as the form's answers."""
        return form.Identity(**said(self))


def _age(facts: Mapping[str, str], kind: str) -> Age | None:
    return Age(facts[kind]) if kind in facts else None
