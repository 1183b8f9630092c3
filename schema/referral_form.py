"""The referral form as data: what a front end needs to draw it, lead through it and send it."""

from datetime import date
from typing import Annotated

import strawberry

from schema.choices import Nation
from schema.context import Info
from schema.form_views import FormEdition, FormSection, sections
from schema.groups import value
from schema.results import InputProblem, Invalid
from services.referrals.form import queries
from services.referrals.form.edition import Edition

Version = Annotated[
    str | None, strawberry.argument(description="An edition such as `2025-04`. Null: the one that is filled in today.")
]
In = Annotated[Nation, strawberry.argument(description="Where the person was met.")]


@strawberry.type(
    directives=[value],
    description="One edition of the form as it is asked in one nation. Its keys are the paths of `ReferralInput` and "
    "of every problem with it. Ask in this order: whether a question is asked depends on answers before it.",
)
class ReferralForm:
    edition: FormEdition = strawberry.field(description="Which edition this is; send its code as `formVersion`.")
    nation: Nation = strawberry.field(description="Where it is asked so.")
    sections: list[FormSection] = strawberry.field(description="The questions in the order of the form.")
    editions: list[FormEdition] = strawberry.field(description="Every edition there is, the oldest first.")


@strawberry.type(directives=[value], description="The form, or why there is none.")
class ReferralFormPayload:
    form: ReferralForm | None = strawberry.field(description="The form. Null: see `problem`.")
    problem: Invalid | None = strawberry.field(description="What is wrong with the question. Null: nothing.")


def referral_form(info: Info, nation: In, version: Version = None) -> ReferralFormPayload:
    """The form of that edition in that nation."""
    reading = info.context.reading
    today = queries.day_of(reading.now)
    found = queries.in_force(today) if version is None else queries.edition(version)
    if found is None:
        return ReferralFormPayload(form=None, problem=_no_such_edition())
    return ReferralFormPayload(form=_form(found, nation, today, reading.viewer.agency_name), problem=None)


def _form(found: Edition, nation: Nation, today: date, own_name: str) -> ReferralForm:
    return ReferralForm(
        edition=FormEdition.of(found.row),
        nation=nation,
        sections=sections(found.in_nation(nation.value), today, own_name),
        editions=[FormEdition.of(one.row) for one in queries.form().editions],
    )


def _no_such_edition() -> Invalid:
    names = ", ".join(one.code for one in queries.form().editions)
    wrong = InputProblem(
        path="version",
        code="not_in_list",
        message="There is no such edition of the form.",
        remedy=f"Ask for one of {names}.",
    )
    return Invalid(problems=[wrong])


@strawberry.type
class FormQueries:
    referral_form: ReferralFormPayload = strawberry.field(
        resolver=referral_form,
        description="The referral form as data: questions, branches, what must be answered, limits and words.",
    )
