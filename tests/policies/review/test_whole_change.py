"""Every word that is said of one change with everything in it, both ways; and who is invented to meet it."""

from pathlib import Path

import pytest

from policies.review import population, wording
from policies.review.differences import compare
from policies.review.population import effect
from policies.review.rule_sets import RuleSet, of_folder, of_table
from policies.rule_files import FOLDER, RuleError
from policies.table import FILE, HEADER
from policies.vocabulary import DataGroup

CHANGE = Path(__file__).with_name("a_change")


def rules(place: Path, name: str) -> RuleSet:
    (place / name).mkdir()
    text = (CHANGE / f"{name}.csv").read_text(encoding="utf-8")
    (place / name / "rules.csv").write_text(text, encoding="utf-8")
    return of_folder(place / name)


@pytest.mark.parametrize(
    ("old", "new", "said"), [("before", "after", "forwards.txt"), ("after", "before", "backwards.txt")]
)
def test_every_word_of_a_change(tmp_path: Path, old: str, new: str, said: str) -> None:
    before, after = rules(tmp_path, old), rules(tmp_path, new)
    found = effect(before.table, after.table)
    total, *population = wording.population(found)

    assert total == f"Among 3 invented people and 240 records, 1,537 of {3 * 240 * len(DataGroup):,} answers change."
    lines = [*wording.lines(compare(before.table, after.table), before, after), *population]
    assert lines == (CHANGE / said).read_text(encoding="utf-8").splitlines()


def test_nothing_is_said_of_no_change(tmp_path: Path) -> None:
    same = rules(tmp_path, "before")
    assert list(wording.lines(compare(same.table, same.table), same, same)) == ["Nobody gains or loses anything."]


def test_a_record_is_invented_with_what_can_follow_from_what_it_is() -> None:
    found = list(population._records())
    assert found == list(population._records())
    for word in set(population.NEEDS):
        assert not any(word in classes and population.NEEDS[word] not in classes for classes in found)
        assert 0 < sum(word in classes for classes in found) < len(found)


def test_only_files_of_rules_have_walls_and_reasons() -> None:
    files, table = of_folder(FOLDER), of_table(FILE.read_text(encoding="utf-8"), "table.csv")
    assert (files.has_walls, table.has_walls) == (True, False)
    assert files.reasons["R801"]
    assert table.reasons == {}


def test_a_row_that_means_nothing_is_refused_by_its_line() -> None:
    good = "health,opener,always,practitioner,core,see,allow,R102"
    for bad in ("health,opener,always", f"{good},again", good.replace("allow", "Allow")):
        with pytest.raises(RuleError, match=r"^table\.csv line 3: this is no row of a table"):
            of_table("\n".join([",".join(HEADER), good, bad]), "table.csv")
    with pytest.raises(RuleError, match=r"^table\.csv: a compiled table starts with the line `function,relation"):
        of_table("", "table.csv")
