"""The part of the story about notices: a body without an account has to be told, and contacts are kept."""

from typing import Any

from tests.contract.storyteller import Storyteller, started

TOLD = {"channel": "TELEPHONE", "toldAt": "2026-05-26T10:05:00+01:00"}


async def somebody_has_to_be_told(teller: Storyteller) -> None:
    """A school worries about a pupil whose council has no account; then it does what its task says."""
    await teller.at("2026-05-26T10:00+01:00")
    concern = started("OpenConcern")["concern"] | {"localAuthority": "Bristol City Council", "currentTown": "Bristol"}
    concern |= {"currentRegion": "Bristol"}
    opened = await teller.do("eps-1", "OpenConcern", "A pupil who lives elsewhere.", concern=concern)
    teller.placeholders.name(opened["case"]["reference"], "the case of the pupil from Bristol")
    await teller.platform.deliver()
    await teller.at("2026-05-26T10:10+01:00")
    listed = await teller.ask("eps-1", "ListNotices", "A task with whom to ring now.")
    task = listed["edges"][0]["node"]
    await teller.ask("eps-1", "ReadNotice", "As an e-mail names it.", reference=task["reference"])
    await teller.ask("lcc-1", "ReadNotice", "It is another agency's.", reference=task["reference"])
    await teller.do("eps-1", "AcknowledgeNotice", "Somebody has it in hand.", noticeId=task["id"])
    await teller.do("lcc-1", "AcknowledgeNotice", "It is another agency's.", noticeId=task["id"])
    done = started("CompleteTask") | {"noticeId": task["id"]}
    untold = {name: part for name, part in done.items() if name not in TOLD}
    await teller.do("eps-1", "CompleteTask", "Without saying how and when.", **untold)
    await teller.do("eps-1", "CompleteTask", "The council was told.", **done | TOLD)
    await teller.do("eps-1", "CompleteTask", "It is done already.", **done | TOLD)


async def people_choose_their_emails(teller: Storyteller) -> None:
    """Some kinds have a switch."""
    await teller.ask("sca-1", "ListNoticePreferences", "Nothing was changed yet.")
    await teller.do("sca-1", "SetNoticePreference", "No e-mail.", **started("SetNoticePreference"))
    child = started("SetNoticePreference") | {"kind": "CHILD_REFERRAL"}
    await teller.do("lcc-1", "SetNoticePreference", "A child's notices always arrive.", **child)


async def contacts_are_kept(teller: Storyteller) -> None:
    """By the council's administrator, and by nobody else."""
    council = await _agency_id(teller)
    point = started("RecordContactPoint") | {"agencyId": council}
    recorded = await teller.do("lcc-4", "RecordContactPoint", "A number for the night.", **point)
    await teller.do("lcc-1", "RecordContactPoint", "Only who administers it may.", **point)
    shift = started("RecordDuty") | {"agencyId": council, "until": "2026-05-27T09:00:00+01:00"}
    on_duty = await teller.do("lcc-4", "RecordDuty", "Somebody for tonight.", **shift)
    found = _named(recorded["agency"]["contactPoints"], point["name"])
    await teller.do("lcc-4", "EndContactPoint", "The number is gone.", contactPointId=found)
    found = _named(on_duty["agency"]["duty"], shift["name"])
    await teller.do("lcc-4", "EndDuty", "Somebody else took over.", dutyId=found)


async def _agency_id(teller: Storyteller) -> str:
    viewer = await teller.ask("lcc-4", "ReadViewer", "An administrator of the council.")
    return str(viewer["agency"]["id"])


def _named(listed: list[dict[str, Any]], name: str) -> str:
    return str(next(one["id"] for one in listed if one["name"] == name))
