"""A GraphQL request read with suspicion: bounded bytes, one JSON object, nothing in it that could surprise later."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.types import Receive

from api.problems import Code, Problem

MAX_BYTES = 64 * 1024
_MAX_DEPTH = 32
_KEYS = frozenset({"query", "variables", "operationName", "extensions"})
# Strings are stepped over whole; possessive, so that no text makes the scan slower than its length.
_STRINGS_AND_BRACKETS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
# PostgreSQL stores no NUL; GraphQL's own escapes could smuggle one in past JSON.
_ESCAPED_NUL = re.compile(r"\\u(?:0000|\{0+\})")


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """What the client asks for, as it came."""

    query: str
    variables: Mapping[str, Any]
    operation_name: str | None


async def read_body(receive: Receive, declared: str | None) -> bytes:
    """The body, never more than the limit of it in memory."""
    if declared is not None and declared.isascii() and declared.isdigit() and len(declared) < 20:
        _check_size(int(declared))
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        _check_size(size)
        more = message.get("more_body", False)
    return b"".join(chunks)


def parse_request(body: bytes) -> GraphQLRequest:
    """The request in the body, or the problem that names what is wrong with it."""
    content = _object(body)
    if unknown := content.keys() - _KEYS:
        raise Problem(Code.BAD_REQUEST, f"{len(unknown)} unknown key(s); known are {', '.join(sorted(_KEYS))}.")
    query = content.get("query")
    if not isinstance(query, str) or not query.strip():
        raise Problem(Code.BAD_REQUEST, "query must be a string that holds a document.")
    if _ESCAPED_NUL.search(query):
        raise Problem(Code.BAD_REQUEST, "query holds the character U+0000, which cannot be stored.")
    name = content.get("operationName")
    if name is not None and not isinstance(name, str):
        raise Problem(Code.BAD_REQUEST, "operationName must be a string or null.")
    _optional_object(content, "extensions")
    return GraphQLRequest(query, _optional_object(content, "variables"), name or None)


def _check_size(size: int) -> None:
    if size > MAX_BYTES:
        raise Problem(Code.BODY_TOO_LARGE)


def _object(body: bytes) -> dict[str, Any]:
    _check_depth(body)
    try:
        content = json.loads(
            body.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_not_a_number, parse_float=_finite
        )
        if b"\\u" in body:
            _check_characters(content)
    except (ValueError, RecursionError):
        raise Problem(Code.BAD_REQUEST, "The body is not plain JSON in UTF-8.") from None
    if not isinstance(content, dict):
        raise Problem(Code.BAD_REQUEST, "The body must be one JSON object; batches are not served.")
    return content


def _check_depth(body: bytes) -> None:
    depth = 0
    for token in _STRINGS_AND_BRACKETS.finditer(body):
        character = token[0]
        depth += (character in (b"[", b"{")) - (character in (b"]", b"}"))
        if depth > _MAX_DEPTH:
            raise Problem(Code.BAD_REQUEST, f"The body nests deeper than {_MAX_DEPTH}.")


def _check_characters(content: object) -> None:
    # Half a surrogate pair is no character, and a NUL cannot be stored: both would fail far from here.
    text = json.dumps(content, ensure_ascii=False)
    text.encode("utf-8")
    if re.search(r"(?<!\\)(?:\\\\)*\\u0000", text):
        raise ValueError


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Problem(Code.BAD_REQUEST, "A key stands twice in one object.")
    return found


def _not_a_number(name: str) -> float:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError
    return number


def _optional_object(content: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = content.get(key)
    if value is not None and not isinstance(value, dict):
        raise Problem(Code.BAD_REQUEST, f"{key} must be an object or null.")
    return value or {}
