"""Differences in what agencies tell and ask each other about a record, made through the doors."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from tests.noninterference.differences import Edit
from tests.noninterference.scene import Reader
from tests.noninterference.values import public
from tests.world.platform import Person
from tests.world.requests import act, asked
from tests.world.sharing import DECIDE_NOT, END_SHARE, agency_id, decision, given

GIVER: Final = ("lcc-1", "childrens_services")
PARTNERS: Final[Mapping[tuple[str, str], str]] = {
    ("eha-2", "guardian"): "example-harbour",
    ("ess-1", "health"): "example-street-surgery",
    ("wyp-3", "investigating_police"): "west-yorkshire-police",
}
"""Who is given or asked: the person who works there, their function, and their agency."""
LED = """
    SELECT DISTINCT i.record_id FROM involvement i JOIN member m ON m.agency_id = i.agency_id
    JOIN group_content g ON g.record_id = i.record_id AND g.data_group = 'child_protection'
    WHERE m.subject = $1 AND i.relation = 'safeguarding_lead' AND i.until_at IS NULL ORDER BY 1
"""
LEADS = "SELECT DISTINCT agency_id FROM lead_agency WHERE record_id = $1"


async def something_is_shared(edit: Edit) -> set[Reader]:
    """With one partner; or it is decided not to share; or a share has ended."""
    worker, case, partner = await _begin(edit)
    platform, to = edit.world.platform, _place(partner)
    if edit.dice.random() < 0.3:
        _done(await worker.do(DECIDE_NOT, **await decision(platform, case, to, ["CHILD_PROTECTION"])))
        return await _seers(edit, GIVER)
    share = await given(platform, worker, case, to, "CHILD_PROTECTION")
    if edit.dice.random() < 0.3:
        _done(await worker.do(END_SHARE, shareId=share, reason="No longer needed."))
    return await _seers(edit, GIVER, partner)


async def something_is_asked(edit: Edit) -> set[Reader]:
    """Of one partner, who says nothing yet, takes it on, refuses, has nothing, or says who might."""
    worker, case, partner = await _begin(edit)
    platform = edit.world.platform
    request = await asked(platform, worker, case, _place(partner), groups=["HEALTH"])
    other = edit.dice.choice([one for one in PARTNERS if one != partner])
    next_one = {"agencyId": await agency_id(platform, PARTNERS[other]), "function": other[1].upper()}
    steps: Mapping[str, tuple[tuple[str, str], dict[str, Any]]] = {
        "AcknowledgeRequest": (partner, {}),
        "RefuseRequest": (partner, {"code": "PREJUDICE_TO_INVESTIGATION", "words": "Hidden."}),
        "AnswerRequest": (partner, {"kind": "NO_INFORMATION_HELD", "words": "Hidden."}),
        "RedirectRequest": (partner, {"to": next_one, "words": "Hidden."}),
        "WithdrawRequest": (GIVER, {"reason": "Hidden."}),
    }
    step = edit.dice.choice([None, *steps])
    if step is not None:
        who, content = steps[step]
        _done(await act(edit.world.person(*who), step, **request, **content))
    return await _seers(edit, GIVER, partner)


async def _begin(edit: Edit) -> tuple[Person, dict[str, Any], tuple[str, str]]:
    """Who gives or asks, the case, and whom."""
    rows = await edit.admin.fetch(LED, GIVER[0])
    record: UUID = edit.dice.choice(rows)["record_id"]
    edit.touched.append(record)
    return edit.world.person(*GIVER), {"id": public("Case", record)}, edit.dice.choice(sorted(PARTNERS))


def _place(partner: tuple[str, str]) -> tuple[str, str]:
    return PARTNERS[partner], partner[1].upper()


def _done(payload: Mapping[str, Any]) -> None:
    assert payload["problem"] is None, payload


async def _seers(edit: Edit, *places: tuple[str, str]) -> set[Reader]:
    """Both sides, and officers of the agencies that lead the record, who read that somebody looked."""
    if edit.dice.random() < 0.7:
        await edit.world.platform.deliver()
    leads = {row["agency_id"] for row in await edit.admin.fetch(LEADS, edit.touched[-1])}
    sides = {(r.agency, r.function) for r in edit.scene.readers if (r.subject, r.function) in places}
    found: set[Reader] = set().union(*(edit.at(agency, function) for agency, function in sides))
    return found | {r for r in edit.scene.readers if r.oversees and r.agency in leads}
