"""Doors that show nobody a record or what hangs on one, and why that is so; every other one is asked."""

from typing import Final

NO_RECORD: Final = "it is about no record"
OWN_AGENCY: Final = "it is about people and work of one's own agency, counted or named without any record"
GOVERNANCE: Final = (
    "one function of the gatekeeper's writes the line and answers: there is neither a Permit nor a row, so that no "
    "wall could be taken down; who reads it is held by the journeys of the ledger and by the pairs"
)
BEFORE: Final = "it answers whoever is not signed in"
AN_ACT: Final = "it is an act: asked for by pairs of worlds, and refused by both walls in the journeys of files"
LEFT_OUT: Final = {
    "agencies": NO_RECORD,
    "designations": NO_RECORD,
    "enteredRegimeRows": NO_RECORD,
    "lawfulWords": NO_RECORD,
    "meetingChairs": NO_RECORD,
    "referenceList": NO_RECORD,
    "referralForm": NO_RECORD,
    "administrativeLedger": OWN_AGENCY,
    "functionsOn": OWN_AGENCY,
    "leaving": OWN_AGENCY,
    "machineClients": OWN_AGENCY,
    "noticePreferences": OWN_AGENCY,
    "people": OWN_AGENCY,
    "plannedEnds": OWN_AGENCY,
    "proposals": OWN_AGENCY,
    "teams": OWN_AGENCY,
    "viewer": OWN_AGENCY,
    "accessOf": GOVERNANCE,
    "ledger": GOVERNANCE,
    "ledgerTotals": GOVERNANCE,
    "every method /graphql": "each of its fields is a door of its own",
    "every method /imports/referrals": "what it takes in is answered with its own record alone, and it shows no other",
    "GET /": NO_RECORD,
    "GET /.well-known/oauth-authorization-server": BEFORE,
    "GET /.well-known/oauth-protected-resource": BEFORE,
    "GET /health/live": BEFORE,
    "GET /health/ready": BEFORE,
    "GET /minutes.css": NO_RECORD,
    "GET /outbox": "it is there for development alone, and says what a machine without mail would have sent",
    "GET /referral-form/{edition}/{nation}": NO_RECORD,
    "GET /sign-in": BEFORE,
    "GET /sign-in.css": BEFORE,
    "GET /sign-in/{slug}": BEFORE,
    "GET /sign-in/{slug}/callback": BEFORE,
    "GET /static/{name}": NO_RECORD,
    "POST /oauth/token": BEFORE,
    "POST /sign-in/{slug}/back-channel-logout": BEFORE,
    "POST /sign-out": NO_RECORD,
    "DELETE /attachments/{attachment}": AN_ACT,
    "DELETE /draft-files/{file}": AN_ACT,
    "POST /cases/{case}/attachments/{group}": AN_ACT,
    "POST /drafts/{draft}/files/{group}": AN_ACT,
}
