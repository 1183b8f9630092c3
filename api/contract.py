"""The published schema: written from the code, and held to it."""

from pathlib import Path

import typer

from schema.root import build_schema

SCHEMA = Path(__file__).parents[1] / "frontend-contract" / "schema.graphql"


def run(*, check: bool, file: Path = SCHEMA) -> int:
    """Write the schema file, or with `check` only say whether it is what the code would write; the exit code."""
    current = build_schema().as_str().strip() + "\n"
    if not check:
        file.write_text(current, encoding="utf-8")
    elif not file.is_file() or file.read_text(encoding="utf-8") != current:
        typer.echo(f"{file.parent.name}/{file.name} is not what the code says now: run `make contract` and commit it.")
        return 1
    return 0
