"""The rule files in another engine's language: read and translated apart from the loader, and decided by Cedar.

Nothing of `policies` is used but its words and its files. One rule becomes one policy, whose lists stay lists.
"""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from cedarpy import AuthzResult, PolicySet, is_authorized_batch

from policies.vocabulary import AccessLevel, Action, CaseClass, DataGroup, Function, Relation

FIELDS: Final = ("function", "relation", "when", "level", "group", "action", "effect", "because", "rule")
SCOPE: Final = "principal, action, resource"
NOBODY: Final = {"principal": 'Person::"anybody"', "action": 'Action::"ask"', "resource": 'Group::"any"'}


class Question(NamedTuple):
    """One cell, of a record with these classes."""

    function: Function
    relation: Relation
    classes: frozenset[CaseClass]
    level: AccessLevel
    group: DataGroup
    action: Action


def answers(folder: Path, questions: Sequence[Question]) -> list[bool]:
    """What Cedar says; every question has the same function. An error anywhere is an error here."""
    (function,) = {question.function for question in questions}
    results = is_authorized_batch([_request(question) for question in questions], _policies(folder, function), [])
    return [_answer(result) for result in results]


def _answer(result: AuthzResult) -> bool:
    assert not result.diagnostics.errors, result.diagnostics.errors
    return result.allowed


def _request(question: Question) -> dict[str, object]:
    context = {
        "relation": question.relation.value,
        "classes": sorted(question.classes),
        "level": question.level.value,
        "group": question.group.value,
        "action": question.action.value,
    }
    return {**NOBODY, "context": context}


@cache
def _policies(folder: Path, function: Function) -> PolicySet:
    """The rules that speak of a function; the others can't say anything about it."""
    rules = (dict(zip(FIELDS, line, strict=True)) for line in _lines(folder))
    spoken = [_policy(rule) for rule in rules if function in _words(rule["function"], Function)]
    return PolicySet.from_str("\n".join(spoken) or f"forbid({SCOPE});")


def _lines(folder: Path) -> Iterable[list[str]]:
    for path in sorted(folder.glob("*.csv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("p,"):
                yield [field.strip() for field in line.split(",")][1:]


def _policy(rule: dict[str, str]) -> str:
    verb = {"allow": "permit", "deny": "forbid"}[rule["effect"]]
    relations = _words(rule["relation"], Relation) - {Relation.UNRELATED if rule["relation"].startswith("any") else ""}
    tests = [
        f"{json.dumps(sorted(relations))}.contains(context.relation)",
        f"{json.dumps(sorted(_words(rule['level'], AccessLevel)))}.contains(context.level)",
        f"{json.dumps(rule['group'].split('|'))}.contains(context.group)",
        f"{json.dumps(rule['action'].split('|'))}.contains(context.action)",
    ]
    excepted = rule["when"].startswith("any except ")
    classes = json.dumps(rule["when"].removeprefix("any except ").split("|"))
    condition = f"{'unless' if excepted else 'when'} {{ context.classes.containsAny({classes}) }}"
    return f"{verb}({SCOPE}) when {{ {' && '.join(tests)} }} {condition};"


def _words(text: str, kind: Iterable[str]) -> set[str]:
    if text == "any":
        return set(kind)
    if text.startswith("any except "):
        return set(kind) - set(text.removeprefix("any except ").split("|"))
    return set(text.split("|"))
