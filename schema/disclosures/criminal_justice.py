"""What the police already know."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Self

import strawberry
from strawberry import UNSET

from policies.vocabulary import DataGroup
from schema.disclosures.additions import Extended
from schema.disclosures.mapping import members, said, yes_or_no
from schema.disclosures.next_steps import CooperationStep
from schema.disclosures.phrases import NOTHING, SUMMARY_VERSION, TEXT, VERSION
from schema.groups import Withheld, group
from services.referrals import answers as form
from services.referrals import summaries


@strawberry.type(
    description="What the police already know, and whether the person cooperates with the authorities. "
    "Null in a field: not known, or not recorded.",
    directives=[group(DataGroup.CRIMINAL_JUSTICE)],
)
class CriminalJustice(Extended):
    version: int = strawberry.field(description=VERSION)
    reported_to_police: bool | None = strawberry.field(description="Whether a crime has been recorded by the police.")
    police_force: str | None = strawberry.field(
        description="The force that recorded it: a name from the reference list police_forces."
    )
    crime_reference: str | None = strawberry.field(description="The crime or incident number, in free text.")
    cooperates: bool | None = strawberry.field(
        description="Whether the person is willing to cooperate with the authorities; it may change over time."
    )
    cooperation_details: str | None = strawberry.field(description="More about that willingness, in free text.")
    steps: list[CooperationStep] = strawberry.field(
        description="What the investigating force confirmed; the oldest first. Empty: nothing."
    )

    @classmethod
    def of(
        cls,
        answers: form.CriminalJustice,
        version: int,
        facts: Mapping[str, str],
        steps: Iterable[CooperationStep] = (),
    ) -> Self:
        """The group as recorded, with the dated fact "cooperation"."""
        return cls(version=version, cooperates=yes_or_no(facts, "cooperation"), steps=list(steps), **members(answers))


@strawberry.type(
    description="Whether the police already know.",
    directives=[group(DataGroup.CRIMINAL_JUSTICE)],
)
class CriminalJusticeSummary:
    version: int = strawberry.field(description=SUMMARY_VERSION)
    reported_to_police: bool | None = strawberry.field(
        description="Whether a crime has been recorded by the police. Null: not known."
    )

    @classmethod
    def of(cls, summary: summaries.CriminalJusticeSummary, version: int) -> Self:
        """The summary as stored beside that version."""
        return cls(version=version, **members(summary))


CriminalJusticeDisclosure = Annotated[
    CriminalJustice | CriminalJusticeSummary | Withheld,
    strawberry.union(
        "CriminalJusticeDisclosure",
        description=f"What the police know: whole, in summary, or withheld. {NOTHING}",
    ),
]


@strawberry.input(
    description="What the police already know. Whether the person cooperates is a field of the referral itself."
)
class CriminalJusticeInput:
    reported_to_police: bool | None = strawberry.field(
        default=UNSET, description="Whether a crime has been recorded by the police."
    )
    police_force: str | None = strawberry.field(
        default=UNSET,
        description="Exactly a name from the reference list police_forces; asked when reportedToPolice is true.",
    )
    crime_reference: str | None = strawberry.field(
        default=UNSET, description=f"The crime or incident number; asked when reportedToPolice is true. {TEXT}"
    )
    cooperation_details: str | None = strawberry.field(
        default=UNSET, description=f"More about the person's willingness to cooperate. {TEXT}"
    )

    def answers(self) -> form.CriminalJustice:
        """What was said, as the form's answers."""
        return form.CriminalJustice(**said(self))
