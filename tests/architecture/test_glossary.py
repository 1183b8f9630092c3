"""The glossary says every word of the rules, in the words that the rules' own list has for it, and no other."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

from policies.meanings import meaning
from policies.vocabulary import AccessLevel, Action, CaseClass, DataGroup, Effect, Function, Relation

GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
TITLES: dict[str, type[StrEnum]] = {
    "Functions": Function,
    "Access levels": AccessLevel,
    "Relations": Relation,
    "Case classes": CaseClass,
    "Data groups": DataGroup,
    "Actions": Action,
    "Effects": Effect,
}


def words_under(title: str) -> dict[str, str]:
    section = GLOSSARY.split(f"\n### {title}\n", 1)[1].split("\n### ", 1)[0]
    return dict(re.findall(r"^\| `([^`]+)` \| (.+) \|$", section, re.MULTILINE))


@pytest.mark.parametrize("title", TITLES)
def test_every_word_of_the_rules_is_explained_under_its_kind(title: str) -> None:
    assert list(words_under(title)) == [word.value for word in TITLES[title]]


@pytest.mark.parametrize("title", TITLES)
def test_the_glossary_and_the_rules_mean_the_same(title: str) -> None:
    explained = words_under(title)

    differing = {word.value for word in TITLES[title] if not explained[word.value].startswith(meaning(word))}
    assert differing == set(), "write the sentence of policies/meanings.py here; more may follow it"
