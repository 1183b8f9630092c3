"""The part of the table of contents that is about strategy meetings."""

import strawberry

from schema import actions, meetings
from schema import meeting_acts as acts
from schema import meeting_signing as signing
from schema import meeting_signing_acts as signing_acts
from schema.action_views import FollowedActionConnection
from schema.meeting_views import Meeting
from schema.viewer import Choice


@strawberry.type
class MeetingQueries:
    meeting: Meeting | None = strawberry.field(
        resolver=meetings.one_meeting,
        description="One strategy meeting with its record. Null: there is none, or none for you.",
    )
    open_actions: FollowedActionConnection = strawberry.field(
        resolver=actions.open_actions,
        description="Actions of strategy meetings that your agency has to see done in the function you act in, over "
        "all meetings, the longest overdue first. ASSIGNED: in your charge, or in nobody's.",
    )
    meeting_chairs: list[Choice] = strawberry.field(
        resolver=meetings.meeting_chairs,
        description="Who of your agency may chair a strategy meeting; empty if it has no children's services.",
    )


@strawberry.type
class MeetingMutations:
    convene_meeting: acts.ConveneMeetingPayload = strawberry.mutation(
        resolver=meetings.convene_meeting,
        description="Convene a strategy meeting across agencies; for siblings one each from one invitation.",
    )
    record_discussion: acts.RecordDiscussionPayload = strawberry.mutation(
        resolver=meetings.record_discussion,
        description="Record a strategy discussion that was held already, in one step.",
    )
    invite_to_meeting: acts.InviteToMeetingPayload = strawberry.mutation(
        resolver=meetings.invite_to_meeting, description="Invite more bodies to a meeting."
    )
    answer_invitation: acts.AnswerInvitationPayload = strawberry.mutation(
        resolver=meetings.answer_invitation,
        description="Say who comes, that nobody does, or that the home authority takes over.",
    )
    rearrange_meeting: acts.RearrangeMeetingPayload = strawberry.mutation(
        resolver=meetings.rearrange_meeting, description="Give a meeting another time, place, chair or minute taker."
    )
    open_meeting: acts.OpenMeetingPayload = strawberry.mutation(
        resolver=meetings.open_meeting, description="Open a meeting: everybody invited reads it from now on."
    )
    cancel_meeting: acts.CancelMeetingPayload = strawberry.mutation(
        resolver=meetings.cancel_meeting, description="Cancel a meeting that was not opened."
    )
    record_meeting_entry: acts.RecordMeetingEntryPayload = strawberry.mutation(
        resolver=meetings.record_meeting_entry,
        description="Write an entry of the record, or its next version; several people at once.",
    )
    log_distribution: acts.LogDistributionPayload = strawberry.mutation(
        resolver=meetings.log_distribution, description="Log what was sent to a body without an account."
    )
    make_closed_part: signing_acts.MakeClosedPartPayload = strawberry.mutation(
        resolver=signing.make_closed_part,
        description="Begin a part of the minutes that only some of those invited read.",
    )
    send_out_minutes: signing_acts.SendOutMinutesPayload = strawberry.mutation(
        resolver=signing.send_out_minutes, description="Send the minutes to everybody invited to be signed off."
    )
    sign_minutes: signing_acts.SignMinutesPayload = strawberry.mutation(
        resolver=signing.sign_minutes,
        description="Agree with minutes for your agency, dispute a passage, or ask for a correction.",
    )
    escalate_dissent: signing_acts.EscalateDissentPayload = strawberry.mutation(
        resolver=signing.escalate_dissent, description="Take your agency's dissent from a passage to the managers."
    )
    close_meeting: signing_acts.CloseMeetingPayload = strawberry.mutation(
        resolver=signing.close_meeting, description="Close a meeting as its chair: the text is frozen and sealed."
    )
    add_to_minutes: signing_acts.AddToMinutesPayload = strawberry.mutation(
        resolver=signing.add_to_minutes, description="Add to closed minutes; everybody who reads the part is told."
    )
    release_minutes: signing_acts.ReleaseMinutesPayload = strawberry.mutation(
        resolver=signing.release_minutes,
        description="Give closed minutes that are your agency's own to an agency that was not invited.",
    )
    report_action: actions.ReportActionPayload = strawberry.mutation(
        resolver=actions.report_action, description="Say that an action is done, blocked or open again, with a note."
    )
    give_action: actions.GiveActionPayload = strawberry.mutation(
        resolver=actions.give_action,
        description="Give an action to a colleague or a team; they get the record with it.",
    )
