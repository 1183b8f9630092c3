"""The parts of the referral form as clients read them."""

from datetime import date
from itertools import groupby
from typing import Self

import strawberry

from schema.groups import value
from schema.regime_words import Status
from services.attachments.kinds import Kind
from services.attachments.preparing import LARGEST
from services.reference import queries as reference
from services.referrals.form.conditions import Condition
from services.referrals.form.edition import Demand, Edition, Question
from services.referrals.form.queries import chosen_paths
from services.referrals.form.row_types import EditionRow, OptionRow
from services.referrals.form.words import AnswerTest, QuestionKind

strawberry.enum(QuestionKind, name="QuestionKind", description="What an answer to a question looks like.")
strawberry.enum(AnswerTest, name="AnswerTest", description="What a branch of the form looks at in an answer.")

BRANCHES = "Any one of these branches. None at all: never; a branch without terms: always."


@strawberry.type(directives=[value], description="One edition of the form.")
class FormEdition:
    code: str = strawberry.field(description="By which a referral names it.")
    title: str = strawberry.field(description="What it was.")
    since: date = strawberry.field(description="The first day on which it was filled in.")
    until: date | None = strawberry.field(description="The first day on which it no longer was. Null: still in use.")
    source: str = strawberry.field(description="Who says so.")
    status: Status = strawberry.field(description="How sure that is.")

    @classmethod
    def of(cls, row: EditionRow) -> Self:
        """The edition of this row."""
        return cls(
            code=row.edition,
            title=row.title,
            since=row.valid_from,
            until=row.valid_until,
            source=row.source,
            status=row.status,
        )


@strawberry.type(directives=[value], description="One look at one answer.")
class FormTerm:
    key: str = strawberry.field(description="Whose answer.")
    test: AnswerTest = strawberry.field(description="IS: one of `values`, or among several answers one of them.")
    values: list[str] = strawberry.field(description="As an answer is sent; `true` and `false` for yes and no.")


@strawberry.type(directives=[value], description="Terms that must all be true.")
class FormBranch:
    terms: list[FormTerm] = strawberry.field(description="All of them; none: always.")


@strawberry.type(directives=[value], description="An answer that may be chosen.")
class FormOption:
    value: str = strawberry.field(description="What is sent.")
    label: str = strawberry.field(description="What it means, fit to show.")


@strawberry.type(directives=[value], description="What an answer has to be on some branches, or it is refused.")
class FormDemand:
    when: list[FormBranch] = strawberry.field(description=BRANCHES)
    allows: list[str] = strawberry.field(description="The only answers then. None: it must not be answered then.")
    code: str = strawberry.field(description="The code of the problem otherwise.")
    message: str = strawberry.field(description="What would be wrong, fit to show.")
    remedy: str = strawberry.field(description="What to do about it, fit to show.")


@strawberry.type(directives=[value], description="One question of the form.")
class FormQuestion:
    key: str = strawberry.field(
        description="The path of its answer in `ReferralInput`, and of problems with it. `DOCUMENTS` are answered by "
        "files that are added to a draft in the group of this path, and count as given by the first of them."
    )
    label: str = strawberry.field(description="The question, fit to show.")
    help: str | None = strawberry.field(description="What to bear in mind. Null: nothing.")
    kind: QuestionKind = strawberry.field(description="What an answer looks like.")
    asked_when: list[FormBranch] = strawberry.field(description=f"On which branches it is asked. {BRANCHES}")
    required_when: list[FormBranch] = strawberry.field(
        description=f"Where it must be answered, if it is asked. {BRANCHES}"
    )
    options: list[FormOption] = strawberry.field(description="What may be chosen; empty where nothing is closed here.")
    list_name: str | None = strawberry.field(description="The reference list that answers are names of. Null: none.")
    longest: int | None = strawberry.field(description="How many characters are kept. Null: it is no text.")
    largest: int | None = strawberry.field(description="Each file is smaller than so many bytes. Null: it is no file.")
    pattern: str | None = strawberry.field(description="A regular expression for the whole answer. Null: none.")
    least: str | None = strawberry.field(description="The first day, or the smallest count. Null: none.")
    most: str | None = strawberry.field(
        description="The last day (`receipt`: the day it is received, `before_receipt`: the day before), or the "
        "largest count. Null: none."
    )
    example: str | None = strawberry.field(description="An answer that has the right shape. Null: choose an option.")
    demands: list[FormDemand] = strawberry.field(description="What an answer has to be on some branches.")
    source: str = strawberry.field(description="Who says that the form asks this.")
    status: Status = strawberry.field(description="How sure that is.")


@strawberry.type(directives=[value], description="Questions under one heading.")
class FormSection:
    title: str = strawberry.field(description="The heading.")
    questions: list[FormQuestion] = strawberry.field(description="In the order of the form.")


def sections(edition: Edition, today: date, own_name: str) -> list[FormSection]:
    """The edition's questions in the order of the form."""
    return [
        FormSection(title=title, questions=[_question(one, today, own_name) for one in of_section])
        for title, of_section in groupby(edition.questions, key=lambda question: question.section)
    ]


def _question(one: Question, today: date, own_name: str) -> FormQuestion:
    row, is_file = one.row, one.row.kind is QuestionKind.DOCUMENTS
    return FormQuestion(
        key=row.path,
        label=row.label,
        help=row.help,
        kind=row.kind,
        asked_when=_branches(one.asked),
        required_when=_branches(one.required),
        options=_files() if is_file else [_option(row.path, option) for option in one.options],
        list_name=one.list_name,
        longest=None if is_file else one.kind.longest,
        largest=LARGEST if is_file else None,
        pattern=one.kind.pattern,
        least=row.least,
        most=row.most,
        example=own_name if row.path == "organisation" else _example(one, today),
        demands=[_demand(row.path, demand) for demand in one.demands],
        source=row.source,
        status=row.status,
    )


def _option(path: str, option: OptionRow) -> FormOption:
    return FormOption(value=_sent(path, option.value), label=option.label)


def _files() -> list[FormOption]:
    """The types that are taken here; a form message may name files of others, which nobody fetches."""
    return [FormOption(value=kind.plain_type, label=kind.value.upper()) for kind in Kind]


def _example(one: Question, today: date) -> str | None:
    if one.list_name is None:
        return one.kind.example
    found = reference.find(one.list_name, today, limit=1)
    return found.entries[0].name if isinstance(found, reference.ReferenceListView) and found.entries else None


def _demand(path: str, one: Demand) -> FormDemand:
    allows = [_sent(path, word) for word in one.allows]
    return FormDemand(when=_branches(one.when), allows=allows, code=one.code, message=one.message, remedy=one.remedy)


def _branches(condition: Condition) -> list[FormBranch]:
    return [
        FormBranch(
            terms=[
                FormTerm(key=term.path, test=term.test, values=[_sent(term.path, word) for word in term.values])
                for term in branch
            ]
        )
        for branch in condition
    ]


def _sent(path: str, word: str) -> str:
    """As the language writes it: the names of closed answers are in capitals there."""
    return word.upper() if path in chosen_paths() else word
