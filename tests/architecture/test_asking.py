"""Every public service takes one entered operation and every write takes a permit: asking cannot be forgotten."""

import ast

import pytest

from tests.architecture.source import Function, Source, sources

SERVICES = ("queries.py", "commands.py", "concerns.py", "submission.py")
BEFORE_ANYBODY_IS_KNOWN = {"services/sessions/commands.py"}
PUBLIC_KNOWLEDGE = {  # published lists, law and form
    "services/reference/queries.py",
    "services/regimes/queries.py",
    "services/referrals/form/queries.py",
}
BEGINS_A_RECORD = "open_record"  # nothing to permit yet; the database asks whether the function may begin one
WRITERS = ("services/cases/store/writes.py", "services/referrals/store.py", "services/meetings/store/writes.py")


def public_functions(source: Source) -> list[Function]:
    return [node for node in source.tree.body if isinstance(node, Function) and not node.name.startswith("_")]


def types_of(function: Function) -> list[str]:
    arguments = [*function.args.posonlyargs, *function.args.args]
    return [ast.unparse(argument.annotation) if argument.annotation else "" for argument in arguments]


def services() -> list[Source]:
    return [source for source in sources("services") if source.path.rpartition("/")[2] in SERVICES]


@pytest.mark.parametrize(
    "source",
    [s for s in services() if s.path not in BEFORE_ANYBODY_IS_KNOWN | PUBLIC_KNOWLEDGE],
    ids=lambda source: source.path,
)
def test_every_public_function_of_a_service_takes_the_operation_first(source: Source) -> None:
    assert public_functions(source)
    assert [f.name for f in public_functions(source) if types_of(f)[:1] != ["Reading"]] == []


@pytest.mark.parametrize("path", sorted(PUBLIC_KNOWLEDGE))
def test_what_is_asked_by_nobody_reaches_no_database(path: str) -> None:
    (source,) = (source for source in sources("services") if source.path == path)

    reached = {name for name in source.imports() if name.startswith(("services.tools", "services.gate", "sqlalchemy"))}
    assert reached | {name for name in source.imports() if name.endswith("store")} == set()


def test_the_services_without_an_operation_are_all_there() -> None:
    assert {source.path for source in services()} >= BEFORE_ANYBODY_IS_KNOWN | PUBLIC_KNOWLEDGE


@pytest.mark.parametrize("path", WRITERS)
def test_every_write_to_a_record_takes_a_permit(path: str) -> None:
    (source,) = (source for source in sources("services") if source.path == path)
    writing = [f for f in public_functions(source) if f.name != BEGINS_A_RECORD]

    assert writing
    assert [function.name for function in writing if types_of(function)[:2] != ["Reading", "Permit"]] == []


def test_reading_a_record_takes_its_permit() -> None:
    (source,) = (source for source in sources("services") if source.path == "services/cases/store/reads.py")
    (read,) = (function for function in public_functions(source) if function.name == "read")

    assert types_of(read) == ["Reading", "Iterable[Permit]"]
