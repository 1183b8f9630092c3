"""What happened to the person."""

from typing import Annotated, Self

import strawberry

from policies.vocabulary import DataGroup
from schema.choices import ExploitationPlace, ExploitationType, LastContact, RiskFlag, YesNoNotSure
from schema.disclosures.additions import Extended
from schema.disclosures.mapping import members
from schema.disclosures.phrases import NOTHING, SUMMARY_VERSION, VERSION
from schema.groups import Withheld, group
from services.referrals import answers as form
from services.referrals import summaries


@strawberry.type(
    description="What happened to the person, as told to or seen by the first responder. Texts are free text and may "
    "be long and distressing. Null in a field: not asked on that form, or not known.",
    directives=[group(DataGroup.ACCOUNT)],
)
class Account(Extended):
    version: int = strawberry.field(description=VERSION)
    what_happened: str | None = strawberry.field(
        description="The whole account in one text: a concern, or a form that asked no separate questions."
    )
    birthplace: str | None = strawberry.field(description="Where the person was born and grew up.")
    family: str | None = strawberry.field(description="The person's family and home before the exploitation.")
    education: str | None = strawberry.field(description="The person's schooling.")
    employment_history: str | None = strawberry.field(description="The person's work before the exploitation.")
    several_situations: YesNoNotSure | None = strawberry.field(
        description="Whether the person was exploited in more than one situation."
    )
    several_situations_details: str | None = strawberry.field(description="What the several situations were.")
    dates: str | None = strawberry.field(description="When it happened, in words: often only approximate periods.")
    how_started: str | None = strawberry.field(description="How it began, and who approached the person.")
    taken_somewhere: bool | None = strawberry.field(description="Whether the person was taken from place to place.")
    journey_details: str | None = strawberry.field(description="The journeys, if the person was taken somewhere.")
    required_to_do: str | None = strawberry.field(description="What the person was made to do.")
    living_conditions: str | None = strawberry.field(description="How and where the person had to live.")
    treatment: str | None = strawberry.field(description="How the person was treated and controlled.")
    why_stayed: str | None = strawberry.field(description="Why the person could not leave.")
    still_in_situation: bool | None = strawberry.field(description="Whether the person is still in the situation.")
    what_keeps_them: str | None = strawberry.field(description="What keeps the person there, if they are still in it.")
    how_left: str | None = strawberry.field(description="How and why the person left, if they did.")
    last_contact: LastContact | None = strawberry.field(description="When the exploiters were last in touch.")
    last_contact_details: str | None = strawberry.field(description="What that last contact was.")
    reported_before: YesNoNotSure | None = strawberry.field(
        description="Whether this was reported to anybody before this referral."
    )
    reported_before_details: str | None = strawberry.field(description="To whom and when it was reported before.")
    why_not_sooner: str | None = strawberry.field(description="Why it was not reported sooner.")
    reason_for_referral: str | None = strawberry.field(description="Why the first responder refers the person.")
    indicators_seen: bool | None = strawberry.field(
        description="Whether the first responder saw signs of modern slavery themselves."
    )
    indicators_details: str | None = strawberry.field(description="Which signs were seen.")
    interview_details: str | None = strawberry.field(
        description="Where and how the person was spoken to, who was there, and how they were."
    )
    professional_insight: str | None = strawberry.field(description="What the first responder's profession adds.")
    others_involved: bool | None = strawberry.field(
        description="Whether other professionals work with the person, such as a solicitor, a doctor or social worker."
    )
    others_involved_details: str | None = strawberry.field(description="Who those professionals are.")
    exploitation_place: ExploitationPlace | None = strawberry.field(description="Where it happened, broadly.")
    uk_towns: list[str] | None = strawberry.field(
        description="Towns in the UK where it happened: names from the reference list towns."
    )
    uk_other_location: str | None = strawberry.field(description="A place in the UK that the list of towns lacks.")
    countries: list[str] | None = strawberry.field(
        description="Countries outside the UK where it happened: names from the reference list countries."
    )
    overseas_other_location: str | None = strawberry.field(description="More about the places outside the UK.")
    exploitation_types: list[ExploitationType] | None = strawberry.field(
        description="What the person was exploited for. Null: not asked yet."
    )
    exploitation_other_details: str | None = strawberry.field(description="What OTHER in exploitationTypes stands for.")
    other_victims: YesNoNotSure | None = strawberry.field(description="Whether others are exploited there too.")
    other_victims_details: str | None = strawberry.field(description="What is known of them; names are not asked.")
    future_concerns: bool | None = strawberry.field(description="Whether there are concerns for the person's future.")
    future_concerns_reasons: str | None = strawberry.field(description="What those concerns are.")

    @classmethod
    def of(cls, answers: form.Account, version: int) -> Self:
        """The group as recorded."""
        return cls(version=version, **members(answers))


@strawberry.type(description="The risk, not the story told once more.", directives=[group(DataGroup.ACCOUNT)])
class AccountSummary:
    version: int = strawberry.field(description=SUMMARY_VERSION)
    exploitation_types: list[ExploitationType] | None = strawberry.field(
        description="What the person was exploited for. Null: not recorded."
    )
    exploitation_place: ExploitationPlace | None = strawberry.field(
        description="Where it happened, broadly. Null: not recorded."
    )
    risk_flags: list[RiskFlag] = strawberry.field(description="Dangers the account names; empty is not an all-clear.")

    @classmethod
    def of(cls, summary: summaries.AccountSummary, version: int) -> Self:
        """The summary as stored beside that version."""
        return cls(version=version, **members(summary))


AccountDisclosure = Annotated[
    Account | AccountSummary | Withheld,
    strawberry.union(
        "AccountDisclosure",
        description=f"What happened: whole, in summary, or withheld. {NOTHING}",
    ),
]
