"""Every kind of operation on a record, as one person runs it over HTTP."""

from typing import Final

from tests.revocation.later_operations import LATER
from tests.revocation.operation import Operation, sent
from tests.revocation.operations_beside import BESIDE
from tests.world.forms import CONCERN
from tests.world.ledger import LEDGER
from tests.world.limits import RESTRICT, SET_BAR, WHY
from tests.world.stories import ASSIGN, CLOSE, LOOK, NOTICES, OPEN, WORKLIST

NODE = """query ($id: ID!) { node(id: $id) { __typename ... on Case { reference
  account { __typename ... on Account { whatHappened } } } } }"""
ACKNOWLEDGE = """mutation ($input: AcknowledgeNoticeInput!) { acknowledgeNotice(input: $input) { notice { id }
  problem { __typename } } }"""
SUBMIT = """mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) { case { reference }
  problem { __typename } } }"""

OPERATIONS: Final = {
    "a case": Operation(LOOK, "wyp-1", "case", lambda g: {"reference": g["reference"]}),
    "a node": Operation(NODE, "wyp-1", "case", lambda g: {"id": g["id"]}),
    "a worklist": Operation(WORKLIST, "wyp-1", "case", lambda g: {"scope": "ASSIGNED"}),
    "an agency's list": Operation(WORKLIST, "wyp-1", "case", lambda g: {"scope": "AGENCY"}),
    "the inbox": Operation(NOTICES, "sca-1", "case", lambda g: {}),
    "the ledger": Operation(LEDGER, "wyp-ig", "case", lambda g: {"filter": {"reference": g["reference"]}}),
    "assigning": Operation(
        ASSIGN, "wyp-1", "case", lambda g: sent(
            caseId=g["id"], expectedVersion=g["assignmentVersion"], memberId=g["colleague"], reason="Invented."
        ), writes=True,
    ),
    "closing a concern": Operation(
        CLOSE, "lcc-1", "concern",
        lambda g: sent(caseId=g["id"], expectedVersion=g["version"], reason="NO_INDICATORS"), writes=True,
    ),
    "referring from a concern": Operation(
        SUBMIT, "lcc-1", "concern", lambda g: sent(
            referral=g["form"], fromConcern={"caseId": g["id"], "expectedVersion": g["version"]}
        ), writes=True,
    ),
    "opening a concern": Operation(OPEN, "wyp-1", "case", lambda g: sent(concern=CONCERN), writes=True, begins=True),
    "acknowledging a notice": Operation(
        ACKNOWLEDGE, "sca-1", "case", lambda g: sent(noticeId=g["notice"]), writes=True
    ),
    "setting a bar": Operation(
        SET_BAR, "wyp-4", "case", lambda g: sent(reference=g["reference"], memberId=g["colleague"], **WHY), writes=True
    ),
    "restricting a record": Operation(
        RESTRICT, "wyp-4", "case", lambda g: sent(reference=g["reference"], **WHY), writes=True
    ),
    **LATER,
    **BESIDE,
}  # fmt: skip
