"""Whether the person wants support."""

from typing import Annotated, Self

import strawberry
from strawberry import UNSET

from policies.vocabulary import DataGroup
from schema.disclosures.additions import Extended
from schema.disclosures.mapping import members, said
from schema.disclosures.phrases import NOTHING, SUMMARY_VERSION, VERSION
from schema.groups import Withheld, group
from services.referrals import answers as form
from services.referrals import summaries

_WANTED = (
    "Whether the adult wants specialist support; separate from consent to the referral. "
    "Null: not asked, as always for a child."
)


@strawberry.type(description="Whether the person wants support.", directives=[group(DataGroup.SUPPORT_PLAN)])
class SupportPlan(Extended):
    version: int = strawberry.field(description=VERSION)
    wanted: bool | None = strawberry.field(description=_WANTED)

    @classmethod
    def of(cls, answers: form.SupportPlan, version: int) -> Self:
        """The group as recorded."""
        return cls(version=version, **members(answers))


@strawberry.type(
    description="That support is wanted or not; never how it is given.", directives=[group(DataGroup.SUPPORT_PLAN)]
)
class SupportPlanSummary:
    version: int = strawberry.field(description=SUMMARY_VERSION)
    wanted: bool | None = strawberry.field(description=_WANTED)

    @classmethod
    def of(cls, summary: summaries.SupportPlanSummary, version: int) -> Self:
        """The summary as stored beside that version."""
        return cls(version=version, **members(summary))


SupportPlanDisclosure = Annotated[
    SupportPlan | SupportPlanSummary | Withheld,
    strawberry.union(
        "SupportPlanDisclosure",
        description=f"Support: whole, in summary, or withheld. {NOTHING}",
    ),
]


@strawberry.input(description="Whether the adult wants support. Refused for a child or an age not sure.")
class SupportPlanInput:
    wanted: bool | None = strawberry.field(
        default=UNSET, description="Whether the adult wants specialist support; asked of every adult who is referred."
    )

    def answers(self) -> form.SupportPlan:
        """What was said, as the form's answers."""
        return form.SupportPlan(**said(self))
