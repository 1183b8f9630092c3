"""What a person says of their own referral: in which form, when, and who heard it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.decisions.acting import invalid
from services.errors import Invalid, Problem
from services.reference.designations import designation
from services.regimes import queries as regimes
from services.regimes.words import Matter, StatementForm

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """That somebody said so; who heard it, where it was not written."""

    form: StatementForm
    said_on: date
    heard_by: str | None
    heard_by_agency: str | None

    def as_content(self) -> dict[str, str | None]:
        """As it is kept."""
        return {
            "form": self.form.value,
            "said_on": self.said_on.isoformat(),
            "heard_by": self.heard_by,
            "heard_by_agency": self.heard_by_agency,
        }


def statement_problems(statement: Statement, path: str) -> Iterator[Problem]:
    """What is missing in it, whatever the day."""
    for name, said in (("heardBy", statement.heard_by), ("heardByAgency", statement.heard_by_agency)):
        if statement.form is StatementForm.VERBAL and not (said or "").strip():
            message = "Somebody who says so instead of writing it says it to a professional."
            yield Problem(f"{path}.{name}", "required", message, "Name who heard it, and their agency.")
        if said and len(said) > LONGEST_NAME:
            yield Problem(f"{path}.{name}", "too_long", f"At most {LONGEST_NAME} characters.", "Say it shorter.")


def unaccepted(matter: Matter, statement: Statement, today: date, path: str) -> Invalid | None:
    """Why it does not count: a day to come, a form that was not accepted on that day, or words nobody heard who had
    to (the rows of spoken statements since 13 February 2026)."""
    if statement.said_on > today:
        return invalid(f"{path}.saidOn", "to_come", "Nobody has said so yet.", "Give the day on which it was said.")
    if regimes.accepted_statement(matter, statement.form, statement.said_on) is None:
        message = f"On {statement.said_on:%-d %B %Y} this could not be said in this form."
        return invalid(f"{path}.form", "not_accepted", message, "Ask for it in writing.")
    if (
        statement.form is StatementForm.VERBAL
        and designation(statement.heard_by_agency or "", statement.said_on) is None
    ):
        message = "What is said and not written counts where a professional of a first responder heard it."
        remedy = "Name the first responder organisation of whoever heard it, as the referral form does."
        return invalid(f"{path}.heardByAgency", "not_a_first_responder", message, remedy)
    return None
