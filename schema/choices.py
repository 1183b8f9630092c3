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
    ReferralKind,
    YesNoNotSure,
)
from services.referrals.form import queries as form
from services.referrals.summaries import RiskFlag
from services.regimes.routing_words import RemitCircumstance
from services.regimes.words import DutyOwed, StatementForm

__all__ = [
    "Age",
    "Channel",
    "Consent",
    "ContactMethod",
    "DecisionRecipient",
    "DutyOwed",
    "ExploitationPlace",
    "ExploitationType",
    "Gender",
    "LastContact",
    "Nation",
    "ReferralKind",
    "RemitCircumstance",
    "RiskFlag",
    "StatementForm",
    "YesNoNotSure",
]


def _say(choice: type[StrEnum], description: str, values: Mapping[str, str]) -> None:
    """Names the choice in the language; a value without its words stops the start."""
    strawberry.enum(choice, description=description)
    for value in vars(choice)["__strawberry_definition__"].values:
        value.description = values[value.value]


def _labels(choices: str) -> dict[str, str]:
    """The words that the form's own rows have for each answer."""
    return form.option_labels(choices)


_say(
    ReferralKind,
    "What a form becomes.",
    _labels("referral_kind"),
)
_say(
    YesNoNotSure,
    "An answer that may honestly stay open.",
    _labels("yes_no_not_sure"),
)
_say(
    Nation,
    "The nation in which the first responder met the person; it decides the bank holidays and the law.",
    _labels("nation"),
)
_say(
    Age,
    "Whether the person is an adult, as the first responder believes.",
    _labels("age"),
)
_say(
    Consent,
    "Consent to enter the National Referral Mechanism; it is neither consent to support nor to sharing data.",
    _labels("consent"),
)
_say(
    StatementForm,
    "How somebody said so; which forms count depends on the day.",
    _labels("statement_form"),
)
_say(
    DutyOwed,
    "Whether a first responder owes a notification of an adult who is not referred.",
    {
        DutyOwed.BY_STATUTE: "By the Modern Slavery Act 2015.",
        DutyOwed.BY_POLICY: "By a policy of the Home Office for its staff.",
        DutyOwed.NOT_OWED: "Not owed; it may be sent all the same.",
    },
)
_say(
    Gender,
    "The person's gender as the form asks for it.",
    _labels("gender"),
)
_say(
    ContactMethod,
    "How letters reach somebody.",
    _labels("contact_method"),
)
_say(
    DecisionRecipient,
    "To whom an adult's decision letters go; a child's go to the local authority.",
    _labels("decision_recipient"),
)
_say(
    ExploitationPlace,
    "Where the exploitation happened.",
    _labels("exploitation_place"),
)
_say(
    LastContact,
    "When the exploiters were last in touch, counted back from the day the form was filled in.",
    _labels("last_contact"),
)
_say(
    RemitCircumstance,
    "What brings an adult's case before the Immigration Enforcement Competent Authority.",
    _labels("remit_circumstance"),
)
_say(
    ExploitationType,
    "What the person was exploited for; several may apply.",
    _labels("exploitation_type"),
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
