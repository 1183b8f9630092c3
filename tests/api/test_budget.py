"""The budget of a document: every limit by its number, and bombs refused in one pass."""

from typing import Any

import pytest
from graphql import OperationDefinitionNode, get_operation_ast, parse

from api.budget import Budget, check, check_pages
from api.document_cost import SATURATION, Measure, TooComplexError

LIMITS = Budget()


def refusal(source: str, variables: dict[str, Any] | None = None) -> str | None:
    """Why the document is refused, if it is."""
    tree = parse(source)
    try:
        if check(tree, LIMITS):
            check_pages(tree, operation(source), variables or {}, LIMITS)
    except TooComplexError as error:
        return str(error)
    return None


def operation(source: str) -> OperationDefinitionNode:
    """The one operation of the document."""
    found = get_operation_ast(parse(source))
    assert found is not None
    return found


def nested(depth: int) -> str:
    """Fields inside fields."""
    return "{ a " * depth + "}" * depth


def times(count: int, pattern: str) -> str:
    """One root field with the pattern in it so many times."""
    return "{ root { " + " ".join(pattern.replace("#", str(n)) for n in range(count)) + " } }"


AT_THE_LIMIT = [
    (nested(12), nested(13), "The document nests fields more than 12 deep."),
    (times(599, "a"), times(600, "a"), "The document asks for more than 600 fields, fragments written out."),
    (times(30, "x#: a"), times(31, "x#: a"), "The document asks for more than 30 aliases, fragments written out."),
    (
        times(20, "a @include(if: true)"),
        times(21, "a @include(if: true)"),
        "The document asks for more than 20 directives, fragments written out.",
    ),
    (
        times(400, "... { a }") + "",
        times(501, "... { }"),
        "The document asks for more than 500 fragments, fragments written out.",
    ),
    (
        "{ " + " ".join("abcdefghij") + " }",
        "{ " + " ".join("abcdefghijk") + " }",
        "An operation has more than 10 root fields.",
    ),
    (
        "{ a(first: 50) { b(first: 100) { c } } }",
        "{ a(first: 50) { b(first: 101) { c } } }",
        "The page sizes of the document multiply to more than 5000 rows.",
    ),
]


@pytest.mark.parametrize(("within", "beyond", "sentence"), AT_THE_LIMIT)
def test_each_limit_is_reached_but_not_passed(within: str, beyond: str, sentence: str) -> None:
    assert refusal(within) is None
    assert refusal(beyond) == sentence


@pytest.mark.parametrize(
    "document", ["mutation { a b }", "mutation { a a }", "mutation { ...F } fragment F on M { a b }"]
)
def test_a_mutation_has_exactly_one_root_field(document: str) -> None:
    assert refusal(document) == "A mutation has exactly one root field."
    assert refusal("mutation { ...F } fragment F on M { a { b c } }") is None


def test_aliases_and_root_fields_are_counted_through_fragments() -> None:
    spread = "{ " + "...F " * 6 + "} fragment F on Query { a b }"
    aliased = "{ root { " + "...F " * 16 + "} } fragment F on R { x: a y: b }"

    assert refusal(spread) == "An operation has more than 10 root fields."
    assert refusal(aliased) == "The document asks for more than 30 aliases, fragments written out."


def bomb(length: int, leaf: str = "a") -> str:
    """Each fragment spreads the next twice: written out, 2 to the power of `length` fields."""
    chain = "".join(f"fragment F{n} on Q {{ ...F{n + 1} ...F{n + 1} }} " for n in range(length))
    return f"{{ ...F0 }} {chain} fragment F{length} on Q {{ {leaf} }}"


@pytest.mark.parametrize("length", [15, 30, 60])
@pytest.mark.parametrize("leaf", ["a", "x: a", "a { b(first: 9) }", "", "a @skip(if: false)"])
def test_a_fragment_bomb_is_refused_after_looking_at_each_selection_once(length: int, leaf: str) -> None:
    tree = parse(bomb(length, leaf))
    measure = Measure(tree)

    cost = measure.definition(operation(bomb(length, leaf)))

    assert cost.fragments == min(2 ** (length + 1) - 1, SATURATION)
    assert measure.visits <= 2 * length + 4
    with pytest.raises(TooComplexError):
        check(tree, LIMITS)


def test_a_bomb_of_aliased_fields_is_refused_as_well() -> None:
    chain = "".join(f"fragment F{n} on Q {{ x: q {{ ...F{n + 1} }} y: q {{ ...F{n + 1} }} }} " for n in range(9))

    assert refusal(f"{{ ...F0 }} {chain} fragment F9 on Q {{ a }}") is not None


@pytest.mark.parametrize(
    "document",
    [
        "{ ...A } fragment A on Q { ...A }",
        "{ ...A } fragment A on Q { a { ...B } } fragment B on Q { b { ...A } }",
        "{ ...Missing }",
    ],
)
def test_cycles_and_unknown_fragments_end_and_are_left_to_validation(document: str) -> None:
    assert refusal(document) is None


def test_a_bomb_closed_to_a_cycle_is_still_a_bomb() -> None:
    chain = "".join(f"fragment F{n} on Q {{ ...F{(n + 1) % 60} ...F{(n + 1) % 60} }} " for n in range(60))

    assert refusal(f"{{ ...F0 }} {chain}") is not None


def test_a_bomb_that_no_operation_uses_is_refused_because_validation_would_walk_it() -> None:
    assert refusal("{ a } " + bomb(40).removeprefix("{ ...F0 }")) is not None


@pytest.mark.parametrize("document", ["{ ... " * 150 + "{ a }" + "}" * 150, nested(190)])
def test_deep_nesting_is_refused_before_it_exhausts_the_stack(document: str) -> None:
    assert refusal(document) == "The document nests more than 64 selection sets."


VARIABLE_PAGES = "query ($n: Int, $m: Int = 100) { a(first: $n) { b(last: $m) { c } } }"


@pytest.mark.parametrize(
    ("variables", "allowed"),
    [
        ({"n": 50}, True),
        ({"n": 51}, False),
        ({"n": 51, "m": 98}, True),
        ({"n": 51.0}, False),
        ({"n": 10**4000}, False),
        ({"n": -1}, True),
        ({"n": "9999"}, True),
        ({"n": None}, True),
        ({}, True),
    ],
)
def test_page_sizes_given_as_variables_count_with_their_values(variables: dict[str, Any], allowed: bool) -> None:
    assert (refusal(VARIABLE_PAGES, variables) is None) is allowed


def test_page_sizes_beside_each_other_add_up() -> None:
    beside = "{ a(first: 50) { b(first: 50) { c } d(first: 50) { e } } }"

    assert refusal(beside) is None
    assert refusal(beside.replace("d(first: 50)", "d(first: 51)")) is not None


def test_a_number_too_long_to_be_an_int_is_simply_too_much() -> None:
    assert refusal(f"{{ a(first: {'9' * 5000}) {{ b }} }}") is not None


def test_introspection_may_be_deep_but_not_large() -> None:
    depth = "{ __schema { types { fields { type { " + "ofType { " * 10 + "name" + " }" * 10 + " } } } } }"

    assert refusal(depth) is None
    assert refusal("{ __schema { " + "types { name } " * 310 + "} }") is not None
