"""Permits come from the engine alone and hold what the rules give; whatever is odd ends as a no."""

import ast
import dataclasses
import logging
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any
from uuid import uuid4

import pytest

import policies
from policies import engine
from policies.actor import Actor
from policies.permit import Permit, RecordFacts
from policies.rule_files import RuleError, read_folder
from policies.table import Table
from policies.vocabulary import AccessLevel, Action, CaseClass, DataGroup, Function, Relation

ROOT = Path(__file__).parents[2]
GOOD_QUESTION = (
    Function.DECISION_MAKER,
    Relation.DECISION_MAKER,
    frozenset({CaseClass.ALWAYS, CaseClass.ADULT, CaseClass.REFERRED}),
    AccessLevel.PRACTITIONER,
    DataGroup.ACCOUNT,
    Action.SEE,
)


def test_nobody_but_the_engine_makes_a_permit() -> None:
    actor = Actor(uuid4(), uuid4(), uuid4(), Function.DECISION_MAKER, AccessLevel.PRACTITIONER)
    standing = RecordFacts(uuid4(), uuid4(), Relation.DECISION_MAKER, GOOD_QUESTION[2])
    real = engine.permit(actor, [standing], frozenset(DataGroup), Action.SEE)
    assert real is not None
    fields = {field.name: getattr(real, field.name) for field in dataclasses.fields(Permit)}
    for forged in (None, object(), "policies.engine"):
        with pytest.raises(TypeError, match=r"only policies\.engine issues permits"):
            Permit(**fields, minted_by=forged)
    with pytest.raises(TypeError, match=r"only policies\.engine issues permits"):
        dataclasses.replace(real, see=frozenset(DataGroup))
    with pytest.raises(dataclasses.FrozenInstanceError):
        real.see = frozenset(DataGroup)  # type: ignore[misc] # the point of the test
    with pytest.raises(TypeError, match="does not support item assignment"):
        real.pins[DataGroup.ACCOUNT] = 1  # type: ignore[index] # the point of the test


def test_the_mint_is_mentioned_in_the_engine_alone() -> None:
    rooms = [path for room in ("api", "schema", "services", "policies") for path in (ROOT / room).rglob("*.py")]
    holders = {path.relative_to(ROOT).as_posix() for path in rooms if "_MINT" in _names(path)}
    assert holders == {"policies/permit.py", "policies/engine.py"}


def test_casbin_is_imported_in_the_engine_alone() -> None:
    rooms = [path for room in ("api", "schema", "services", "policies") for path in (ROOT / room).rglob("*.py")]
    assert {path.relative_to(ROOT).as_posix() for path in rooms if "casbin" in _names(path)} == {"policies/engine.py"}


@cache
def _names(path: Path) -> set[str]:
    """Everything a file imports, names or reaches into."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.alias):
            found |= set(node.name.split("."))
        elif isinstance(node, ast.ImportFrom):
            found |= set((node.module or "").split("."))
        elif isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
    return found


@pytest.mark.parametrize("position", range(6))
@pytest.mark.parametrize("nothing", ["", None, frozenset(), frozenset({""}), frozenset({None}), "nobody", 7])
def test_t73_an_empty_or_strange_question_is_a_no(position: int, nothing: Any) -> None:
    casbin = engine.Casbin(engine.rows())
    question: list[Any] = list(GOOD_QUESTION)
    assert casbin.enforce(*question) is True
    question[position] = nothing
    assert casbin.enforce(*question) is False
    assert engine.table().decide(*question).allowed is False


@pytest.mark.parametrize("position", range(6))
@pytest.mark.parametrize("nothing", ["", None, 7, frozenset({""}), frozenset({None})])
def test_t73_a_question_with_one_word_missing_is_a_no_whatever_casbin_would_say(
    position: int, nothing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    casbin = engine.Casbin(Table(read_folder()).rows)
    monkeypatch.setattr(casbin._enforcer, "enforce", lambda *_: True)
    question: list[Any] = list(GOOD_QUESTION)
    assert casbin.enforce(*question) is True
    question[position] = nothing
    assert casbin.enforce(*question) is False


def test_t73_a_question_of_nothing_but_empty_words_is_a_no() -> None:
    """Casbin itself says yes to it: it compares the words with those of a rule that it takes to be empty."""
    casbin, nothing = engine.Casbin(engine.rows()), ["", "", frozenset({""}), "", "", ""]
    assert casbin._enforcer.enforce(*nothing) is True
    assert casbin.enforce(*nothing) is False  # type: ignore[arg-type] # the point of the test
    assert engine.table().decide(*nothing) == (False, None, "no rule allows it")  # type: ignore[arg-type] # the same
    assert engine.table().decide(*GOOD_QUESTION[:2], {CaseClass.ALWAYS}, *GOOD_QUESTION[3:]) == (  # type: ignore[arg-type] # the same
        False,
        None,
        "no rule allows it",
    )


def test_t73_an_error_inside_casbin_is_a_no_and_is_logged_without_the_question(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    casbin = engine.Casbin(engine.rows())

    def fail(*_: object) -> bool:
        raise RuntimeError("decision_maker asked for account")

    monkeypatch.setattr(casbin._enforcer, "enforce", fail)
    with caplog.at_level(logging.DEBUG):
        assert casbin.enforce(*GOOD_QUESTION) is False
    assert [record.message for record in caplog.records] == [
        "Casbin could not answer and the answer is no: RuntimeError"
    ]


def test_casbin_writes_no_request_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        engine.Casbin(engine.rows()).enforce(*GOOD_QUESTION)
    assert caplog.records == []


def test_t73_casbin_without_a_rule_does_not_start() -> None:
    with pytest.raises(RuleError, match="no rule reached Casbin"):
        engine.Casbin([])


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("r.function == p.function", "regexMatch(r.function, p.function)", "equality"),
        ("r.group == p.group", "keyMatch(r.group, p.group)", "equality"),
        (" && r.action == p.action", "", "equality"),
        ("!some(where (p.eft == deny))", "some(where (p.eft == allow))", "effect"),
        ("p = function, relation", "p = rule, function, relation", "same places"),
        ("because, rule", "rule, because", "same places"),
        ("r = function, relation", "r = relation, function", "same places"),
    ],
)
def test_t73_a_model_that_could_loosen_a_rule_is_refused(old: str, new: str, complaint: str) -> None:
    text = engine.MODEL.read_text(encoding="utf-8")
    assert old in text
    engine.refuse_loose_model(text)
    with pytest.raises(RuleError, match=complaint):
        engine.refuse_loose_model(text.replace(old, new))


def test_t73_the_start_stops_when_casbin_and_the_table_differ() -> None:
    compiled = Table(read_folder())
    with pytest.raises(RuleError, match=r"Casbin and the compiled table differ about R\d{3}"):
        engine.prove(compiled, engine.Casbin(compiled.rows[1:]))


def test_t73_the_start_itself_asks_casbin_and_refuses_a_loose_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loose = tmp_path / "model.conf"
    loose.write_text(engine.MODEL.read_text(encoding="utf-8").replace(" && r.action == p.action", ""), encoding="utf-8")
    monkeypatch.setattr(engine, "MODEL", loose)
    with pytest.raises(RuleError, match="equality"):
        engine.table.__wrapped__()


def test_t73_the_start_itself_compares_casbin_with_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = engine.Casbin
    monkeypatch.setattr(engine, "Casbin", lambda rows: whole(rows[1:]))
    with pytest.raises(RuleError, match=r"Casbin and the compiled table differ about R\d{3}"):
        engine.table.__wrapped__()


def test_every_reason_is_found_by_the_number_of_its_rule() -> None:
    assert engine.reasons() == {rule.number: rule.because for rule in read_folder()}
    with pytest.raises(TypeError, match="does not support item assignment"):
        engine.reasons()["R101"] = "because"  # type: ignore[index] # the point of the test


def test_nothing_that_the_rules_hand_out_can_be_changed_afterwards() -> None:
    modules = [import_module(found.name) for found in walk_packages(policies.__path__, "policies.")]
    kinds: set[Any] = {kind for module in modules for kind in vars(module).values() if isinstance(kind, type)}
    ours = {kind for kind in kinds if dataclasses.is_dataclass(kind) and kind.__module__.startswith("policies.")}
    assert len(ours) > 10
    assert [kind for kind in ours if not vars(kind)["__dataclass_params__"].frozen] == []
