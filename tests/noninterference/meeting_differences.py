"""Differences in strategy meetings, made through the doors: closed parts, dissent, who attends, another meeting."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from tests.noninterference.differences import Edit
from tests.noninterference.meeting_scene import AGENCIES, COUNCIL
from tests.noninterference.scene import Reader
from tests.noninterference.values import public
from tests.world.meetings import ENTRY, INVITE, arrangement, convened, invitee, opened, own_body, written
from tests.world.minutes import COUNCIL as COUNCIL_NAME
from tests.world.minutes import ESCALATE, SIGN, closed_part, done
from tests.world.platform import Person

Place = tuple[str, str]
MEETING = (
    "SELECT m.id, m.record_id, r.reference FROM meeting m JOIN record r ON r.id = m.record_id ORDER BY m.convened_at"
)
LEADS = "SELECT DISTINCT agency_id FROM lead_agency WHERE record_id = $1"
NAMES = {**AGENCIES, COUNCIL: COUNCIL_NAME}
GUESTS = (
    ("Greater Manchester Police", "INVESTIGATING_POLICE", "gmp-1"),
    ("Example Park School", "EDUCATION", "eps-1"),
    (None, "EDUCATION", None),
)


async def a_closed_part_is_written(edit: Edit) -> set[Reader]:
    """By one of those who take part, for up to two others, with whatever can happen in it."""
    meeting, dice = await _meeting(edit), edit.dice
    author, *others = dice.sample(sorted(NAMES), dice.randint(1, 3))
    writer = edit.world.person(*author)
    part = await closed_part(writer, meeting, *((NAMES[one], one[1].upper()) for one in others))
    body = await own_body(writer, NAMES[author], author[1].upper())
    passages = [await _said(writer, meeting, part, note={"words": "A hidden note."}) for _ in range(dice.randint(1, 4))]
    await _said(writer, meeting, part, information={"owner": body, "words": "Hidden."})
    await _said(writer, meeting, part, action={"what": "Hidden.", "owner": body, "dueOn": "2026-05-02"})
    for one in [one for one in others if one != COUNCIL and dice.random() < 0.7]:
        await _dissents(edit.world.person(*one), meeting, one, passages[0])
    return await _seers(edit, [author, *others])


async def somebody_dissents(edit: Edit) -> set[Reader]:
    """From what the open part says, at the meeting and at sign-off, up to the managers."""
    meeting = await _meeting(edit)
    decision = await edit.admin.fetchval("SELECT id FROM meeting_entry WHERE kind = 'decision' ORDER BY sequence")
    for one in edit.dice.sample(sorted(AGENCIES), edit.dice.randint(1, 3)):
        await _dissents(edit.world.person(*one), meeting, one, public("MeetingEntry", decision))
    return await _seers(edit, NAMES)


async def more_people_attend(edit: Edit) -> set[Reader]:
    """One to twelve names on the list of those who were there, and another body that is invited."""
    meeting, worker = await _meeting(edit), edit.world.person(*COUNCIL)
    body = await own_body(worker, COUNCIL_NAME, "CHILDRENS_SERVICES")
    for number in range(edit.dice.randint(1, 12)):
        came = {"person": f"Hidden {number}", "profession": "OTHER", "stretches": [{"arrivedAt": "2026-04-14T10:00Z"}]}
        await written(worker, meeting, "attendance", body=body, **came)
    name, function, subject = edit.dice.choice(GUESTS)
    guest = await invitee(worker, name, function) if name else {"name": "Hidden Academy", "function": function}
    await done(worker, INVITE, meeting, invite=[guest])
    agencies = {r.agency for r in edit.scene.readers if r.subject == subject}
    told = set().union(*(edit.at(agency, function.lower()) for agency in agencies)) if agencies else set()
    return await _seers(edit, NAMES) | told


async def another_meeting_is_held(edit: Edit) -> set[Reader]:
    """About the same child, with some of those who came before: the others must not notice."""
    meeting, worker = await _meeting(edit), edit.world.person(*COUNCIL)
    invited = edit.dice.sample(sorted(AGENCIES), edit.dice.randint(0, 2))
    invite = [await invitee(worker, AGENCIES[one], one[1].upper()) for one in invited]
    when = await arrangement(worker, place="A hidden room")
    second = await convened(worker, {"id": meeting["case"]}, invite=invite, arrangement=when)
    if edit.dice.random() < 0.7:
        await opened(worker, second)
        await written(worker, second, "note", words="A hidden note.")
    return await _seers(edit, [COUNCIL, *invited])


async def _meeting(edit: Edit) -> dict[str, Any]:
    """The meeting of the scene, about whose case everybody will be asked."""
    row = await edit.admin.fetchrow(MEETING)
    assert row is not None
    edit.touched.append(row["record_id"])
    return {"id": public("Meeting", row["id"]), "case": public("Case", row["record_id"]), "record": row["record_id"]}


async def _said(who: Person, meeting: dict[str, Any], part: str, **content: Any) -> str:
    payload = await done(who, ENTRY, meeting, partId=part, content=content)
    return str(payload["entryId"])


async def _dissents(who: Person, meeting: dict[str, Any], place: Place, passage: str) -> None:
    body = await own_body(who, NAMES[place], place[1].upper())
    await written(who, meeting, "position", onEntryId=passage, body=body, agrees=False, reason="Hidden.")
    await done(who, SIGN, meeting, answer="DISPUTED", entryId=passage, words="Hidden.")
    await done(who, ESCALATE, meeting, entryId=passage, words="Hidden.")


async def _seers(edit: Edit, places: Iterable[Place]) -> set[Reader]:
    """Who works where it is read; and officers of the agencies that led the record, who read that somebody looked."""
    if edit.dice.random() < 0.7:
        await edit.world.platform.deliver()
    wanted = set(places)
    agencies = {(r.agency, r.function) for r in edit.scene.readers if (r.subject, r.function) in wanted}
    leads: set[UUID] = {row["agency_id"] for row in await edit.admin.fetch(LEADS, edit.touched[-1])}
    found: set[Reader] = set().union(*(edit.at(agency, function) for agency, function in agencies))
    return found | {r for r in edit.scene.readers if r.oversees and r.agency in leads}
