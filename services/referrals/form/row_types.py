"""The typed form of each table under `rows/`: a field is a column."""

from dataclasses import dataclass

from services.referrals.form.words import QuestionKind
from services.regimes.row_types import RegimeRow


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRow(RegimeRow):
    """One edition of the form, and from when until when it was filled in."""

    edition: str
    title: str

    @property
    def key(self) -> tuple[str, ...]:
        """There is one form at a time."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRow(RegimeRow):
    """A heading under which questions stand together."""

    section: str
    title: str

    @property
    def key(self) -> tuple[str, ...]:
        """One heading."""
        return (self.section,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRow(RegimeRow):
    """A condition that others use by name."""

    name: str
    when: str

    @property
    def key(self) -> tuple[str, ...]:
        """One name."""
        return (self.name,)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow(RegimeRow):
    """How an answer of this kind looks: its length in characters, its pattern, an example, and what to say if not."""

    kind: QuestionKind
    longest: int | None
    pattern: str | None
    example: str | None
    message: str | None
    remedy: str | None

    @property
    def key(self) -> tuple[str, ...]:
        """One kind of answer."""
        return (self.kind,)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRow(RegimeRow):
    """One answer that may be chosen."""

    choices: str
    value: str
    label: str

    @property
    def key(self) -> tuple[str, ...]:
        """One answer of one list of choices."""
        return (self.choices, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow(RegimeRow):
    """One question. `choices` names a list of options or a reference list; `least` and `most` are days or counts."""

    section: str
    path: str
    kind: QuestionKind
    choices: str | None
    asked_when: str | None
    required_when: str | None
    least: str | None
    most: str | None
    label: str
    help: str | None

    @property
    def key(self) -> tuple[str, ...]:
        """One place for an answer."""
        return (self.path,)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandRow(RegimeRow):
    """On this branch an answer may only be one of `allows`; empty: nothing may be answered there."""

    path: str
    when: str | None
    allows: str | None
    code: str
    message: str
    remedy: str

    @property
    def key(self) -> tuple[str, ...]:
        """Several demands may be made of one answer."""
        return (self.row,)
