"""What the database says against the end of a membership, in words fit to show."""

from collections.abc import Sequence

from services.errors import Conflict, Invalid, Problem, WorkProblem
from services.people import problems as administration

READ_AGAIN = "Read again what they would leave and decide once more."


def words(found: Sequence[tuple[str, str | None]]) -> WorkProblem:
    """The problem for the database's codes, each with the function it is about; everything that is missing at once."""
    code = found[0][0]
    match code:
        case "version_moved":
            return Conflict("VERSION_MOVED", "What this person has was changed meanwhile.", READ_AGAIN)
        case "ended_already":
            return Conflict("ENDED_ALREADY", "This membership ended before.", READ_AGAIN)
        case "unfit_successor" | "no_successor" | "barred_successor":
            return Invalid(tuple(_successor(code, (function or "").replace("_", " ")) for code, function in found))
        case _:
            return administration.words(code)


def _successor(code: str, function: str) -> Problem:
    message, remedy = {
        "unfit_successor": (
            f"Whoever is named for {function} does not stay in it.",
            "Name a colleague who acts in this function today, or a team in which somebody else does.",
        ),
        "no_successor": (
            f"Nobody would have what is open in {function}: it has no intake team with somebody else in it, or"
            " some of it may go to one person only.",
            "Name a colleague for this function.",
        ),
        "barred_successor": (
            f"Some of what is open in {function} cannot go to whoever is named for it.",
            "Name another colleague, or let the function have an intake team that gets the rest.",
        ),
    }[code]
    return Problem("successors", code, message, remedy)
