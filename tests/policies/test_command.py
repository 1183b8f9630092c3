"""`python -m policies` writes what a reviewer reads, or says what is in the way and writes nothing."""

from pathlib import Path

import pytest

from policies import __main__ as command
from policies.rule_files import RuleError
from policies.table import FILE


def test_the_command_writes_the_committed_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "table.csv"
    monkeypatch.setattr(command, "FILE", written)
    assert command.main() == 0
    assert written.read_text(encoding="utf-8") == FILE.read_text(encoding="utf-8")
    assert "rows, version" in capsys.readouterr().out


def test_a_wrong_rule_leaves_the_table_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise RuleError("core.csv line 3: 'Allow' is no Effect")

    monkeypatch.setattr(command, "FILE", tmp_path / "table.csv")
    monkeypatch.setattr(command, "read_rules", refuse)
    assert command.main() == 1
    assert not (tmp_path / "table.csv").exists()
    assert "core.csv line 3" in capsys.readouterr().err
