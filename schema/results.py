"""Problems in payloads: what can go wrong in the work, as types a client has to look at."""

from typing import Annotated

import strawberry

from schema.groups import value
from services import errors


@strawberry.type(directives=[value], description="No such thing, or none for you: the two are the same answer.")
class NotFound:
    message: str = strawberry.field(description="Words fit to show.")


@strawberry.type(directives=[value], description="You may know the record, but not do this.")
class Refused:
    message: str = strawberry.field(description="Words fit to show.")
    rule: str | None = strawberry.field(description="The rule that said no. Null: no rule allows it.")


@strawberry.type(directives=[value], description="One thing wrong with an input.")
class InputProblem:
    path: str = strawberry.field(description="The field, such as `identity.firstName`.")
    code: str = strawberry.field(description="What kind of mistake, in one word, for programs.")
    message: str = strawberry.field(description="What is wrong, fit to show.")
    remedy: str = strawberry.field(description="What to do about it, fit to show.")


@strawberry.type(directives=[value], description="The input breaks rules; every one is named and nothing was stored.")
class Invalid:
    problems: list[InputProblem] = strawberry.field(description="Everything that is wrong, at once.")


@strawberry.type(directives=[value], description="What you knew is no longer so; nothing was stored.")
class Conflict:
    code: str = strawberry.field(description="What moved, in one word, for programs.")
    message: str = strawberry.field(description="What moved, fit to show.")
    remedy: str = strawberry.field(description="What to do about it, fit to show.")


Problem = Annotated[
    NotFound | Refused | Invalid | Conflict,
    strawberry.union("Problem", description="Why a mutation did nothing. Nothing was stored and nobody was told."),
]


def problem(found: errors.WorkProblem) -> NotFound | Refused | Invalid | Conflict:
    """The problem in the language's types."""
    match found:
        case errors.NotFound():
            return NotFound(message="There is no such thing here.")
        case errors.Refused(rule=rule, reason=reason):
            return Refused(message=reason, rule=rule)
        case errors.Conflict(code=code, message=message, remedy=remedy):
            return Conflict(code=code, message=message, remedy=remedy)
        case errors.Invalid(problems=problems):
            return Invalid(
                problems=[InputProblem(path=p.path, code=p.code, message=p.message, remedy=p.remedy) for p in problems]
            )
