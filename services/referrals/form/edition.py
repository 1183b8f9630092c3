"""One edition of the form as it is filled in and checked: its rows put together."""

from dataclasses import dataclass

from services.referrals.form.conditions import Condition, Said, holds, knowing
from services.referrals.form.row_types import EditionRow, KindRow, OptionRow, QuestionRow
from services.referrals.paths import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What an answer has to be on a branch; no words allowed: it has to be absent."""

    row: str
    when: Condition
    allows: tuple[str, ...]
    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of one edition, with when it is asked and when it must be answered."""

    row: QuestionRow
    place: Place
    section: str
    kind: KindRow
    options: tuple[OptionRow, ...]
    asked: Condition
    required: Condition
    demands: tuple[Demand, ...]

    @property
    def path(self) -> str:
        """The key of its answer, and of every problem with it."""
        return self.row.path

    @property
    def list_name(self) -> str | None:
        """The reference list its answers come from."""
        return self.row.choices if self.row.kind.is_listed else None

    def must_be_answered(self, said: Said) -> bool:
        """Whether a form that says this much has to answer it."""
        return holds(self.asked, said) and holds(self.required, said)

    def in_nation(self, nation: str) -> "Question":
        """The same for a form of which the nation is settled."""
        options = tuple(o for o in self.options if self.path != "nation" or o.value == nation)
        demands = tuple(
            Demand(row=d.row, when=when, allows=d.allows, code=d.code, message=d.message, remedy=d.remedy)
            for d in self.demands
            if (when := knowing(d.when, "nation", nation))
        )
        return Question(
            row=self.row,
            place=self.place,
            section=self.section,
            kind=self.kind,
            options=options,
            asked=knowing(self.asked, "nation", nation),
            required=knowing(self.required, "nation", nation),
            demands=demands,
        )


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition, its questions in the order of the form."""

    row: EditionRow
    questions: tuple[Question, ...]

    @property
    def code(self) -> str:
        """By which a referral names it."""
        return self.row.edition

    def in_nation(self, nation: str) -> "Edition":
        """The edition as it is asked in one nation."""
        return Edition(self.row, tuple(question.in_nation(nation) for question in self.questions))
