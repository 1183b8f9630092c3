"""The contract's named operations, as examples to start from in the console."""

from dataclasses import asdict, dataclass
from pathlib import Path

OPERATIONS = Path(__file__).parents[2] / "frontend-contract" / "operations"


@dataclass(frozen=True, slots=True)
class Example:
    """One operation, with variables to start from."""

    name: str
    topic: str
    query: str
    variables: str

    def as_fields(self) -> dict[str, str]:
        """As the console reads it."""
        return asdict(self)


def read_examples(folder: Path = OPERATIONS) -> tuple[Example, ...]:
    """Every `<topic>/<Name>.graphql`, with `<Name>.variables.json` where one lies beside it."""
    return tuple(_example(path, folder) for path in sorted(folder.rglob("*.graphql")))


def _example(path: Path, folder: Path) -> Example:
    beside = path.with_suffix(".variables.json")
    variables = beside.read_text(encoding="utf-8").strip() if beside.is_file() else "{}"
    topic = path.parent.relative_to(folder).as_posix()
    return Example(path.stem, topic, path.read_text(encoding="utf-8").strip(), variables)
