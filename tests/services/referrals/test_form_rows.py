"""The rows of the form say every question once, in an order in which it can be walked, or nothing starts."""

import shutil
from pathlib import Path

import pytest

from services.referrals.form import queries
from services.referrals.form.conditions import ALWAYS, NEVER, Said, Term, holds, knowing, parse
from services.referrals.form.loading import PLACES, ROWS, load
from services.referrals.form.words import AnswerTest, QuestionKind
from services.referrals.paths import CORE
from services.referrals.screening import IDENTIFYING
from services.regimes.reading import RowsAreWrongError

NAMED = {"adult": parse("age = adult", {}, empty=ALWAYS), "either": parse("a given or b missing", {}, empty=ALWAYS)}


def saying(**answers: str) -> Said:
    return lambda path: tuple(answers.get(path, "").split())


def test_every_answer_there_is_has_its_question() -> None:
    assert {question.path for question in queries.questions().values()} == set(PLACES)


def test_the_newest_edition_asks_everything_but_what_only_older_ones_asked() -> None:
    asked = {question.path for question in queries.newest().questions}
    assert set(PLACES) - asked == {"account.whatHappened", "account.whyStayed", "account.reasonForReferral"}


@pytest.mark.parametrize("group", IDENTIFYING)
def test_what_the_screening_takes_out_the_form_refuses_by_name(group: str) -> None:
    of_group = [question for place, question in queries.questions().items() if place.group == group]
    assert of_group
    for question in of_group:
        unnamed = saying(kind="duty_to_notify", age="adult", cooperates="false")
        assert any(not demand.allows and holds(demand.when, unnamed) for demand in question.demands), question.path


def test_lists_have_names_and_choices_have_options() -> None:
    for question in queries.questions().values():
        is_choice = question.row.kind in {QuestionKind.ONE_OF, QuestionKind.SEVERAL_OF, QuestionKind.DOCUMENTS}
        assert bool(question.options) is is_choice, question.path
        assert (question.list_name is not None) is question.row.kind.is_listed


def test_conditions_are_branches_of_terms() -> None:
    found = parse("adult and either or c = x|y", NAMED, empty=NEVER)
    is_adult = Term("age", AnswerTest.IS, ("adult",))
    assert found == (
        (is_adult, Term("a", AnswerTest.GIVEN)),
        (is_adult, Term("b", AnswerTest.MISSING)),
        (Term("c", AnswerTest.IS, ("x", "y")),),
    )
    assert (parse(None, {}, empty=NEVER), parse("always", {}, empty=NEVER)) == (NEVER, ALWAYS)


def test_a_settled_answer_leaves_what_is_still_open() -> None:
    condition = parse("n = x and adult or n = y", NAMED, empty=NEVER)
    assert knowing(condition, "n", "x") == NAMED["adult"]
    assert knowing(condition, "n", "y") == ALWAYS
    assert knowing(condition, "n", "z") == NEVER


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("questions.csv", ",account.dates,", ",account.dats,"),
        ("questions.csv", "several_from_list,towns", "several_from_list,villages"),
        ("questions.csv", ",what_happened,account.dates", ",what_hapened,account.dates"),
        ("questions.csv", "named and account.takenSomewhere = true", "named and account.takenSomewere = true"),
        ("questions.csv", "named and account.takenSomewhere = true", "named and currentTown given"),
        ("questions.csv", "named and account.takenSomewhere = true", "nobody"),
        ("questions.csv", "question-account.family-2025-04-01", "question-account.dates-2025-04-01"),
        ("editions.csv", "2023-02-01,2025-04-01,", "2023-02-01,2025-03-01,"),
        ("kinds.csv", ",yes_no,", ",maybe,"),
    ],
)
def test_a_wrong_row_stops_the_start(tmp_path: Path, file: str, old: str, new: str) -> None:
    folder = tmp_path / "rows"
    shutil.copytree(ROWS, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")

    with pytest.raises(RowsAreWrongError):
        load(folder)


def test_the_drafts_own_fields_are_asked_first() -> None:
    own = [question.path for question in queries.newest().questions if question.place.group == CORE]
    assert own[:3] == ["kind", "organisation", "nation"]
