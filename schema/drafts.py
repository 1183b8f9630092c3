"""Drafts of the referral form: kept answer by answer, thrown away, or sent."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import UNSET

from policies.vocabulary import DataGroup
from schema.context import Info
from schema.file_kinds import Kind, Scan
from schema.groups import value
from schema.inputs import INPUT, KEY, content_of
from schema.node import given_uuid, global_id, lookup
from schema.referrals import FromConcernInput, SubmitReferralPayload, sent_payload
from schema.results import InputProblem, Problem, problem
from services.drafts import commands, queries
from services.drafts.commands import Saving, Sending
from services.drafts.views import DraftFileView, DraftView
from services.errors import WorkProblem

Id = Annotated[strawberry.ID, strawberry.argument(name="id", description="The draft's id.")]


@strawberry.type(directives=[value], description="What a draft answers to one question.")
class DraftAnswer:
    key: str = strawberry.field(description="The question's key in `referralForm`.")
    values: list[str] = strawberry.field(description="One word or text; several where the question takes several.")


@strawberry.type(directives=[value], description="A file of a draft. `GET /draft-files/{id}` gives its content.")
class DraftFile:
    id: strawberry.ID = strawberry.field(description="Its id.")
    group: DataGroup = strawberry.field(description="The group of the case in which it will be.")
    name: str = strawberry.field(description="The name that it was given here; the sender's is not kept.")
    kind: Kind = strawberry.field(description="What it is.")
    size: int = strawberry.field(description="Its bytes.")
    scan: Scan = strawberry.field(description="Whether it was scanned, and what was said.")
    added_at: datetime = strawberry.field(description="When.")


@strawberry.type(
    directives=[value],
    description="A form that is not sent yet. It is no record: only your agency, in the function you act in, reads it.",
)
class Draft:
    id: strawberry.ID = strawberry.field(description="Its id.")
    reference: str = strawberry.field(description="What people write down; nobody's name stands in it.")
    version: int = strawberry.field(description="Counts the savings; send it back as `expectedVersion`.")
    form_version: str = strawberry.field(description="The edition of the form it was begun in.")
    started_at: datetime = strawberry.field(description="When it was begun.")
    saved_at: datetime = strawberry.field(description="When it was last saved; its days are counted from then.")
    saved_by: str | None = strawberry.field(description="Who saved it last. Null: somebody who left.")
    warn_on: date = strawberry.field(description="The day on which you are told that it will go.")
    last_day: date = strawberry.field(description="The last day on which it can be read, saved or sent.")
    answers: list[DraftAnswer] = strawberry.field(description="What it says so far.")
    files: list[DraftFile] = strawberry.field(
        description="Its files, by group, in the order they came. `POST /drafts/{id}/files/{group}` adds one."
    )
    problems: list[InputProblem] = strawberry.field(description="What stands between it and sending it, all at once.")


@strawberry.input(description="What a draft answers to one question.")
class DraftAnswerInput:
    key: str = strawberry.field(description="The question's key in `referralForm`.")
    values: list[str] = strawberry.field(description="Its answer; several where it takes several. Empty: taken back.")


@strawberry.input(description="Beginning a draft, or adding to one. What is not named here stays as it was.")
class SaveDraftInput:
    idempotency_key: str = strawberry.field(description=KEY)
    draft_id: strawberry.ID | None = strawberry.field(default=UNSET, description="The draft. Left out: a new one.")
    expected_version: int | None = strawberry.field(default=UNSET, description="Its `version` as you read it.")
    answers: list[DraftAnswerInput] = strawberry.field(description="The answers of this step.")


@strawberry.input(description="Throwing a draft away. Nothing of it is kept.")
class DeleteDraftInput:
    idempotency_key: str = strawberry.field(description=KEY)
    draft_id: strawberry.ID = strawberry.field(description="The draft.")
    expected_version: int = strawberry.field(description="Its `version` as you read it.")


@strawberry.input(description="Sending a draft. It opens a case, or joins one, only now, and is gone then.")
class SubmitDraftInput:
    idempotency_key: str = strawberry.field(description=KEY)
    draft_id: strawberry.ID = strawberry.field(description="The draft.")
    expected_version: int = strawberry.field(description="Its `version` as you read it.")
    from_concern: FromConcernInput | None = strawberry.field(
        default=UNSET, description="The concern it continues. Left out: a new case is made."
    )


@strawberry.type(directives=[value], description="The draft as it stands, or why it was not saved.")
class SaveDraftPayload:
    draft: Draft | None = strawberry.field(description="The draft. Null: see `problem`.")
    problem: Problem | None = strawberry.field(description="Why nothing was saved. Null: it was.")


@strawberry.type(directives=[value], description="That the draft is gone, or why it is not.")
class DeleteDraftPayload:
    draft_id: strawberry.ID | None = strawberry.field(description="The id it had. Null: see `problem`.")
    problem: Problem | None = strawberry.field(description="Why it is still there. Null: it is gone.")


@strawberry.type(directives=[value], description="What the draft became, or why it was not sent.")
class SubmitDraftPayload(SubmitReferralPayload): ...


async def drafts(info: Info) -> list[Draft]:
    """Every draft of the actor's agency and function."""
    async with info.context.turn:
        found = await queries.all_of_us(info.context.reading)
    return [_draft(info, one) for one in found]


async def draft(info: Info, public: Id) -> Draft | None:
    """The draft with this id."""
    async with info.context.turn:
        found = await queries.one(info.context.reading, given_uuid(public, "Draft"))
    return _draft(info, found) if found else None


async def save_draft(info: Info, sent: Annotated[SaveDraftInput, INPUT]) -> SaveDraftPayload:
    """Save a step."""
    saving = Saving(
        answers=_said(sent.answers),
        draft=given_uuid(sent.draft_id, "Draft") if sent.draft_id else None,
        expected_version=sent.expected_version or None,
    )
    reading = info.context.reading
    outcome = await commands.save(reading, sent.idempotency_key, saving, content_of(sent))
    if not isinstance(outcome, UUID):
        return SaveDraftPayload(draft=None, problem=problem(outcome))
    found = await queries.one(reading, outcome)
    return SaveDraftPayload(draft=_draft(info, found) if found else None, problem=None)


async def delete_draft(info: Info, sent: Annotated[DeleteDraftInput, INPUT]) -> DeleteDraftPayload:
    """Throw a draft away."""
    public = given_uuid(sent.draft_id, "Draft")
    outcome: UUID | WorkProblem = await commands.delete(
        info.context.reading, sent.idempotency_key, public, sent.expected_version, content_of(sent)
    )
    if not isinstance(outcome, UUID):
        return DeleteDraftPayload(draft_id=None, problem=problem(outcome))
    return DeleteDraftPayload(draft_id=global_id("Draft", outcome), problem=None)


async def submit_draft(info: Info, sent: Annotated[SubmitDraftInput, INPUT]) -> SubmitDraftPayload:
    """Send a draft."""
    concern = sent.from_concern or None
    sending = Sending(
        draft=given_uuid(sent.draft_id, "Draft"),
        expected_version=sent.expected_version,
        concern=lookup(concern.case_id, "Case") if concern else None,
        concern_version=concern.expected_version if concern else None,
    )
    outcome = await commands.submit(info.context.reading, sent.idempotency_key, sending, content_of(sent))
    return await sent_payload(info, SubmitDraftPayload, outcome)


def _said(answers: Sequence[DraftAnswerInput]) -> dict[str, tuple[str, ...]]:
    return {answer.key: tuple(answer.values) for answer in answers}


def _draft(info: Info, view: DraftView) -> Draft:
    wrong = commands.problems_of(info.context.reading, view)
    return Draft(
        id=global_id("Draft", view.id),
        reference=view.reference,
        version=view.version,
        form_version=view.form_version,
        started_at=view.started_at,
        saved_at=view.saved_at,
        saved_by=view.saved_by,
        warn_on=view.warn_on,
        last_day=view.last_day,
        answers=[DraftAnswer(key=key, values=list(words)) for key, words in view.answers.items()],
        files=[_file(one) for one in view.files],
        problems=[InputProblem(path=p.path, code=p.code, message=p.message, remedy=p.remedy) for p in wrong],
    )


def _file(view: DraftFileView) -> DraftFile:
    return DraftFile(
        id=global_id("DraftFile", view.id),
        group=view.group,
        name=view.name,
        kind=view.kind,
        size=view.size,
        scan=view.scan,
        added_at=view.added_at,
    )


@strawberry.type
class DraftQueries:
    drafts: list[Draft] = strawberry.field(
        resolver=drafts, description="The drafts of your agency in the function you act in, the one saved last first."
    )
    draft: Draft | None = strawberry.field(
        resolver=draft, description="One draft by its id. Null: there is none, or none for you."
    )


@strawberry.type
class DraftMutations:
    save_draft: SaveDraftPayload = strawberry.mutation(
        resolver=save_draft, description="Begin a draft of the form, or save a step of it."
    )
    delete_draft: DeleteDraftPayload = strawberry.mutation(
        resolver=delete_draft, description="Throw a draft away; nothing of it is kept."
    )
    submit_draft: SubmitDraftPayload = strawberry.mutation(
        resolver=submit_draft, description="Send a draft whole; it is gone then, and a case is there."
    )
