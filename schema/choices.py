"""The closed answers as clients read them: the same names as everywhere, each value with what it means."""

from collections.abc import Mapping
from enum import StrEnum

import strawberry

from services.referrals.choices import (
    Age,
    Channel,
    Consent,
    ContactMethod,
    DecisionRecipient,
    ExploitationPlace,
    ExploitationType,
    Gender,
    LastContact,
    Nation,
    YesNoNotSure,
)
from services.referrals.summaries import RiskFlag

__all__ = [
    "Age",
    "Channel",
    "Consent",
    "ContactMethod",
    "DecisionRecipient",
    "ExploitationPlace",
    "ExploitationType",
    "Gender",
    "LastContact",
    "Nation",
    "RiskFlag",
    "YesNoNotSure",
]


def _say(choice: type[StrEnum], description: str, values: Mapping[StrEnum, str]) -> None:
    """Names the choice in the language; a value without its words stops the start."""
    strawberry.enum(choice, description=description)
    for value in vars(choice)["__strawberry_definition__"].values:
        value.description = values[choice(value.value)]


_say(
    YesNoNotSure,
    "An answer that may honestly stay open.",
    {
        YesNoNotSure.YES: "Yes.",
        YesNoNotSure.NO: "No.",
        YesNoNotSure.NOT_SURE: "Asked, and not known. Not the same as null, which is: not answered.",
    },
)
_say(
    Nation,
    "The nation in which the first responder met the person; it decides the bank holidays and the law.",
    {
        Nation.ENGLAND: "England.",
        Nation.WALES: "Wales.",
        Nation.SCOTLAND: "Scotland.",
        Nation.NORTHERN_IRELAND: "Northern Ireland.",
    },
)
_say(
    Age,
    "Whether the person is an adult, as the first responder believes.",
    {
        Age.ADULT: "18 or over.",
        Age.CHILD: "Under 18.",
        Age.NOT_SURE: "May be under 18. Treated as a child everywhere, and still shown as not sure.",
    },
)
_say(
    Consent,
    "Consent to enter the National Referral Mechanism; it is neither consent to support nor to sharing data.",
    {
        Consent.GIVEN: "The adult agreed, having been told what it means.",
        Consent.NOT_ASKED: "The person is, or may be, a child: a child is not asked.",
        Consent.REFUSED: "The adult did not agree; there is then no referral.",
    },
)
_say(
    Gender,
    "The person's gender as the form asks for it.",
    {
        Gender.FEMALE: "Female.",
        Gender.MALE: "Male.",
        Gender.OTHER: "Does not identify as female or male. Not the same as null, which is: not answered.",
    },
)
_say(
    ContactMethod,
    "How letters reach somebody.",
    {ContactMethod.EMAIL: "By e-mail.", ContactMethod.POST: "By post."},
)
_say(
    DecisionRecipient,
    "To whom an adult's decision letters go; a child's go to the local authority.",
    {
        DecisionRecipient.PERSON: "To the person themselves.",
        DecisionRecipient.SOMEONE_ELSE: "To somebody the person named and agreed to.",
    },
)
_say(
    ExploitationPlace,
    "Where the exploitation happened.",
    {
        ExploitationPlace.UK: "In the United Kingdom only.",
        ExploitationPlace.OVERSEAS: "Outside the United Kingdom only.",
        ExploitationPlace.UK_AND_OVERSEAS: "Both in and outside the United Kingdom.",
    },
)
_say(
    LastContact,
    "When the exploiters were last in touch, counted back from the day the form was filled in.",
    {
        LastContact.WITHIN_A_WEEK: "In the last week.",
        LastContact.WITHIN_A_MONTH: "In the last month.",
        LastContact.WITHIN_THREE_MONTHS: "In the last 3 months.",
        LastContact.WITHIN_SIX_MONTHS: "In the last 6 months.",
        LastContact.SIX_TO_TWELVE_MONTHS: "6 to 12 months ago.",
        LastContact.OVER_A_YEAR: "Over a year ago.",
        LastContact.NOT_SURE: "Asked, and not known.",
    },
)
_say(
    ExploitationType,
    "What the person was exploited for; several may apply.",
    {
        ExploitationType.FORCED_WORK: "Made to work for nothing or almost nothing.",
        ExploitationType.WAGES_TAKEN: "Wages were taken by somebody else.",
        ExploitationType.FORCED_FRAUD: "Made to commit fraud, such as false benefit claims.",
        ExploitationType.PROSTITUTION: "Made to sell sex.",
        ExploitationType.CHILD_SEXUAL_EXPLOITATION: "Sexually exploited as a child.",
        ExploitationType.SEXUAL_ASSAULT: "Taken, held and sexually assaulted.",
        ExploitationType.FORCED_CRIME: "Made to commit crime, such as growing cannabis, county lines or begging.",
        ExploitationType.ORGANS_REMOVED: "Organs were removed, or were to be.",
        ExploitationType.DOMESTIC_SERVITUDE: "Made to do housework in somebody's home, paid or unpaid.",
        ExploitationType.OTHER: "Something else; exploitationOtherDetails says what.",
    },
)
_say(
    Channel,
    "How the form reached the competent authority.",
    {
        Channel.ONLINE: "Through the online form.",
        Channel.EMAIL: "By e-mail.",
        Channel.FAX: "By fax.",
        Channel.POST: "By post.",
    },
)
_say(
    RiskFlag,
    "A danger the account names. A flag that is not raised does not say that there is no danger.",
    {
        RiskFlag.STILL_IN_SITUATION: "The person is still in the situation.",
        RiskFlag.FUTURE_CONCERNS: "There are concerns about the person's future.",
        RiskFlag.OTHER_VICTIMS: "Other people are being exploited there too.",
    },
)
