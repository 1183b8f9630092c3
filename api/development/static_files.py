"""The page's own files, read once at start: right types, ETags, and nothing that is not on the list."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.development.examples import Example

PREFIX = "/static"
EXAMPLES = "operations.json"
ASSETS = Path(__file__).parent / "assets"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file as it is sent."""

    content: bytes
    media_type: str
    etag: str

    @classmethod
    def of(cls, name: str, content: bytes) -> "StaticFile":
        """The file with the type that its name stands for."""
        etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        return cls(content, f"{_TYPES[Path(name).suffix]}; charset=utf-8", etag)

    def answer(self, request: Request) -> Response:
        """The file, or 304 to a browser that already has it."""
        # A browser may keep the file but asks each time: the demo changes under its feet.
        headers = {"ETag": self.etag, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        held = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
        if self.etag in held or "*" in held:
            return Response(status_code=304, headers=headers)
        return Response(self.content, headers=headers | {"Content-Type": self.media_type})


def static_route(examples: Iterable[Example]) -> Route:
    """GET /static/{name}: the assets and the example operations; any other name is not found."""
    files = {path.name: path.read_bytes() for path in ASSETS.iterdir() if path.suffix in _TYPES}
    files[EXAMPLES] = json.dumps([example.as_fields() for example in examples], ensure_ascii=False).encode()
    known = {name: StaticFile.of(name, content) for name, content in files.items()}

    async def send(request: Request) -> Response:
        file = known.get(request.path_params["name"])
        if file is None:
            raise HTTPException(status_code=404)
        return file.answer(request)

    return Route(f"{PREFIX}/{{name}}", send, methods=["GET"])
