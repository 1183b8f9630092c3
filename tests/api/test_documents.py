"""Documents are worked through once, and the memory of them is bounded in number and in bytes."""

from typing import Any

import pytest
from graphql import GraphQLSchema, validate

from api import documents
from api.documents import Documents
from api.problems import Code, Problem
from tests.api.door import small_schema


@pytest.fixture
def validated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one with every validation."""
    seen: list[str] = []

    def counting(schema: GraphQLSchema, *rest: Any, **options: Any) -> Any:
        seen.append("once")
        return validate(schema, *rest, **options)

    monkeypatch.setattr(documents, "validate", counting)
    return seen


def known(**bounds: int) -> Documents:
    return Documents(small_schema(lambda: None), **bounds)  # type: ignore[arg-type] # only numbers here


def test_the_same_text_is_validated_once(validated: list[str]) -> None:
    cache = known()

    assert cache.document("{ hello }") is cache.document("{ hello }")
    assert len(validated) == 1


def test_a_refused_text_is_refused_again_without_work(validated: list[str]) -> None:
    cache = known()
    for _ in range(3):
        with pytest.raises(Problem) as refused:
            cache.document("{ nothing }")
        assert refused.value.code is Code.GRAPHQL_VALIDATION_FAILED

    assert len(validated) == 1


def test_the_least_recently_used_is_forgotten_first(validated: list[str]) -> None:
    cache = known(most_documents=2)
    for text in ("{ hello }", "{ boom }", "{ hello }", "{ item { name } }", "{ hello }"):
        cache.document(text)
    assert len(validated) == 3

    cache.document("{ boom }")

    assert len(validated) == 4


def test_large_documents_push_out_others_and_none_is_kept_beyond_the_bound(validated: list[str]) -> None:
    cache = known(most_bytes=100_000)
    large = "{ hello } #" + "x" * 1000
    for text in ("{ hello }", large, "{ hello }"):
        cache.document(text)

    assert len(validated) == 3


@pytest.mark.parametrize("text", ["{ " + "hello " * 1000 + "}", "#\n" * 201 + "{ hello }", "{ a(b: " + "[" * 300])
def test_a_text_beyond_the_parsers_limits_is_too_complex(text: str) -> None:
    with pytest.raises(Problem) as refused:
        known().document(text)

    assert refused.value.code is Code.TOO_COMPLEX


def test_the_budget_stands_before_validation(validated: list[str]) -> None:
    with pytest.raises(Problem) as refused:
        known().document("{ " + "nothing { " * 13 + "x" + " }" * 13 + " }")

    assert (refused.value.code, validated) == (Code.TOO_COMPLEX, [])


@pytest.mark.parametrize("bomb_first", [True, False])
def test_a_bomb_behind_a_harmless_fragment_of_the_same_name_never_meets_the_other_rules(
    bomb_first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules_used: list[int] = []

    def counting(schema: GraphQLSchema, tree: Any, rules: Any, **options: Any) -> Any:
        rules_used.append(len(rules))
        return validate(schema, tree, rules, **options)

    monkeypatch.setattr(documents, "validate", counting)
    bomb = [f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(40)]
    harmless = [f"fragment F{n} on Query {{ hello }}" for n in range(41)]
    definitions = [*bomb, *harmless] if bomb_first else [*harmless, *bomb]

    with pytest.raises(Problem) as refused:
        known().document(" ".join(["{ ...F0 }", *definitions]))

    assert (refused.value.code, rules_used) == (Code.GRAPHQL_VALIDATION_FAILED, [1])
