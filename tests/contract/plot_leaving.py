"""Somebody leaves: an administrator looks at counts, names who takes over, and it ends."""

from typing import Any

from schema.node import global_id
from tests.contract.storyteller import Storyteller

MEMBER = "SELECT id FROM member WHERE subject = $1"


async def somebody_leaves(teller: Storyteller) -> None:
    """The Wednesday after, at the council whose children's services have the child's case."""
    await teller.at("2026-05-27T09:00+01:00")
    greta, ella, uma = [await _member(teller, subject) for subject in ("lcc-3", "lcc-1", "lcc-4")]
    await teller.ask("lcc-1", "ReadLeaving", "Whoever works on cases administers nobody.", memberId=greta)
    known = await teller.ask("lcc-4", "ReadLeaving", "Somebody who has one case.", memberId=greta)
    await teller.ask("lcc-4", "ReadLeaving", "Oneself.", memberId=uma)
    ending: dict[str, Any] = {"expectedVersion": known["version"], "reason": "Has another post."}
    herself = {"function": "CHILDRENS_SERVICES", "memberId": greta}
    successor = herself | {"memberId": ella}
    end = "EndMembership"
    friday = ending | {"lastDay": "2026-05-29"}
    await teller.do("lcc-4", end, "With a last day.", memberId=greta, successors=[successor], **friday)
    await teller.ask("lcc-4", "ListPlannedEnds", "Who leaves.")
    await teller.ask("lcc-1", "ListPlannedEnds", "Whoever works on cases administers nobody.")
    await teller.ask("lcc-4", "ListTeams", "Who works in which team.")
    await teller.ask("lcc-1", "ListTeams", "Whoever works on cases administers nobody.")
    ending["expectedVersion"] = (await teller.ask("lcc-4", "ReadLeaving", "Read again.", memberId=greta))["version"]
    await teller.do("lcc-4", end, "A successor who leaves.", memberId=greta, successors=[herself], **ending)
    await teller.do("lcc-4", end, "All goes to a colleague.", memberId=greta, successors=[successor], **ending)
    await teller.do("lcc-4", end, "It ended already.", memberId=greta, **ending)
    await teller.do("lcc-4", end, "One's own membership.", memberId=uma, **ending)
    await teller.platform.deliver()
    await teller.ask("lcc-1", "ListNotices", "Who took over is told how much.", first=1)


async def _member(teller: Storyteller, subject: str) -> str:
    return global_id("Member", await teller.platform.admin.fetchval(MEMBER, subject))
