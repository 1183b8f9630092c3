"""What hangs on records, for the doors that show it: files, letters, links, minutes, requests, entries under a caveat,
and drafts beside them. Added to a copy of the scene through the doors that people use, where there is one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final
from uuid import UUID, uuid4

from tests.noninterference.meeting_scene import COUNCIL
from tests.noninterference.values import public
from tests.services.database.world import World
from tests.world import stories
from tests.world.deciding import issue, look, mutation, propose
from tests.world.drafts import saved
from tests.world.meetings import ENTRY, own_body, written
from tests.world.minutes import COUNCIL as COUNCIL_NAME
from tests.world.minutes import closed_part, done
from tests.world.platform import Person
from tests.world.requests import SURGERY, asked

POLICE: Final = ("wyp-1", "first_responder")
BY_POST: Final = {
    "phone": "+44 113 496 0002", "contactMethods": ["POST"], "decisionMethods": ["POST"], "street": "1 Invented Row",
    "town": "Leeds", "postcode": "LS1 1AA", "safeToPost": True,
}  # fmt: skip
SAFE: Final = {"channels": ["POST"], "sender": "AUTHORITY", "words": "WHOLE", "language": "ENGLISH"}
LINK_CASES = "mutation ($input: LinkCasesInput!) { linkCases(input: $input) { link { id } problem { __typename } } }"
CAVEAT = """mutation ($input: RecordCaveatedEntryInput!) { recordCaveatedEntry(input: $input) {
  entry { id } problem { __typename } } }"""
NOTIFICATION = "SELECT id FROM record WHERE kind = 'duty_to_notify' ORDER BY opened_at LIMIT 1"
LINK_NOTIFICATION = """
    INSERT INTO notification_link SELECT $1, $2, s.agency_id, s.function, 'verbal', '2026-05-20', 'Asha', moment(), s.id
    FROM (SELECT m.agency_id, n.function, m.id FROM involvement n
          JOIN involvement c ON (c.agency_id, c.function) = (n.agency_id, n.function) AND c.record_id = $2
          JOIN member m ON m.agency_id = n.agency_id
          WHERE n.record_id = $1 ORDER BY n.function, m.display_name LIMIT 1) s
"""
TO_PRINT = "UPDATE letter SET not_sent_because = 'to_print' WHERE addressee = 'person'"
GIVEN = """
    UPDATE letter SET sent_at = moment(), template_row = 'a wording', to_function = 'first_responder',
        to_agency_id = (SELECT agency_id FROM member WHERE subject = 'wyp-1')
    WHERE addressee = 'first_responder'
"""
THE_MEETING = "SELECT id, record_id FROM meeting ORDER BY convened_at LIMIT 1"


@dataclass
class Hung:
    """The records that something hangs on, by name, and the public id of each thing."""

    records: dict[str, UUID] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)

    def case(self, name: str) -> str:
        """The public id of a case."""
        return public("Case", self.records[name])


async def hang_things(world: World, hung: Hung) -> None:
    """Fill a copy of the scene, and say what was made; each step at a moment of its own."""
    moments = (f"2026-05-26T09:{minute:02}+01:00" for minute in count(1))
    for step in (_cases, _files, _decision, _beside_the_case, _notification, _meeting, _draft):
        await world.platform.set_clock(next(moments))
        await step(world, hung)
        await world.platform.deliver()


async def _cases(world: World, hung: Hung) -> None:
    officer, form = world.person(*POLICE), stories.supported_adult()
    for name in ("case", "linked"):
        case = await stories.refer(officer, form | {"contact": form["contact"] | BY_POST})
        hung.records[name] = UUID(stories.raw_id(case["id"]))


async def _files(world: World, hung: Hung) -> None:
    officer, content = world.person(*POLICE), b"What Kanarienvogel said.\n"
    for group in ("evidence", "health"):
        answer = await _sent(officer, f"/cases/{hung.case('case')}/attachments/{group}", content)
        hung.things[f"a file of {group}"] = answer["attachment"]["id"]


async def _decision(world: World, hung: Hung) -> None:
    officer, case = world.person(*POLICE), await _seen(world, hung)
    about = {"caseId": case["id"], "expectedVersion": case["version"], "words": "Asked.", "wants": []}
    _worked(await officer.do(mutation("recordWish"), **about, saidOn="2026-05-26", contact=SAFE))
    _worked(await propose(world.person("sca-1", "decision_maker"), case))
    _worked(await issue(world.person("sca-2", "decision_maker"), case))
    for what_became_of_it in (TO_PRINT, GIVEN):
        await world.platform.admin.execute(what_became_of_it)
    rows = await world.platform.admin.fetch("SELECT id, addressee FROM letter")
    hung.things |= {f"a letter, {row['addressee']}": public("Letter", row["id"]) for row in rows}


async def _beside_the_case(world: World, hung: Hung) -> None:
    both = {"caseId": hung.case("case"), "otherCaseId": hung.case("linked")}
    linked = await world.person(*POLICE).do(LINK_CASES, **both, kind="SAME_FAMILY", reason="Sisters.")
    hung.things["a link"] = _worked(linked)["link"]["id"]
    said = {"caseId": hung.case("case"), "caveat": "INTELLIGENCE", "content": "Kanarienvogel waits."}
    kept = await world.person(*POLICE).do(CAVEAT, **said)  # of whose colleagues one has the case not in hand
    hung.things["an entry under a caveat"] = _worked(kept)["entry"]["id"]


async def _notification(world: World, hung: Hung) -> None:
    admin = world.platform.admin
    hung.records["notification"] = await admin.fetchval(NOTIFICATION)
    await admin.execute(LINK_NOTIFICATION, hung.records["notification"], hung.records["case"])


async def _meeting(world: World, hung: Hung) -> None:
    row = await world.platform.admin.fetchrow(THE_MEETING)
    assert row is not None
    worker, nurse = world.person(*COUNCIL), world.person("ess-1", "health")
    meeting = {"id": public("Meeting", row["id"])}
    hung.records["met"] = row["record_id"]
    body = await own_body(worker, COUNCIL_NAME, "CHILDRENS_SERVICES")
    part = await closed_part(nurse, meeting, (COUNCIL_NAME, "CHILDRENS_SERVICES"))
    action = {"what": "Kept apart.", "owner": body, "dueOn": "2026-06-02"}
    closed = await done(nurse, ENTRY, meeting, partId=part, content={"action": action})
    opened = await written(worker, meeting, "action", **(action | {"what": "For all."}))
    invitation = await world.platform.admin.fetchval(
        "SELECT id FROM meeting_invitation WHERE meeting_id = $1 AND function = 'health'", row["id"]
    )
    question = await asked(world.platform, worker, {"id": hung.case("met")}, SURGERY)
    hung.things |= {
        "a meeting": meeting["id"],
        "a closed part": part,
        "an action of a closed part": closed["entryId"],
        "an action": opened["id"],
        "an invitation": public("MeetingInvitation", invitation),
        "a request": question["requestId"],
    }


async def _draft(world: World, hung: Hung) -> None:
    officer = world.person(*POLICE)
    draft = await saved(officer, {"identity.firstName": ["Invented"]})
    answer = await _sent(officer, f"/drafts/{draft['id']}/files/evidence", b"What was said.\n")
    hung.things |= {"a draft": draft["id"], "a draft's file": answer["file"]["id"]}


async def _seen(world: World, hung: Hung) -> dict[str, Any]:
    reference = await world.platform.admin.fetchval("SELECT reference FROM record WHERE id = $1", hung.records["case"])
    return await look(world.person(*POLICE), {"reference": reference})


async def _sent(who: Person, path: str, content: bytes) -> dict[str, Any]:
    answer = await who.browser.post(path, content=content, headers={"Idempotency-Key": str(uuid4())})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _worked(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    assert payload["problem"] is None, payload
    return payload
