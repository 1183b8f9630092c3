"""What the Home Office already calls the person."""

from collections.abc import Iterable
from typing import Annotated, Self

import strawberry
from strawberry import UNSET

from policies.vocabulary import DataGroup
from schema.choices import RemitCircumstance
from schema.disclosures.additions import Extended
from schema.disclosures.mapping import members, said
from schema.disclosures.next_steps import StatusStep
from schema.disclosures.phrases import NOTHING, SUMMARY_VERSION, TEXT, VERSION
from schema.groups import Withheld, group
from services.referrals import answers as form
from services.referrals import summaries


@strawberry.type(
    description="What the Home Office already calls the person, and facts about their status.",
    directives=[group(DataGroup.IMMIGRATION)],
)
class Immigration(Extended):
    version: int = strawberry.field(description=VERSION)
    home_office_reference: str | None = strawberry.field(
        description="Kind and number of the reference in free text, as written on the form. Null: none is known."
    )
    circumstances: list[RemitCircumstance] | None = strawberry.field(
        description="What the form said of detention, deportation or an inadmissible claim. Null: nothing was said."
    )
    steps: list[StatusStep] = strawberry.field(
        description="Asylum claimed, temporary admission, leave held; the oldest first. Empty: nothing is recorded."
    )

    @classmethod
    def of(cls, answers: form.Immigration, version: int, steps: Iterable[StatusStep] = ()) -> Self:
        """The group as recorded, with the facts that came later."""
        return cls(version=version, steps=list(steps), **members(answers))


@strawberry.type(
    description="Whether the Home Office already knows the person.", directives=[group(DataGroup.IMMIGRATION)]
)
class ImmigrationSummary:
    version: int = strawberry.field(description=SUMMARY_VERSION)
    has_home_office_reference: bool = strawberry.field(
        description="Whether a reference is recorded; false: none is, though there may be one."
    )

    @classmethod
    def of(cls, summary: summaries.ImmigrationSummary, version: int) -> Self:
        """The summary as stored beside that version."""
        return cls(version=version, **members(summary))


ImmigrationDisclosure = Annotated[
    Immigration | ImmigrationSummary | Withheld,
    strawberry.union(
        "ImmigrationDisclosure",
        description=f"What the Home Office calls the person: whole, in summary, or withheld. {NOTHING}",
    ),
]


@strawberry.input(description="What the Home Office already calls the person.")
class ImmigrationInput:
    home_office_reference: str | None = strawberry.field(
        default=UNSET, description=f"Kind and number of any Home Office reference. {TEXT}"
    )
    circumstances: list[RemitCircumstance] | None = strawberry.field(
        default=UNSET, description="What you know of detention, deportation or an inadmissible claim, of an adult."
    )

    def answers(self) -> form.Immigration:
        """What was said, as the form's answers."""
        return form.Immigration(**said(self))
