"""What the officer of the first responder says of themselves and of what they did before they referred."""

from dataclasses import dataclass

from services.regimes.words import StatementForm


@dataclass(frozen=True, kw_only=True, slots=True)
class Referrer:
    """The officer of the first responder, and what they did before they referred: asked an adult, explained to a child.

    `consent_on` and `explained_on` are whole days.
    """

    first_name: str | None = None
    last_name: str | None = None
    role: str | None = None
    email: str | None = None
    phone: str | None = None
    alternative_email: str | None = None
    consent_form: StatementForm | None = None
    consent_on: str | None = None
    consent_taken_by: str | None = None
    consent_interpreter_used: bool | None = None
    consent_interpreter: str | None = None
    best_interests_reason: str | None = None
    explained: bool | None = None
    explained_on: str | None = None
    explained_how: str | None = None
    not_explained_reason: str | None = None
