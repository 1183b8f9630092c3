"""Messages are cut out of a body as they are in it, however the network cuts the body."""

import json
from typing import Any

import pytest

from api.message_stream import MOST_BYTES, BrokenListError, Cutter, LineCutter, ListCutter

ODD: list[Any] = [{"a": '"]},{'}, [], "\\", {"b": [{"c": '\\"'}]}, None, 1.5, {"é": "\u2028"}, {"": {"": []}}]


def cut(cutter: Cutter, body: bytes, size: int) -> list[bytes | None]:
    """Everything that is cut out when the body comes in pieces of this size."""
    found = [text for place in range(0, len(body), size) for text in cutter.feed(body[place : place + size])]
    return [*found, *cutter.end()]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 10_000])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_is_cut_between_its_messages(size: int, indent: int | None) -> None:
    body = json.dumps(ODD, indent=indent, ensure_ascii=False).encode()

    assert [json.loads(text or b"") for text in cut(ListCutter(), body, size)] == ODD


@pytest.mark.parametrize("size", [1, 2, 3, 7, 10_000])
@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n\r\n"])
def test_lines_are_messages_and_empty_lines_are_none(size: int, ending: bytes) -> None:
    body = b"\n\n".join(json.dumps(one).encode() for one in ODD) + ending

    assert [json.loads(text or b"") for text in cut(LineCutter(), body, size)] == ODD


@pytest.mark.parametrize("body", [b"[]", b" [ ] ", b"\xef\xbb\xbf[]\n"])
def test_an_empty_list_is_a_list(body: bytes) -> None:
    assert cut(ListCutter(), body, 100) == []


BROKEN = [b"", b" ", b"{}", b"1", b"[", b"[1,]", b"[,1]", b"[1,,2]", b"[1] x", b"[1][2]", b"[1}", b'[{"a":1}', b'["a]']


@pytest.mark.parametrize("body", BROKEN)
@pytest.mark.parametrize("size", [1, 100])
def test_what_is_no_list_is_broken(body: bytes, size: int) -> None:
    with pytest.raises(BrokenListError):
        cut(ListCutter(), body, size)


@pytest.mark.parametrize("cutter", [LineCutter, ListCutter])
def test_a_message_that_is_too_large_is_dropped_and_the_next_one_is_whole(cutter: type[Cutter]) -> None:
    large = b'"' + b"x" * MOST_BYTES + b'"'
    body = b"1\n" + large + b"\n2" if cutter is LineCutter else b"[1," + large + b",2]"

    assert cut(cutter(), body, 64 * 1024) == [b"1", None, b"2"]
