"""Who referred the person, and when the referral arrived."""

from datetime import date, datetime
from typing import Annotated, Self

import strawberry
from strawberry import UNSET

from policies.vocabulary import DataGroup
from schema.choices import Channel, Consent, Nation, StatementForm
from schema.disclosures.additions import Extended
from schema.disclosures.mapping import members, said
from schema.disclosures.phrases import EMAIL, NOTHING, SUMMARY_VERSION, TEXT, VERSION
from schema.groups import Withheld, group, value
from schema.meeting_words import MeetingKind, Profession
from services.referrals import answers as form
from services.referrals import summaries
from services.referrals.views import MeetingStated, ReferralFacts

_NONE_YET = "Null: there is only a concern so far."


@strawberry.type(
    directives=[value],
    description="What the referral states of the strategy meeting that it comes from, as it stood then; never "
    "what was said there.",
)
class ReferralMeeting:
    kind: MeetingKind = strawberry.field(description="What the meeting was held for.")
    held_on: date = strawberry.field(description="The London date.")
    professions: list[Profession] = strawberry.field(description="As what people were there.")
    all_agreed: bool | None = strawberry.field(
        description="Whether everybody there agreed to the referral. Null: not everybody had said."
    )


@strawberry.type(
    description="The officer who referred the person, and the referral as an event. Null in a field: not recorded.",
    directives=[group(DataGroup.REFERRER)],
)
class Referrer(Extended):
    version: int = strawberry.field(description=VERSION)
    organisation: str | None = strawberry.field(description=f"The first responder organisation by name. {_NONE_YET}")
    received_at: datetime | None = strawberry.field(
        description=f"When the referral was received; show it in London time: clocks count from that day. {_NONE_YET}"
    )
    channel: Channel | None = strawberry.field(description=f"How the referral arrived. {_NONE_YET}")
    form_version: str | None = strawberry.field(
        description=f"Which edition of the form was filled in; older ones asked other questions. {_NONE_YET}"
    )
    nation: Nation | None = strawberry.field(description=f"Where the first responder met the person. {_NONE_YET}")
    consent: Consent | None = strawberry.field(description=f"Whether the person agreed to the referral. {_NONE_YET}")
    strategy_meeting: ReferralMeeting | None = strawberry.field(
        description="What it states of a strategy meeting. Null: it named none, or there is only a concern so far."
    )
    first_name: str | None = strawberry.field(description="Given name of the officer.")
    last_name: str | None = strawberry.field(description="Family name of the officer.")
    role: str | None = strawberry.field(description="The officer's role or rank, in free text.")
    email: str | None = strawberry.field(description="The officer's work e-mail address.")
    phone: str | None = strawberry.field(description="The officer's work telephone number, as written on the form.")
    alternative_email: str | None = strawberry.field(
        description="An e-mail address at the same organisation for when the officer is away."
    )
    consent_form: StatementForm | None = strawberry.field(
        description="How an adult agreed. Null also where the form did not carry it."
    )
    consent_on: str | None = strawberry.field(
        description="The day on which the adult agreed, or it was decided for them."
    )
    consent_taken_by: str | None = strawberry.field(
        description="Who heard that the adult agrees, or decided in their best interests."
    )
    consent_interpreter_used: bool | None = strawberry.field(
        description="Whether an interpreter was used; false: none was needed."
    )
    consent_interpreter: str | None = strawberry.field(description="The interpreter's name or number, or the language.")
    best_interests_reason: str | None = strawberry.field(
        description="Why the adult cannot decide this, and why it is in their best interests."
    )
    explained: bool | None = strawberry.field(description="Whether it was explained to a child what happens now.")
    explained_on: str | None = strawberry.field(description="The day on which it was explained to the child.")
    explained_how: str | None = strawberry.field(description="How it was explained to the child.")
    not_explained_reason: str | None = strawberry.field(description="Why it was not explained to the child yet.")

    @classmethod
    def of(cls, answers: form.Referrer, version: int, referral: ReferralFacts | None) -> Self:
        """The group as recorded, with the referral as an event once there is one."""
        return cls(
            version=version,
            organisation=referral.organisation if referral else None,
            received_at=referral.received_at if referral else None,
            channel=referral.channel if referral else None,
            form_version=referral.form_version if referral else None,
            nation=referral.nation if referral else None,
            consent=referral.consent if referral else None,
            strategy_meeting=_meeting(referral.strategy_meeting) if referral else None,
            **members(answers),
        )


@strawberry.type(
    description="Whether the officer who referred can be reached in a second way.",
    directives=[group(DataGroup.REFERRER)],
)
class ReferrerSummary:
    version: int = strawberry.field(description=SUMMARY_VERSION)
    has_alternative_contact: bool = strawberry.field(
        description="Whether an alternative e-mail address is recorded; false: none is."
    )

    @classmethod
    def of(cls, summary: summaries.ReferrerSummary, version: int) -> Self:
        """The summary as stored beside that version."""
        return cls(version=version, **members(summary))


def _meeting(stated: MeetingStated | None) -> ReferralMeeting | None:
    if stated is None:
        return None
    return ReferralMeeting(
        kind=stated.kind, held_on=stated.held_on, professions=list(stated.professions), all_agreed=stated.all_agreed
    )


ReferrerDisclosure = Annotated[
    Referrer | ReferrerSummary | Withheld,
    strawberry.union(
        "ReferrerDisclosure",
        description=f"Who referred the person: whole, in summary, or withheld. {NOTHING}",
    ),
]


@strawberry.input(description="The officer who refers. Their organisation is a field of the referral itself.")
class ReferrerInput:
    first_name: str | None = strawberry.field(default=UNSET, description=f"Given name. {TEXT}")
    last_name: str | None = strawberry.field(default=UNSET, description=f"Family name. {TEXT}")
    role: str | None = strawberry.field(default=UNSET, description=f"Role or rank. {TEXT}")
    email: str | None = strawberry.field(default=UNSET, description=f"Work e-mail address. {EMAIL}")
    phone: str | None = strawberry.field(
        default=UNSET, description=f"Work telephone number; an extension may follow it. {TEXT}"
    )
    alternative_email: str | None = strawberry.field(
        default=UNSET, description=f"Whom to write to when you are away. {EMAIL}"
    )
    consent_form: StatementForm | None = strawberry.field(
        default=UNSET, description="How an adult agreed: on the day of receipt it has to count in this form."
    )
    consent_on: str | None = strawberry.field(
        default=UNSET,
        description="The whole day on which the adult agreed, or it was decided for them, such as 2026-01-05.",
    )
    consent_taken_by: str | None = strawberry.field(
        default=UNSET, description=f"Who heard that the adult agrees, or decided in their best interests. {TEXT}"
    )
    consent_interpreter_used: bool | None = strawberry.field(
        default=UNSET, description="Whether an interpreter was used; false: none was needed."
    )
    consent_interpreter: str | None = strawberry.field(
        default=UNSET, description=f"The interpreter's name or number, or the language. {TEXT}"
    )
    best_interests_reason: str | None = strawberry.field(
        default=UNSET, description=f"Why the adult cannot decide this, and why it is in their best interests. {TEXT}"
    )
    explained: bool | None = strawberry.field(
        default=UNSET, description="Whether it was explained to a child what happens now."
    )
    explained_on: str | None = strawberry.field(
        default=UNSET, description="The whole day on which it was explained to the child."
    )
    explained_how: str | None = strawberry.field(
        default=UNSET, description=f"How it was explained to the child. {TEXT}"
    )
    not_explained_reason: str | None = strawberry.field(
        default=UNSET, description=f"Why it was not explained to the child yet. {TEXT}"
    )

    def answers(self) -> form.Referrer:
        """What was said, as the form's answers."""
        return form.Referrer(**said(self))
