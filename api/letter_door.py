"""Letters as documents: `GET /cases/{case}/letters` lists them, `GET /letters/{letter}.pdf` is a copy for the agencies
on the case, `GET /letters/{letter}/to-post.pdf` the sheet for the envelope. What one may not see is like what is
nowhere."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.entering import entered
from api.identity.current import session_secret
from api.pdf import Plain, compiled
from api.problem_responses import json_response
from schema.node import given_uuid, global_id, lookup
from services.letters import queries
from services.letters.views import LetterView
from services.letters.writing import Written
from services.tools import Reading, Tools

OPERATION: Final = "Letters"  # no contract publishes it: no machine can list it
TEMPLATE: Final = (Path(__file__).parent / "letter.typ").read_bytes()
NOTHING: Final = {"problem": {"kind": "NotFound", "message": "There is no such thing here."}}
DISPOSITION: Final = 'attachment; filename="letter.pdf"'  # the name tells whoever sees it nothing of a case
Read = Callable[[Reading, UUID], Awaitable[Written | None]]


def routes(tools: Tools) -> list[Route]:
    """The three addresses."""

    async def listed(request: Request) -> Response:
        async def look(reading: Reading) -> Response:
            found = await queries.of_case(reading, lookup(request.path_params["case"], "Case"))
            return json_response({"letters": [_told(one) for one in found]}, 200, request.scope)

        return await _in_turn(tools, request, look)

    def document(read: Read) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            letter = given_uuid(request.path_params["letter"], "Letter")

            async def look(reading: Reading) -> Response:
                found = await read(reading, letter)
                if found is None:
                    return json_response(NOTHING, 404, request.scope)
                drawn = await run_in_threadpool(pdf_of, found)
                return Response(drawn, media_type="application/pdf", headers={"Content-Disposition": DISPOSITION})

            return await _in_turn(tools, request, look)

        return answer

    return [
        Route("/cases/{case}/letters", listed, methods=["GET"]),
        Route("/letters/{letter}.pdf", document(queries.copy), methods=["GET"]),
        Route("/letters/{letter}/to-post.pdf", document(queries.to_post), methods=["GET"]),
    ]


def _told(letter: LetterView) -> dict[str, str]:
    return {
        "id": global_id("Letter", letter.id),
        "addressee": letter.addressee.name,
        "matter": letter.matter.name,
        "day": letter.on_day.isoformat(),
    }


def pdf_of(letter: Written) -> bytes:
    """The words of the page, tagged."""

    def content(drawn: Plain) -> dict[str, str | list[str]]:
        paragraphs = [drawn(one) for one in letter.paragraphs]
        return {"language": letter.language, "heading": drawn(letter.heading), "paragraphs": paragraphs}

    return compiled(TEMPLATE, "letter", content)


async def _in_turn(tools: Tools, request: Request, look: Callable[[Reading], Awaitable[Response]]) -> Response:
    async with entered(tools, session_secret(request), OPERATION) as reading:
        return await look(reading)
