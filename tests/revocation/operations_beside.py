"""Operations on what hangs on records: decisions, files, letters, links, minutes, and the addresses beside GraphQL."""

from typing import Final

from tests.journeys.test_access_of import ASK as ACCESS_OF
from tests.journeys.test_caveats import READ as CAVEATED
from tests.journeys.test_caveats import SAID
from tests.journeys.test_caveats import WRITE as WRITE_CAVEATED
from tests.journeys.test_related_cases import HAND, LINK, LINKS, TWICE, UNLINK
from tests.revocation.operation import Operation, nothing_to_find, sent
from tests.world.actions import ACTIONS
from tests.world.deciding import mutation
from tests.world.drafts import operation as of_drafts
from tests.world.limits import READ as LIMITS
from tests.world.minutes import RELEASE, SIGN
from tests.world.requests import ACTS, WAITING
from tests.world.sharing import END_SHARE

FILES = "query ($caseId: ID!) { caseFiles(caseId: $caseId) { caseReference groups { files { id } } } }"
NOTICE = "query ($reference: String!) { notice(reference: $reference) { record { ... on Case { reference } } } }"
WAIT = """mutation ($input: NoteWaitingInput!) { noteWaiting(input: $input) { case { reference }
  problem { __typename } } }"""
OPENED: Final = {
    "the files of a case": Operation(FILES, "wyp-1", "decided", lambda g: {"caseId": g["id"]}),
    "links": Operation(LINKS, "wyp-1", "decided", lambda g: {}),
    "possible duplicates": Operation(TWICE, "wyp-1", "decided", lambda g: {}),
    "entries under a caveat": Operation(
        CAVEATED, "wyp-1", "decided", lambda g: {"caseId": g["id"]}, mark=lambda g: str(SAID["content"])
    ),
    "requests that wait": Operation(WAITING, "ess-1", "met", lambda g: {"side": "TO_ANSWER", "scope": "AGENCY"}),
    "actions to follow": Operation(ACTIONS, "ess-1", "signed", lambda g: {}),
    "a notice": Operation(NOTICE, "sca-1", "case", lambda g: {"reference": g["noticeReference"]}),
    "a draft": Operation(
        of_drafts("ReadDraft"), "wyp-1", "case", lambda g: {"id": g["draft"]["draftId"]}, begins=True,
        mark=lambda g: str(g["draft"]["draftId"]),
    ),
    "whose access it is": Operation(
        ACCESS_OF, "wyp-ig", "decided", lambda g: {"person": g["officer"], "reference": g["reference"]}
    ),
    "what limits access": Operation(LIMITS, "wyp-4", "case", lambda g: {"reference": g["reference"]}),
}  # fmt: skip
WRITTEN: Final = {
    "proposing a decision": Operation(
        mutation("proposeDecision"), "sca-1", "case",
        lambda g: sent(
            caseId=g["id"], expectedVersion=g["version"], kind="REASONABLE_GROUNDS", outcome="POSITIVE",
            reasons="Weighed.", evidence=["ACCOUNT"],
        ), writes=True,
    ),
    "giving a decision back": Operation(
        mutation("returnDecision"), "sca-2", "proposed",
        lambda g: sent(caseId=g["id"], proposalId=g["proposal"], reason="Ask first."), writes=True,
    ),
    "issuing a decision": Operation(
        mutation("issueDecision"), "sca-2", "proposed", lambda g: sent(caseId=g["id"], proposalId=g["proposal"]),
        writes=True,
    ),
    "ending a share": Operation(
        END_SHARE, "lcc-1", "met", lambda g: sent(shareId=g["shared"], reason="No longer needed."), writes=True
    ),
    "answering a request": Operation(
        ACTS["AnswerRequest"], "ess-1", "met",
        lambda g: sent(requestId=g["request"], kind="NO_INFORMATION_HELD", words="Nothing is known."), writes=True,
    ),
    "signing minutes": Operation(
        SIGN, "ess-1", "signed", lambda g: sent(meetingId=g["meeting"], answer="AGREED"), writes=True
    ),
    "releasing minutes": Operation(
        RELEASE, "lcc-2", "closed",
        lambda g: sent(
            meetingId=g["meeting"], agencyId=g["authority"], function="DECISION_MAKER", purpose="To decide.",
            lawfulBasis="Public task",
        ), writes=True,
    ),
    "linking cases": Operation(
        LINK, "wyp-1", "case",
        lambda g: sent(caseId=g["id"], otherCaseId=g["other"], kind="SAME_FAMILY", reason="Sisters."), writes=True,
    ),
    "ending a link": Operation(UNLINK, "wyp-1", "decided", lambda g: sent(caseLinkId=g["link"]), writes=True),
    "writing under a caveat": Operation(
        WRITE_CAVEATED, "wyp-1", "decided", lambda g: sent(caseId=g["id"], **SAID), writes=True
    ),
    "handing cases over": Operation(
        HAND, "wyp-1", "case",
        lambda g: sent(
            cases=[{"caseId": g["id"], "expectedVersion": g["assignmentVersion"]}], fromMemberId=g["officer"],
            toMemberId=g["colleague"], reason="On leave.",
        ), writes=True,
    ),
    "noting what a case waits for": Operation(
        WAIT, "wyp-1", "case",
        lambda g: sent(caseId=g["id"], expectedVersion=0, waitsFor="A letter.", whom="The clinic", wakesOn=g["later"]),
        writes=True,
    ),
}  # fmt: skip
GROUP: Final = {"group": "evidence"}
DOORS: Final = {
    "a list of files": Operation(
        "GET /cases/{case}/attachments/{group}", "wyp-1", "decided", lambda g: GROUP | {"case": g["id"]},
        mark=lambda g: str(g["file"]),
    ),
    "a file": Operation(
        "GET /attachments/{attachment}", "wyp-1", "decided", lambda g: {"attachment": g["file"]}, mark=nothing_to_find
    ),
    "attaching a file": Operation(
        "POST /cases/{case}/attachments/{group}", "wyp-1", "decided", lambda g: GROUP | {"case": g["id"]}, writes=True
    ),
    "removing a file": Operation(
        "DELETE /attachments/{attachment}", "wyp-1", "decided", lambda g: {"attachment": g["unwanted"]}, writes=True
    ),
    "a list of letters": Operation(
        "GET /cases/{case}/letters", "wyp-1", "decided", lambda g: {"case": g["id"]}, mark=lambda g: str(g["letter"])
    ),
    "a letter": Operation(
        "GET /letters/{letter}.pdf", "wyp-1", "decided", lambda g: {"letter": g["letter"]}, mark=nothing_to_find
    ),
    "a letter to post": Operation(
        "GET /letters/{letter}/to-post.pdf", "wyp-1", "decided", lambda g: {"letter": g["letter"]}, mark=nothing_to_find
    ),
    "minutes as a page": Operation(
        "GET /minutes/{meeting}", "ess-1", "met", lambda g: {"meeting": g["meeting"]}, mark=nothing_to_find
    ),
    "minutes as a document": Operation(
        "GET /minutes/{meeting}.pdf", "ess-1", "met", lambda g: {"meeting": g["meeting"]}, mark=nothing_to_find
    ),
    "an invitation in a calendar": Operation(
        "GET /meetings/{meeting}/{invitation}.ics", "ess-1", "met",
        lambda g: {"meeting": g["meeting"], "invitation": g["invitation"]}, mark=nothing_to_find,
    ),
    "adding a file to a draft": Operation(
        "POST /drafts/{draft}/files/{group}", "wyp-1", "case", lambda g: GROUP | {"draft": g["draft"]["draftId"]},
        writes=True, begins=True,
    ),
    "a list of a draft's files": Operation(
        "GET /drafts/{draft}/files", "wyp-1", "case", lambda g: {"draft": g["draft"]["draftId"]}, begins=True,
        mark=lambda g: str(g["draftFile"]),
    ),
    "a draft's file": Operation(
        "GET /draft-files/{file}", "wyp-1", "case", lambda g: {"file": g["draftFile"]}, begins=True,
        mark=nothing_to_find,
    ),
    "removing a draft's file": Operation(
        "DELETE /draft-files/{file}", "wyp-1", "case", lambda g: {"file": g["draftUnwanted"]}, writes=True, begins=True
    ),
}  # fmt: skip
BESIDE: Final = OPENED | WRITTEN | DOORS
