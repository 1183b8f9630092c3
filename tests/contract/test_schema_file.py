"""The published schema is what the code says, and the check of it can fail."""

from pathlib import Path

import pytest

from api import contract


def test_the_published_schema_is_what_the_code_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert contract.run(check=True) == 0
    assert capsys.readouterr().out == ""


def test_a_schema_that_drifted_is_refused_with_the_remedy_and_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "schema.graphql"
    contract.run(check=False, file=file)
    drifted = file.read_text(encoding="utf-8").replace("type Viewer", "type Visitor")
    file.write_text(drifted, encoding="utf-8")

    assert contract.run(check=True, file=file) == 1
    assert "run `make contract`" in capsys.readouterr().out
    assert file.read_text(encoding="utf-8") == drifted


def test_a_missing_schema_is_drift_too(tmp_path: Path) -> None:
    assert contract.run(check=True, file=tmp_path / "schema.graphql") == 1


def test_what_is_written_passes_the_check(tmp_path: Path) -> None:
    file = tmp_path / "schema.graphql"

    assert contract.run(check=False, file=file) == 0
    assert contract.run(check=True, file=file) == 0
