"""What people do with notices in stories, and what the worker does meanwhile; through HTTP and its own errands only."""

from collections.abc import Mapping
from typing import Any

from services.notices import worker
from services.notices.post import MailRoom
from tests.world.platform import Person, Platform
from tests.world.stories import PROBLEM
from tests.world.template import WORKER_SECRET

NOTICE = """id reference kind isTask isForManagers follows chaseAt escalateAt
  acknowledgement { name at } completion { name at channel toldAt note } about { name }
  contactPoints { function kind hours reachesNow nation name address } duty { name telephone isNow }
  record { ... on Case { reference } }"""
INBOX = f"{{ notices(first: 50) {{ edges {{ node {{ {NOTICE} }} }} }} }}"
ONE = f"query ($reference: String!) {{ notice(reference: $reference) {{ {NOTICE} }} }}"
ACKNOWLEDGE = f"""mutation ($input: AcknowledgeNoticeInput!) {{
  acknowledgeNotice(input: $input) {{ notice {{ {NOTICE} }} {PROBLEM} }} }}"""
COMPLETE = f"""mutation ($input: CompleteTaskInput!) {{
  completeTask(input: $input) {{ notice {{ {NOTICE} }} {PROBLEM} }} }}"""
PREFER = f"""mutation ($input: SetNoticePreferenceInput!) {{
  setNoticePreference(input: $input) {{ preferences {{ kind byEmail hasSwitch }} {PROBLEM} }} }}"""


async def inbox(who: Person) -> list[dict[str, Any]]:
    """Every notice, the newest first."""
    return [edge["node"] for edge in (await who.ask(INBOX))["notices"]["edges"]]


async def of_kind(who: Person, kind: str) -> dict[str, Any]:
    """The only notice of a kind."""
    (found,) = [notice for notice in await inbox(who) if notice["kind"] == kind]
    return found


async def acknowledge(who: Person, notice: Mapping[str, Any]) -> dict[str, Any]:
    """The payload of saying that one has it in hand."""
    return await who.do(ACKNOWLEDGE, noticeId=notice["id"])


async def complete(who: Person, notice: Mapping[str, Any], **content: Any) -> dict[str, Any]:
    """The payload of recording that a task is done."""
    return await who.do(COMPLETE, noticeId=notice["id"], **({"note": "Told the duty sergeant."} | content))


async def work(platform: Platform, room: MailRoom | None = None) -> None:
    """All that the worker does before it sleeps again."""
    while await platform.deliver():
        continue
    await worker.run_errands(platform.tools, WORKER_SECRET, room)
