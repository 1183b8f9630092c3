"""What a reviewer reads: who gains, who loses, when, by which rule, and how many of an invented population."""

from pathlib import Path

import pytest

from policies.review import wording
from policies.review.conditions import in_words
from policies.review.differences import class_sets, compare
from policies.review.population import EXAMPLES, effect
from policies.review.rule_sets import RuleSet, of_folder, of_table
from policies.rule_files import FOLDER, RuleError
from policies.table import FILE, HEADER
from policies.vocabulary import CaseClass, DataGroup

A, C, K, S, R, D = (
    CaseClass.ADULT,
    CaseClass.CHILD,
    CaseClass.COOPERATING,
    CaseClass.SUPPORTED,
    CaseClass.REFERRED,
    CaseClass.DECIDED,
)
RULES = """
p, health, opener, always, practitioner|approver, core|identity, see, allow, it wrote it, R101
p, health, opener, child, practitioner, account, see, allow, a child, R102
p, health, opener, any except referred, practitioner, health, see, deny, a wall, R801
"""
LATER = """
p, health, opener, always, practitioner|approver, core, see, allow, it wrote this, R101
p, health, opener, child|referred, practitioner, account, see, allow, a child, R103
p, education, opener, always, practitioner, core, see|record, allow, a school, R104
p, health, opener, always, practitioner, contact, summary, deny, never, R105
"""


def folder(place: Path, text: str) -> RuleSet:
    place.mkdir()
    (place / "rules.csv").write_text(text, encoding="utf-8")
    return of_folder(place)


def test_a_change_is_said_in_words(tmp_path: Path) -> None:
    old, new = folder(tmp_path / "old", RULES), folder(tmp_path / "new", LATER)
    assert list(wording.lines(compare(old.table, new.table), old, new)) == [
        "Gained",
        "  + education as opener (practitioner) writes core, when always",
        "      R104: a school",
        "  + education as opener (practitioner) sees the whole of core, when always",
        "      R104: a school",
        "  + health as opener (practitioner) sees the whole of account, when adult and referred",
        "      R103: a child",
        "Lost",
        "  - health as opener (approver or practitioner) sees the whole of identity, when always",
        "      R101: it wrote it",
        "Refused before and after, but not in the same way",
        "  ! health as opener (practitioner) sees a summary of contact, when always: "
        "this is refused by a rule; before, it is allowed by no rule",
        "      R105: never",
        "  ! health as opener (practitioner) sees the whole of health, when not referred: this is allowed by no rule; "
        "before, it is refused by a rule",
        "      R801: a wall",
        "Told differently, where a group is hidden",
        "  ~ health as opener (practitioner), account: looks empty, where it was called withheld",
        "Note: R103 says in places what R102 said; nobody's access changes by that.",
        "Note: the reason of R101 was “it wrote it” and is “it wrote this”.",
    ]


OPENS = "p, health, opener, always, practitioner, core|account, see, allow, it wrote it, R101"
REFUSES = """
p, health, opener, always, practitioner, core, see, allow, it may know of it, R102
p, health, opener, always, practitioner, account, see, deny, no longer, R101
"""


@pytest.mark.parametrize(
    ("old", "new", "heading", "said"),
    [
        (OPENS, REFUSES, "Lost", ["R101: it wrote it", "R101: no longer"]),
        (REFUSES, OPENS, "Gained", ["R101: it wrote it"]),
        (REFUSES, "bare", "Gained", ["R101"]),
        ("bare", REFUSES, "Lost", ["R101", "R101: no longer"]),
    ],
)
def test_a_rule_speaks_in_the_words_of_its_own_day(
    tmp_path: Path, old: str, new: str, heading: str, said: list[str]
) -> None:
    """Whoever loses a right reads why they had it, in the words that stood there then; a bare table kept none."""
    bare = of_table(folder(tmp_path / "bare", OPENS).table.text, "table.csv")
    before, after = (
        bare if text == "bare" else folder(tmp_path / name, text) for name, text in (("old", old), ("new", new))
    )
    found = list(wording.lines(compare(before.table, after.table), before, after))
    assert found[0] == heading
    assert " of account, when always" in found[1]
    assert [line.strip() for line in found[2 : 2 + len(said)]] == said
    assert not any(line.startswith("      ") for line in found[2 + len(said) :])


def test_nothing_is_said_where_nothing_changes(tmp_path: Path) -> None:
    old, new = folder(tmp_path / "old", RULES), folder(tmp_path / "new", f"# A note.\n{RULES}")
    assert list(wording.lines(compare(old.table, new.table), old, new)) == [wording.NOTHING_CHANGES]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (lambda c: True, "always"),
        (lambda c: C in c, "child"),
        (lambda c: A in c, "adult"),
        (lambda c: A in c and S in c, "adult and supported"),
        (lambda c: R in c and D not in c, "referred and not decided"),
        (lambda c: C in c or R in c, "child or referred"),
        (lambda c: (C in c or R in c) and K not in c, "child and not cooperating or not cooperating and referred"),
        (lambda c: (K in c) != (D in c), "cooperating and not decided or not cooperating and decided"),
        (lambda c: False, ""),
    ],
)  # fmt: skip
def test_a_condition_is_said_as_shortly_as_it_can_be(condition, words: str) -> None:  # type: ignore[no-untyped-def] # a lambda
    assert in_words(frozenset(filter(condition, class_sets()))) == words


def test_a_population_counts_and_shows_who_gets_another_answer(tmp_path: Path) -> None:
    old, new = folder(tmp_path / "old", RULES), folder(tmp_path / "new", LATER)
    found = effect(old.table, new.table)
    turns = {(change.before, change.after) for change in found.changes}
    assert turns == {
        ("whole", "withheld"),
        ("no record", "whole"),
        ("no record", "withheld"),
        ("withheld", "whole"),
        ("withheld", "empty"),
    }
    assert found.cells == found.people * found.records * len(DataGroup)
    assert 0 < found.changed < found.cells
    assert all(1 <= len(change.examples) <= EXAMPLES <= change.count for change in found.changes)
    said = "\n".join(wording.population(found))
    assert f"{found.changed:,} of {found.cells:,} answers change" in said
    assert "identity of record 1 (" in said


def test_a_population_is_the_same_every_time_and_still_where_nothing_changes(tmp_path: Path) -> None:
    old, new = folder(tmp_path / "old", RULES), folder(tmp_path / "new", LATER)
    assert effect(old.table, new.table) == effect(old.table, new.table)
    assert effect(old.table, old.table).changed == 0


def test_the_committed_table_answers_like_the_rules_that_it_was_made_from() -> None:
    bare, rules = of_table(FILE.read_text(encoding="utf-8"), FILE.name), of_folder(FOLDER)
    found = compare(bare.table, rules.table, with_walls=False)
    assert found.is_empty
    assert list(wording.lines(found, bare, rules)) == [wording.NOTHING_CHANGES]
    assert effect(bare.table, rules.table, with_walls=False).changed == 0


@pytest.mark.parametrize("text", ["a,b\n", ",".join(HEADER) + "\nhealth,opener,always\n", "\n"])
def test_what_is_no_table_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(RuleError, match=r"table\.csv"):
        of_table(text, "table.csv")
