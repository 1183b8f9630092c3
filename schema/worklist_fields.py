"""What people do to keep their worklists: who has a case, and what it waits for."""

import strawberry

from schema import files, notified, referrals, related, waiting
from schema.caveats import CaveatMutations, CaveatQueries
from schema.files import CaseFiles
from schema.notified import LinkedNotification, LinkNotificationPayload
from schema.referrals import AssignCasePayload
from schema.related import CaseLink, EndCaseLinkPayload, HandOverCasesPayload, LinkCasesPayload, PossibleDuplicate
from schema.waiting import NoteWaitingPayload


@strawberry.type
class WorklistQueries(CaveatQueries):
    case_files: CaseFiles | None = strawberry.field(
        resolver=files.case_files,
        description="The files of a case by group; each look is in the ledger. Null: no such case, or none for you.",
    )
    case_links: list[CaseLink] = strawberry.field(
        resolver=related.case_links, description="Links between cases that you may know of, the newest first."
    )
    possible_duplicates: list[PossibleDuplicate] = strawberry.field(
        resolver=related.possible_duplicates,
        description="Open cases in your charge that may be of one person; both identities are looked at.",
    )
    notification_link: LinkedNotification | None = strawberry.field(
        resolver=notified.notification_link,
        description="Of whom a notification spoke, for the agency's function that said so. Null: no link for you.",
    )


@strawberry.type
class WorklistMutations(CaveatMutations):
    assign_case: AssignCasePayload = strawberry.mutation(
        resolver=referrals.assign_case,
        description="Give a case to a colleague or a team, or take it on yourself with a reason.",
    )
    note_waiting: NoteWaitingPayload = strawberry.mutation(
        resolver=waiting.note_waiting,
        description="Note what a case waits for and until when it sleeps, for your agency alone.",
    )
    hand_over_cases: HandOverCasesPayload = strawberry.mutation(
        resolver=related.hand_over_cases,
        description="Hand chosen cases of yours, or of somebody you manage, to a colleague or a team in one act.",
    )
    link_notification: LinkNotificationPayload = strawberry.mutation(
        resolver=notified.link_notification,
        description="Say by a person's consent that a notification of your agency was about them; once and for good.",
    )
    link_cases: LinkCasesPayload = strawberry.mutation(
        resolver=related.link_cases, description="Link two cases that you work on."
    )
    end_case_link: EndCaseLinkPayload = strawberry.mutation(resolver=related.end_case_link, description="End a link.")
