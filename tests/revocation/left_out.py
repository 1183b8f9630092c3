"""Kinds of operation that no interleaving runs, and why: `AS` says whose way they go, `BECAUSE` gives a reason."""

from typing import Final

AS: Final = {
    # services/decisions/acting.py `do`: one admission, one look and one statement for each step of a case
    "suspendCase": (
        "resumeCase", "recordWithdrawal", "endCase", "transferCase", "revokeDecision", "recordConsentAt18", "doubtAge",
        "startAgeAssessment", "settleAge", "weighDisqualification", "decideDisqualification", "askForReconsideration",
        "answerReconsideration", "recordJudicialReview", "recordReviewOutcome", "showProtection", "recordWish",
        "arrangeNextStep", "recordStatus", "decideLeave", "recordCooperation", "referOn", "extendRecoveryPeriod",
        "decideFurtherRecovery", "askForExtension", "returnReferral", "addToReferral", "recordProgressReview",
    ),
    # services/meetings/commands.py `run`: one step of whoever runs the meeting
    "releaseMinutes": (
        "inviteToMeeting", "rearrangeMeeting", "openMeeting", "cancelMeeting", "logDistribution", "sendOutMinutes",
        "closeMeeting",
    ),
    # a look at the meeting, an admission for it, and one of the gatekeeper's functions, in this order
    "signMinutes": (
        "escalateDissent", "addToMinutes", "makeClosedPart", "answerInvitation", "reportAction", "giveAction",
    ),
    # services/meetings/convening.py `admitted` and `begin`; what a discussion says after that is written as entries are
    "conveneMeeting": ("recordDiscussion",),
    # services/requests/commands.py `_step`
    "answerRequest": ("refuseRequest", "redirectRequest", "withdrawRequest"),
    "assignCase": ("assignRequest",),  # the same act on the same record, and one of the gatekeeper's functions
    # services/access_limits/commands.py `_limit`
    "setAccessBar": ("endAccessBar", "liftRestriction"),
    "submitReferral": ("submitDraft",),  # services/referrals/commands.py `submit`, with a draft's answers
    "acknowledgeNotice": ("completeTask",),  # by the same question, whose inbox it is in
    "linkCases": ("linkNotification",),  # `gate.ask_each` for both records, and one of the gatekeeper's functions
    "case": ("dutyToNotifyRecord", "notificationLink"),  # services/cases/queries.py `one`, once or for both records
    "worklist": ("dutyToNotifyRecords",),  # services/cases/queries.py `worklist`
    "draft": ("drafts",),  # services/drafts/store.py `read`
    "ledger": ("ledgerTotals",),  # one of the gatekeeper's functions, which counts the same lines
}  # fmt: skip
NO_RECORD: Final = "it tells of no record and writes of none"
ADMINISTERING: Final = (
    "it is about people, systems or duties of an agency: who may do it is asked within the one function of the "
    "gatekeeper's that does it, held by the journeys of administration"
)
NOT_SIGNED_IN: Final = "whoever asks need not be signed in, so that no access could end"
OWN: Final = "it is about the session or the settings of whoever asks, and ends or changes nobody else's"
BECAUSE: Final = {
    "agencies": NO_RECORD,
    "designations": NO_RECORD,
    "enteredRegimeRows": NO_RECORD,
    "lawfulWords": NO_RECORD,
    "meetingChairs": NO_RECORD,
    "referenceList": NO_RECORD,
    "referralForm": NO_RECORD,
    "teams": NO_RECORD,
    "viewer": NO_RECORD,
    "actAs": OWN,
    "noticePreferences": OWN,
    "setNoticePreference": OWN,
    "signOutEverywhere": OWN,
    "POST /sign-out": OWN,
    "administer": ADMINISTERING,
    "administrativeLedger": ADMINISTERING,
    "decideProposal": ADMINISTERING,
    "endContactPoint": ADMINISTERING,
    "endDuty": ADMINISTERING,
    "endMachineClient": ADMINISTERING,
    "endMembership": ADMINISTERING,
    "functionsOn": ADMINISTERING,
    "leaving": ADMINISTERING,
    "machineClients": ADMINISTERING,
    "people": ADMINISTERING,
    "plannedEnds": ADMINISTERING,
    "proposals": ADMINISTERING,
    "proposeChange": ADMINISTERING,
    "proposeMachineClient": ADMINISTERING,
    "proposeMachineKey": ADMINISTERING,
    "recordContactPoint": ADMINISTERING,
    "recordDuty": ADMINISTERING,
    "retireMachineKey": ADMINISTERING,
    "every method /graphql": "each of its fields is a kind of its own",
    "every method /imports/referrals": "a message begins a record; tests/journeys/test_import_over_http.py ends a "
    "system between two of its messages",
    "GET /.well-known/oauth-authorization-server": NOT_SIGNED_IN,
    "GET /.well-known/oauth-protected-resource": NOT_SIGNED_IN,
    "GET /health/live": NOT_SIGNED_IN,
    "GET /health/ready": NOT_SIGNED_IN,
    "GET /minutes.css": NO_RECORD,
    "GET /referral-form/{edition}/{nation}": NO_RECORD,
    "GET /sign-in": NOT_SIGNED_IN,
    "GET /sign-in.css": NOT_SIGNED_IN,
    "GET /sign-in/{slug}": NOT_SIGNED_IN,
    "GET /sign-in/{slug}/callback": NOT_SIGNED_IN,
    "POST /oauth/token": NOT_SIGNED_IN,
    "POST /sign-in/{slug}/back-channel-logout": NOT_SIGNED_IN,
}
