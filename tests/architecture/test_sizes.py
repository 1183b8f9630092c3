"""Files and functions stay small enough to be read in one sitting."""

import ast

from tests.architecture.source import Source, sources

LONGEST_FILE = 250
LONGEST_TEST_FILE = 300
LONGEST_FUNCTION = 35
OURS = ("api", "schema", "services", "policies", "requirements")
LONGER = {"tests/world/forms.py:adult_referral"}  # one form, answer by answer


def too_long(files: tuple[Source, ...], most: int) -> dict[str, int]:
    lengths = {source.path: source.text.count("\n") for source in files}
    return {path: length for path, length in lengths.items() if length > most and path not in LONGER}


def test_no_file_is_longer_than_it_may_be() -> None:
    assert too_long(sources(*OURS), LONGEST_FILE) == {}
    assert too_long(sources("tests"), LONGEST_TEST_FILE) == {}


def test_no_function_is_longer_than_it_may_be() -> None:
    lengths = {
        f"{source.path}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for source in sources(*OURS, "tests")
        for function in source.functions()
    }

    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION and name not in LONGER} == {}


def test_every_file_says_what_it_promises() -> None:
    silent = [source.path for source in sources(*OURS, "tests") if not ast.get_docstring(source.tree)]

    assert silent == []
