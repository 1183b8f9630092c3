"""The recorded examples: one file for each operation and person, as text that only a change of behaviour changes."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from api.development.examples import OPERATIONS
from services.demo_world import cast
from tests.contract.placeholders import Placeholders
from tests.contract.storyteller import Exchange

FOLDER = OPERATIONS.parent / "examples"


def written_out(exchanges: Sequence[Exchange], placeholders: Placeholders) -> dict[str, str]:
    """Every file's text by its path inside the folder."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for exchange in exchanges:
        content = {"variables": dict(exchange.variables), "answer": json.loads(exchange.body)}
        heading = {"about": exchange.about, "at": exchange.at, "status": exchange.status}
        found[exchange.operation, exchange.subject].append(heading | placeholders.settle(content))
    people = _people()
    return {
        f"{operation}/{subject}.json": _text({"person": people[subject], "exchanges": listed})
        for (operation, subject), listed in found.items()
    }


def recorded(folder: Path = FOLDER) -> dict[str, str]:
    """Every file's text as it was committed."""
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.glob("*/*.json")}


def record(texts: Mapping[str, str], folder: Path = FOLDER) -> None:
    """Make the folder hold exactly these files."""
    for name in recorded(folder).keys() - texts.keys():
        (folder / name).unlink()
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _people() -> dict[str, dict[str, str]]:
    content = cast.content()
    return {
        person["subject"]: {
            "subject": person["subject"],
            "name": person["name"],
            "role": person["role"],
            "agency": content["agencies"][agency]["name"],
        }
        for agency, people in content["people"].items()
        for person in people
    }


def _text(content: Any) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
