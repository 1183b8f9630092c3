"""The recorded examples are what the platform answers now, and hold nothing that is random."""

import json
import re
from difflib import unified_diff

import pytest

from services.demo_world import cast
from tests.contract.examples import recorded
from tests.contract.placeholders import Placeholders
from tests.contract.plot import Told
from tests.contract.storyteller import OPERATIONS

REMEDY = "If this is what you meant, run `make record` and read the difference before you commit it."
SHOWN = 3


def test_every_answer_is_the_one_that_was_recorded(told: Told) -> None:
    before = recorded()
    changed = sorted(name for name in before.keys() | told.texts.keys() if before.get(name) != told.texts.get(name))
    shown = [
        "\n".join(unified_diff(before.get(n, "").splitlines(), told.texts.get(n, "").splitlines(), n, n, lineterm=""))
        for n in changed[:SHOWN]
    ]

    assert not changed, "\n\n".join([f"{len(changed)} examples changed: {', '.join(changed)}. {REMEDY}", *shown])


def test_every_operation_has_an_example_of_success(told: Told) -> None:
    succeeded = {exchange.operation for exchange in told.exchanges if _gave_something(exchange.body)}

    assert succeeded == set(OPERATIONS)


def test_every_kind_of_problem_has_an_example(told: Told) -> None:
    problems = {
        kind for exchange in told.exchanges for kind in re.findall(rb'"problem":\{"__typename":"(\w+)"', exchange.body)
    }

    assert problems == {b"NotFound", b"Refused", b"Invalid", b"Conflict"}


def test_whoever_asks_is_one_of_the_demo_s_people(told: Told) -> None:
    subjects = {person["subject"] for people in cast.content()["people"].values() for person in people}

    assert {exchange.subject for exchange in told.exchanges} <= subjects


def test_nothing_random_is_left_in_an_example(told: Told) -> None:
    text = "\n".join(recorded().values())

    assert [reference for reference in told.references.values() if reference in text] == []
    assert not re.search(r"\b[0-9a-f]{8}-[0-9a-f]{4}-", text)
    assert not re.search(r'"(?:id|\w+Id|cursor|endCursor|after|reference)": "[^<]', text)


def test_one_thing_has_one_name_everywhere_and_what_has_none_is_numbered() -> None:
    placeholders = Placeholders()
    placeholders.name("C-1234", "the case")

    first = placeholders.settle({"case": {"id": "x1", "reference": "C-1234"}, "lead": {"id": "x2", "name": "Force"}})
    second = placeholders.settle({"input": {"caseId": "x1", "idempotencyKey": "k"}, "edges": [{"cursor": "aa"}]})

    assert first["case"] == {"id": "<id of the case>", "reference": "<reference of the case>"}
    assert first["lead"]["id"] == "<id of Force>"
    assert second["input"] == {"caseId": "<id of the case>", "idempotencyKey": "<a fresh random UUID>"}
    assert second["edges"] == [{"cursor": "<cursor 1>"}]


@pytest.mark.parametrize("name", sorted(recorded()))
def test_an_example_says_who_asked_what_and_when(name: str) -> None:
    example = json.loads(recorded()[name])

    assert f"{example['person']['subject']}.json" == name.partition("/")[2]
    assert all(part["about"] and part["at"] and part["status"] == 200 for part in example["exchanges"])


def _gave_something(body: bytes) -> bool:
    """Whether the root field holds more than null or a problem."""
    (answer,) = json.loads(body)["data"].values()
    return isinstance(answer, list) or (answer is not None and not answer.get("problem"))
