"""What people do to keep their worklists: who has a case, and what it waits for."""

import strawberry

from schema import referrals, waiting
from schema.referrals import AssignCasePayload
from schema.waiting import NoteWaitingPayload


@strawberry.type
class WorklistMutations:
    assign_case: AssignCasePayload = strawberry.mutation(
        resolver=referrals.assign_case,
        description="Give a case to a colleague or a team, or take it on yourself with a reason.",
    )
    note_waiting: NoteWaitingPayload = strawberry.mutation(
        resolver=waiting.note_waiting,
        description="Note what a case waits for and until when it sleeps, for your agency alone.",
    )
