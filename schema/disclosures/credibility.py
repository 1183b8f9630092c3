"""Concerns about the account."""

from typing import Annotated, Self

import strawberry
from strawberry import UNSET

from policies.vocabulary import DataGroup
from schema.disclosures.additions import Extended
from schema.disclosures.mapping import members, said
from schema.disclosures.phrases import NOTHING, SUMMARY_VERSION, TEXT, VERSION
from schema.groups import Withheld, group
from services.referrals import answers as form
from services.referrals import summaries


@strawberry.type(
    description="Concerns about the account that rest on evidence; not a finding about the person.",
    directives=[group(DataGroup.CREDIBILITY)],
)
class Credibility(Extended):
    version: int = strawberry.field(description=VERSION)
    concerns: bool | None = strawberry.field(description="Whether there are such concerns. Null: not asked.")
    concerns_details: str | None = strawberry.field(
        description="The concerns and the evidence for them, in free text. Null: not recorded."
    )

    @classmethod
    def of(cls, answers: form.Credibility, version: int) -> Self:
        """The group as recorded."""
        return cls(version=version, **members(answers))


@strawberry.type(
    description="That there are concerns about the account, or none; never which.",
    directives=[group(DataGroup.CREDIBILITY)],
)
class CredibilitySummary:
    version: int = strawberry.field(description=SUMMARY_VERSION)
    concerns: bool | None = strawberry.field(description="Whether there are such concerns. Null: not asked.")

    @classmethod
    def of(cls, summary: summaries.CredibilitySummary, version: int) -> Self:
        """The summary as stored beside that version."""
        return cls(version=version, **members(summary))


CredibilityDisclosure = Annotated[
    Credibility | CredibilitySummary | Withheld,
    strawberry.union(
        "CredibilityDisclosure",
        description=f"Concerns about the account: whole, in summary, or withheld. {NOTHING}",
    ),
]


@strawberry.input(description="Concerns about the account that rest on evidence, never on an impression.")
class CredibilityInput:
    concerns: bool | None = strawberry.field(default=UNSET, description="Whether there are such concerns.")
    concerns_details: str | None = strawberry.field(
        default=UNSET, description=f"The concerns and the evidence for them; asked when concerns is true. {TEXT}"
    )

    def answers(self) -> form.Credibility:
        """What was said, as the form's answers."""
        return form.Credibility(**said(self))
