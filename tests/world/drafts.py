"""What people do with drafts in stories, through HTTP and the named operations only."""

from collections.abc import Mapping
from typing import Any

from api.development.examples import OPERATIONS
from tests.world.platform import Person


def operation(name: str) -> str:
    """The text of a named operation."""
    return (OPERATIONS / "drafts" / f"{name}.graphql").read_text(encoding="utf-8")


async def save(who: Person, answers: Mapping[str, list[str]], **content: Any) -> dict[str, Any]:
    """The payload of saving a step."""
    said = [{"key": key, "values": words} for key, words in answers.items()]
    return await who.do(operation("SaveDraft"), **({"answers": said} | content))


async def saved(who: Person, answers: Mapping[str, list[str]], before: Mapping[str, Any] | None = None) -> Any:
    """A draft that has to be saved, in its next version."""
    of = {"draftId": before["id"], "expectedVersion": before["version"]} if before else {}
    payload = await save(who, answers, **of)
    assert payload["problem"] is None, payload
    return payload["draft"]


async def submit(who: Person, draft: Mapping[str, Any], **content: Any) -> dict[str, Any]:
    """The payload of sending it."""
    sent = {"draftId": draft["id"], "expectedVersion": draft["version"]}
    return await who.do(operation("SubmitDraft"), **(sent | content))


async def delete(who: Person, draft: Mapping[str, Any], **content: Any) -> dict[str, Any]:
    """The payload of throwing it away."""
    sent = {"draftId": draft["id"], "expectedVersion": draft["version"]}
    return await who.do(operation("DeleteDraft"), **(sent | content))


async def read(who: Person, draft: Mapping[str, Any]) -> Any:
    """The draft, or None."""
    return (await who.ask(operation("ReadDraft"), id=draft["id"]))["draft"]


async def listed(who: Person) -> list[dict[str, Any]]:
    """Every draft there is for this person."""
    found: list[dict[str, Any]] = (await who.ask(operation("ListDrafts")))["drafts"]
    return found
