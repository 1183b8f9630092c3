"""What applied on a day to what happens after a decision; every answer is a row, to be kept beside what it decided."""

from collections.abc import Iterable
from datetime import date

from services.regimes import rules
from services.regimes.next_rows import LeaveQuestion, LeaveRow, ReturnScheme
from services.regimes.next_words import Circumstance, LeaveGround, ReturnGroup
from services.regimes.queries import regimes


def leave_question(true: Iterable[Circumstance], on: date) -> LeaveQuestion:
    """Whether there is a question of leave after a positive conclusive decision of that London date.

    Of what is true of the person the first that has a row on the day counts, in the order of the words.
    """
    for circumstance in sorted(true, key=list(Circumstance).index):
        for row in regimes().what_next.leave_questions:
            if row.circumstance is circumstance and row.applies_on(on):
                return row
    raise rules.NoRowInForceError(f"nothing says whether leave is a question on {on.isoformat()}")


def leave_ground(ground: LeaveGround, on: date) -> LeaveRow | None:
    """The row by which somebody may stay on this ground on that day; None: nobody may."""
    return next((row for row in regimes().what_next.leave_grounds if row.ground is ground and row.applies_on(on)), None)


def is_british(nationalities: Iterable[str], on: date) -> bool:
    """Whether one of these nationalities is British on that day; as the form's list names them."""
    found = {row.nationality for row in regimes().what_next.british_nationalities if row.applies_on(on)}
    return bool(found & set(nationalities))


def return_group(nationalities: Iterable[str], on: date) -> ReturnGroup:
    """Which way home is meant for somebody of these nationalities on that day; one of the EEA suffices."""
    found = {row.nationality for row in regimes().what_next.eea_nationalities if row.applies_on(on)}
    return ReturnGroup.EEA if found & set(nationalities) else ReturnGroup.OTHERS


def return_scheme(group: ReturnGroup, on: date) -> ReturnScheme:
    """How somebody of this group was helped home on that day."""
    return rules.in_force(regimes().what_next.return_schemes, (group,), on)
