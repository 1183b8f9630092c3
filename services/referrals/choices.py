"""The closed answers of the referral form, each one a name that stays the same in every place it is kept."""

from enum import StrEnum


class YesNoNotSure(StrEnum):
    """An answer that may honestly stay open."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not_sure"


class ReferralKind(StrEnum):
    """What a form becomes: a case, or a Duty to Notify record, which is never a case."""

    NRM = "nrm"
    DUTY_TO_NOTIFY = "duty_to_notify"


class Nation(StrEnum):
    """Where in the UK the first responder met the person: decides the calendar and the law."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


class Age(StrEnum):
    """What the first responder believes; NOT_SURE stays not sure in the data."""

    ADULT = "adult"
    CHILD = "child"
    NOT_SURE = "not_sure"

    @property
    def acts_as_child(self) -> bool:
        """Whoever may be a child is treated as one in every rule."""
        return self is not Age.ADULT


class Consent(StrEnum):
    """Consent to enter the NRM; it is not asked of a child, and it is not consent to share data."""

    GIVEN = "given"
    BEST_INTERESTS = "best_interests"  # the adult lacks the capacity to decide
    NOT_ASKED = "not_asked"
    REFUSED = "refused"


class Gender(StrEnum):
    """OTHER is what the form calls not identifying as male or female; it does not mean unanswered."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class ContactMethod(StrEnum):
    """How the person agreed to be written to."""

    EMAIL = "email"
    POST = "post"


class DecisionRecipient(StrEnum):
    """To whom an adult's decision letters go."""

    PERSON = "person"
    SOMEONE_ELSE = "someone_else"


class ExploitationPlace(StrEnum):
    """Where the exploitation happened."""

    UK = "uk"
    OVERSEAS = "overseas"
    UK_AND_OVERSEAS = "uk_and_overseas"


class LastContact(StrEnum):
    """When the exploiters were last in touch."""

    WITHIN_A_WEEK = "within_a_week"
    WITHIN_A_MONTH = "within_a_month"
    WITHIN_THREE_MONTHS = "within_three_months"
    WITHIN_SIX_MONTHS = "within_six_months"
    SIX_TO_TWELVE_MONTHS = "six_to_twelve_months"
    OVER_A_YEAR = "over_a_year"
    NOT_SURE = "not_sure"


class ExploitationType(StrEnum):
    """The form's ten boxes, in its order; several may be ticked."""

    FORCED_WORK = "forced_work"
    WAGES_TAKEN = "wages_taken"
    FORCED_FRAUD = "forced_fraud"
    PROSTITUTION = "prostitution"
    CHILD_SEXUAL_EXPLOITATION = "child_sexual_exploitation"
    SEXUAL_ASSAULT = "sexual_assault"
    FORCED_CRIME = "forced_crime"
    ORGANS_REMOVED = "organs_removed"
    DOMESTIC_SERVITUDE = "domestic_servitude"
    OTHER = "other"


class Channel(StrEnum):
    """How the form reached the competent authority."""

    ONLINE = "online"
    EMAIL = "email"
    FAX = "fax"
    POST = "post"
