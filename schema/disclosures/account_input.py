"""What happened to the person, as a client says it."""

import strawberry
from strawberry import UNSET

from schema.choices import ExploitationPlace, ExploitationType, LastContact, YesNoNotSure
from schema.disclosures.mapping import said
from schema.disclosures.phrases import TEXT
from services.referrals import answers as form


@strawberry.input(
    description=f"What happened to the person. Leave out what is not known; never press a person for it. Texts: {TEXT}"
)
class AccountInput:
    what_happened: str | None = strawberry.field(default=UNSET, description=f"The whole account in one text. {TEXT}")
    birthplace: str | None = strawberry.field(default=UNSET, description=f"Where they were born and grew up. {TEXT}")
    family: str | None = strawberry.field(default=UNSET, description=f"Family and home before it began. {TEXT}")
    education: str | None = strawberry.field(default=UNSET, description=f"Schooling. {TEXT}")
    employment_history: str | None = strawberry.field(default=UNSET, description=f"Work before it began. {TEXT}")
    several_situations: YesNoNotSure | None = strawberry.field(
        default=UNSET, description="Whether the person was exploited in more than one situation."
    )
    several_situations_details: str | None = strawberry.field(
        default=UNSET, description=f"What the several situations were. {TEXT}"
    )
    dates: str | None = strawberry.field(
        default=UNSET, description=f"When it happened, in words; approximate periods will do. {TEXT}"
    )
    how_started: str | None = strawberry.field(default=UNSET, description=f"How it began, and with whom. {TEXT}")
    taken_somewhere: bool | None = strawberry.field(
        default=UNSET, description="Whether the person was taken from place to place."
    )
    journey_details: str | None = strawberry.field(
        default=UNSET, description=f"The journeys; asked when takenSomewhere is true. {TEXT}"
    )
    required_to_do: str | None = strawberry.field(default=UNSET, description=f"What they were made to do. {TEXT}")
    living_conditions: str | None = strawberry.field(default=UNSET, description=f"How they had to live. {TEXT}")
    treatment: str | None = strawberry.field(default=UNSET, description=f"How they were treated. {TEXT}")
    why_stayed: str | None = strawberry.field(default=UNSET, description=f"Why they could not leave. {TEXT}")
    still_in_situation: bool | None = strawberry.field(
        default=UNSET, description="Whether the person is still in the situation."
    )
    what_keeps_them: str | None = strawberry.field(
        default=UNSET, description=f"What keeps them there; asked when stillInSituation is true. {TEXT}"
    )
    how_left: str | None = strawberry.field(
        default=UNSET, description=f"How and why they left; asked when stillInSituation is false. {TEXT}"
    )
    last_contact: LastContact | None = strawberry.field(
        default=UNSET, description="When the exploiters were last in touch."
    )
    last_contact_details: str | None = strawberry.field(default=UNSET, description=f"What contact that was. {TEXT}")
    reported_before: YesNoNotSure | None = strawberry.field(
        default=UNSET, description="Whether this was reported to anybody before."
    )
    reported_before_details: str | None = strawberry.field(
        default=UNSET, description=f"To whom and when; asked unless reportedBefore is NO. {TEXT}"
    )
    why_not_sooner: str | None = strawberry.field(
        default=UNSET, description=f"Why not sooner; asked when reportedBefore is NO. {TEXT}"
    )
    reason_for_referral: str | None = strawberry.field(default=UNSET, description=f"Why you refer them. {TEXT}")
    indicators_seen: bool | None = strawberry.field(
        default=UNSET, description="Whether you saw signs of modern slavery yourself."
    )
    indicators_details: str | None = strawberry.field(
        default=UNSET, description=f"Which signs; asked when indicatorsSeen is true. {TEXT}"
    )
    interview_details: str | None = strawberry.field(
        default=UNSET, description=f"Where and how you spoke, who was there, breaks, and how the person was. {TEXT}"
    )
    professional_insight: str | None = strawberry.field(
        default=UNSET, description=f"What your profession adds to the account. {TEXT}"
    )
    others_involved: bool | None = strawberry.field(
        default=UNSET, description="Whether other professionals work with the person."
    )
    others_involved_details: str | None = strawberry.field(
        default=UNSET, description=f"Who they are; asked when othersInvolved is true. {TEXT}"
    )
    exploitation_place: ExploitationPlace | None = strawberry.field(
        default=UNSET, description="Where it happened, broadly."
    )
    uk_towns: list[str] | None = strawberry.field(
        default=UNSET, description="Towns in the UK where it happened: exactly names from the reference list towns."
    )
    uk_other_location: str | None = strawberry.field(
        default=UNSET, description=f"A place in the UK that the list of towns lacks. {TEXT}"
    )
    countries: list[str] | None = strawberry.field(
        default=UNSET, description="Countries outside the UK: exactly names from the reference list countries."
    )
    overseas_other_location: str | None = strawberry.field(
        default=UNSET, description=f"More about the places outside the UK. {TEXT}"
    )
    exploitation_types: list[ExploitationType] | None = strawberry.field(
        default=UNSET, description="What the person was exploited for; all that apply."
    )
    exploitation_other_details: str | None = strawberry.field(
        default=UNSET, description=f"What OTHER stands for; asked when it is among exploitationTypes. {TEXT}"
    )
    other_victims: YesNoNotSure | None = strawberry.field(
        default=UNSET, description="Whether others are exploited there too."
    )
    other_victims_details: str | None = strawberry.field(
        default=UNSET, description=f"What is known of them, without their names. {TEXT}"
    )
    future_concerns: bool | None = strawberry.field(
        default=UNSET, description="Whether there are concerns for the person's future."
    )
    future_concerns_reasons: str | None = strawberry.field(
        default=UNSET, description=f"What those concerns are; asked when futureConcerns is true. {TEXT}"
    )

    def answers(self) -> form.Account:
        """What was said, as the form's answers."""
        return form.Account(**said(self))
