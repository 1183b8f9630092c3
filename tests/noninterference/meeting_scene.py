"""The strategy meeting of the scene: recorded and sent out, with a council, a force, a surgery and a guardian."""

from collections.abc import Mapping
from typing import Any, Final

from tests.services.database.world import World
from tests.world.meetings import GUARDIAN, HEALTH, POLICE, arrangement, convened, invitee, opened, written
from tests.world.minutes import SEND_OUT, done, is_recorded
from tests.world.stories import open_concern

COUNCIL: Final = ("lcc-1", "childrens_services")
AGENCIES: Final[Mapping[tuple[str, str], str]] = {
    ("wyp-3", "investigating_police"): POLICE,
    ("ess-1", "health"): HEALTH,
    ("eha-2", "guardian"): GUARDIAN,
}
"""Who was invited, by the person who goes there and their function."""


async def hold_a_meeting(world: World) -> dict[str, Any]:
    """About a girl whose school is worried; what is open in it, everybody invited reads."""
    worker = world.person(*COUNCIL)
    case = await open_concern(world.person("eps-1"))
    invite = [await invitee(worker, name, function.upper()) for (_, function), name in AGENCIES.items()]
    usual = await arrangement(worker)
    meeting = await opened(worker, await convened(worker, case, invite=invite, arrangement=usual))
    await is_recorded(worker, meeting)
    await written(worker, meeting, "nextMeeting", words="Once more is known.", heldBy="2026-06-30")
    await done(worker, SEND_OUT, meeting)
    return meeting
