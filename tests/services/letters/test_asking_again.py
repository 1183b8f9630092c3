"""What a letter says of a reconsideration follows the rows of who may ask for one, and until when."""

from datetime import date, timedelta

import pytest

from services.letters.templates import templates, wording
from services.letters.words import Addressee, LetterLanguage, Matter
from services.regimes.queries import regimes
from services.regimes.words import Asker, ClockName

NEGATIVE = (Matter.REASONABLE_GROUNDS_NEGATIVE, Matter.CONCLUSIVE_GROUNDS_NEGATIVE, Matter.REVOKED)
MAY_ASK = {
    Addressee.PERSON: Asker.PERSON,
    Addressee.FOR_THE_CHILD: Asker.REPRESENTATIVE,
    Addressee.FIRST_RESPONDER: Asker.FIRST_RESPONDER,
}
"""As what whoever reads a letter asks."""
LIMITS = [row for row in regimes().clocks if row.clock is ClockName.RECONSIDERATION]
ROWS = [*regimes().askers, *LIMITS]
CHANGES = sorted({day for row in ROWS for day in (row.valid_from, row.valid_until) if day is not None})
DAYS = sorted({day for change in CHANGES for day in (change, change - timedelta(1)) if day >= CHANGES[0]})


@pytest.mark.parametrize("matter", NEGATIVE)
@pytest.mark.parametrize("to", Addressee)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_letter_says_who_may_ask_and_until_when_on_its_day(day: date, to: Addressee, matter: Matter) -> None:
    said = " ".join(wording(matter, LetterLanguage.ENGLISH, day, to, until=day).paragraphs)
    may_ask = {row.asker for row in regimes().askers if row.applies_on(day)}
    assert "for the decision to be looked at again" in said
    assert ("You can ask" in said.replace("You can ask a solicitor", "")) == (MAY_ASK[to] in may_ask)
    assert ("until {until}" in said) == any(row.applies_on(day) for row in LIMITS)


@pytest.mark.parametrize("matter", NEGATIVE)
@pytest.mark.parametrize("to", Addressee)
def test_its_words_begin_anew_wherever_those_rows_change(to: Addressee, matter: Matter) -> None:
    begins = {one.valid_from for one in templates() if one.about == (to, matter, LetterLanguage.ENGLISH)}
    assert begins >= set(CHANGES)


def test_a_limit_holds_in_every_nation_from_one_day_on() -> None:
    """No letter asks for the nation; the day on which they differ, one has to."""
    assert {(row.valid_from, row.valid_until, row.length, row.unit) for row in LIMITS} == {
        (LIMITS[0].valid_from, LIMITS[0].valid_until, LIMITS[0].length, LIMITS[0].unit)
    }
    assert len({row.nation for row in LIMITS}) == len(LIMITS) == 4


def test_without_a_last_day_it_has_the_words_of_before_there_was_one() -> None:
    today = date(2026, 5, 20)
    for to in Addressee:
        said = wording(Matter.REVOKED, LetterLanguage.ENGLISH, today, to, until=None)
        assert (said.valid_from, said.names_a_last_day) == (date(2021, 1, 1), False)
        period = wording(Matter.REASONABLE_GROUNDS_POSITIVE, LetterLanguage.ENGLISH, today, to, until=None)
        assert period.applies_on(today), "there were never any without"
