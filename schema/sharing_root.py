"""The part of the table of contents that is about sharing and asking."""

import strawberry

from schema import request_lists, requests, shares
from schema.groups import value
from schema.request_lists import WaitingRequestConnection
from schema.requests import (
    AcknowledgeRequestPayload,
    AnswerRequestPayload,
    AskForInformationPayload,
    AssignRequestPayload,
    RedirectRequestPayload,
    RefuseRequestPayload,
    WithdrawRequestPayload,
)
from schema.shares import DecideNotToSharePayload, EndSharePayload, GiveSharePayload, LawfulWord


@strawberry.type(directives=[value], description="What can be read of sharing and asking.")
class SharingQuery:
    information_requests: WaitingRequestConnection = strawberry.field(
        resolver=request_lists.information_requests, description="Information requests that wait for an answer."
    )
    lawful_words: list[LawfulWord] = strawberry.field(
        resolver=shares.lawful_words, description="Bases, conditions and powers that a share may name today."
    )


@strawberry.type(directives=[value], description="What can be shared and asked.")
class SharingMutation:
    give_share: GiveSharePayload = strawberry.mutation(
        resolver=shares.give_share,
        description="Share groups of a case with another agency's function, or with one person there, until a day.",
    )
    decide_not_to_share: DecideNotToSharePayload = strawberry.mutation(
        resolver=shares.decide_not_to_share, description="Record that it was decided not to share, and why."
    )
    end_share: EndSharePayload = strawberry.mutation(
        resolver=shares.end_share, description="End a share of your agency now."
    )
    ask_for_information: AskForInformationPayload = strawberry.mutation(
        resolver=requests.ask_for_information, description="Ask another agency for information about a case."
    )
    acknowledge_request: AcknowledgeRequestPayload = strawberry.mutation(
        resolver=requests.acknowledge_request, description="Say that a request is being answered."
    )
    answer_request: AnswerRequestPayload = strawberry.mutation(
        resolver=requests.answer_request, description="Answer a request, in words and with groups as they stand."
    )
    refuse_request: RefuseRequestPayload = strawberry.mutation(
        resolver=requests.refuse_request, description="Refuse a request, with a reason of a closed list."
    )
    redirect_request: RedirectRequestPayload = strawberry.mutation(
        resolver=requests.redirect_request, description="Say who may know instead."
    )
    withdraw_request: WithdrawRequestPayload = strawberry.mutation(
        resolver=requests.withdraw_request, description="Take back a request of your function."
    )
    assign_request: AssignRequestPayload = strawberry.mutation(
        resolver=requests.assign_request, description="Give a request to a person or a team of your function."
    )
