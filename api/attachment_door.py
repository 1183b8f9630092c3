"""Attachments come and go outside GraphQL, as bytes: `POST` and `GET /cases/{case}/attachments/{group}`, `GET` and
`DELETE /attachments/{attachment}`. What a reader may not see is answered like what is nowhere."""

from typing import Any, Final
from uuid import UUID

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.file_traffic import NOTHING, Traffic, answer, problem_answer, to_be_saved
from policies.vocabulary import DataGroup
from schema.node import given_uuid, global_id, lookup
from services.attachments import commands, queries
from services.attachments.preparing import Prepared
from services.attachments.vault import Vault
from services.attachments.views import AttachmentView
from services.tools import Reading

BEGINNINGS: Final = ("/cases/", "/attachments/", "/drafts/", "/draft-files/")
"""Of the addresses at which a file may need more seconds."""
GROUPS: Final = {group.value.replace("_", "-"): group for group in commands.GROUPS}


class AttachmentDoor:
    """The four addresses of files of cases."""

    def __init__(self, traffic: Traffic, vault: Vault) -> None:
        self._traffic, self._vault = traffic, vault

    def routes(self) -> list[Route]:
        """Every address with its methods."""
        return [
            Route("/cases/{case}/attachments/{group}", self.attach, methods=["POST"]),
            Route("/cases/{case}/attachments/{group}", self.listed, methods=["GET"]),
            Route("/attachments/{attachment}", self.download, methods=["GET"]),
            Route("/attachments/{attachment}", self.remove, methods=["DELETE"]),
        ]

    async def attach(self, request: Request) -> Response:
        """Keep the body as a file of a group."""
        group = GROUPS.get(request.path_params["group"])
        to = (lookup(request.path_params["case"], "Case") if group else "nothing", group or DataGroup.EVIDENCE)

        async def keep(reading: Reading, key: str, file: Prepared) -> Response:
            outcome = await commands.attach(reading, self._vault, key, to, file)
            if not isinstance(outcome, UUID):
                return problem_answer(request, outcome)
            found = await queries.one(reading, outcome)
            return answer(request, {"attachment": _written(found) if found else None}, 201)

        return await self._traffic.taken_in(request, keep)

    async def listed(self, request: Request) -> Response:
        """The files of a group."""
        group = GROUPS.get(request.path_params["group"])

        async def look(reading: Reading) -> Response:
            wanted = lookup(request.path_params["case"], "Case") if group else "nothing"
            found = await queries.of_group(reading, wanted, group or DataGroup.EVIDENCE)
            if found is None:
                return answer(request, NOTHING, 404)
            return answer(request, {"attachments": [_written(one) for one in found]}, 200)

        return await self._traffic.in_turn(request, look)

    async def download(self, request: Request) -> Response:
        """One file."""
        wanted = given_uuid(request.path_params["attachment"], "Attachment")

        async def look(reading: Reading) -> Response:
            found = await queries.one(reading, wanted)
            if found is None:
                return answer(request, NOTHING, 404)
            return to_be_saved(request, found.name, found.kind, found.scan, self._vault.pieces(found.place))

        return await self._traffic.in_turn(request, look)

    async def remove(self, request: Request) -> Response:
        """Remove a file that one's own agency attached; its content is destroyed once that is certain."""
        wanted = given_uuid(request.path_params["attachment"], "Attachment")
        key = self._traffic.key_of(request)
        unneeded: list[str | None] = []

        async def act(reading: Reading) -> Response:
            outcome, place = await commands.remove(reading, key, wanted)
            unneeded[:] = [place]
            if not isinstance(outcome, UUID):
                return problem_answer(request, outcome)
            return answer(request, {"removed": global_id("Attachment", outcome)}, 200)

        said = await self._traffic.in_turn(request, act)
        for place in filter(None, unneeded):
            await to_thread.run_sync(self._vault.drop, place)
        return said


def _written(found: AttachmentView) -> dict[str, Any]:
    return {
        "id": global_id("Attachment", found.id),
        "group": found.group.name,
        "name": found.name,
        "size": found.size,
        "scan": found.scan.name,
        "addedAt": found.added_at.isoformat(),
        "isOwn": found.is_own,
    }
