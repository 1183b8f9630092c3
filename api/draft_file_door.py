"""Files of drafts come and go like those of cases: `POST /drafts/{draft}/files/{group}`, `GET /drafts/{draft}/files`,
`GET` and `DELETE /draft-files/{file}`. Another agency's draft is answered like one that is nowhere."""

from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.attachment_door import GROUPS
from api.file_traffic import NOTHING, Traffic, answer, problem_answer, to_be_saved
from schema.node import given_uuid, global_id
from services.attachments.preparing import Prepared
from services.attachments.vault import Vault
from services.drafts import files
from services.drafts.views import DraftFileView
from services.tools import Reading


class DraftFileDoor:
    """The four addresses of files of drafts."""

    def __init__(self, traffic: Traffic, vault: Vault) -> None:
        self._traffic, self._vault = traffic, vault

    def routes(self) -> list[Route]:
        """Every address with its methods."""
        return [
            Route("/drafts/{draft}/files/{group}", self.add, methods=["POST"]),
            Route("/drafts/{draft}/files", self.listed, methods=["GET"]),
            Route("/draft-files/{file}", self.download, methods=["GET"]),
            Route("/draft-files/{file}", self.remove, methods=["DELETE"]),
        ]

    async def add(self, request: Request) -> Response:
        """Keep the body as a file of a draft, in a group that its case will have."""
        to = (given_uuid(request.path_params["draft"], "Draft"), GROUPS.get(request.path_params["group"]))

        async def keep(reading: Reading, key: str, file: Prepared) -> Response:
            outcome = await files.add(reading, self._vault, key, to, file)
            if not isinstance(outcome, UUID):
                return problem_answer(request, outcome)
            found = await files.one(reading, outcome)
            return answer(request, {"file": _written(found) if found else None}, 201)

        return await self._traffic.taken_in(request, keep)

    async def listed(self, request: Request) -> Response:
        """The files of a draft."""

        async def look(reading: Reading) -> Response:
            found = await files.of_draft(reading, given_uuid(request.path_params["draft"], "Draft"))
            if found is None:
                return answer(request, NOTHING, 404)
            return answer(request, {"files": [_written(one) for one in found]}, 200)

        return await self._traffic.in_turn(request, look)

    async def download(self, request: Request) -> Response:
        """One file."""

        async def look(reading: Reading) -> Response:
            found = await files.one(reading, given_uuid(request.path_params["file"], "DraftFile"))
            if found is None:
                return answer(request, NOTHING, 404)
            return to_be_saved(request, found.name, found.kind, found.scan, self._vault.pieces(found.place))

        return await self._traffic.in_turn(request, look)

    async def remove(self, request: Request) -> Response:
        """Remove a file; what it held is destroyed by the worker."""
        key = self._traffic.key_of(request)

        async def act(reading: Reading) -> Response:
            outcome = await files.remove(reading, key, given_uuid(request.path_params["file"], "DraftFile"))
            if not isinstance(outcome, UUID):
                return problem_answer(request, outcome)
            return answer(request, {"removed": global_id("DraftFile", outcome)}, 200)

        return await self._traffic.in_turn(request, act)


def _written(found: DraftFileView) -> dict[str, Any]:
    return {
        "id": global_id("DraftFile", found.id),
        "group": found.group.name,
        "name": found.name,
        "size": found.size,
        "scan": found.scan.name,
        "addedAt": found.added_at.isoformat(),
    }
