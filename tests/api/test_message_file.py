"""A file is one JSON object of a plausible size, or a sentence says why not; its content is never repeated."""

from pathlib import Path

import pytest

from api.message_file import MOST_BYTES, NoMessageError, read_message

SECRET = "Testo Inventedman"


def saved(folder: Path, content: bytes) -> Path:
    file = folder / "message.json"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("content", [b'{"Type": "560734"}', b'\xef\xbb\xbf{"Type": "560734"}\n'])
def test_an_object_is_read(tmp_path: Path, content: bytes) -> None:
    assert read_message(saved(tmp_path, content)) == {"Type": "560734"}


def test_a_message_of_the_greatest_size_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    frame = b'{"Type": ""}'
    largest = b'{"Type": "' + b"x" * (MOST_BYTES - len(frame)) + b'"}'
    assert read_message(saved(tmp_path, largest)) == {"Type": "x" * (MOST_BYTES - len(frame))}
    with pytest.raises(NoMessageError, match="larger than 2 MiB"):
        read_message(saved(tmp_path, largest + b" "))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "holds no JSON"),
        (b"Testo Inventedman", "holds no JSON"),
        (b'{"Testo Inventedman": ', "holds no JSON"),
        (b"[" * 100_000, "holds no JSON"),
        (b"1" * 5_000, "holds no JSON"),
        (b'{"Testo Inventedman": NaN}', "a number that JSON does not have"),
        (b'[{"Type": "560734"}]', "holds a list"),
        (b'{"Type": "560734", "Type": "662265"}', "a key twice"),
        (b'{"Testo Inventedman": "\xff"}', "not text in UTF-8"),
    ],
)
def test_what_cannot_be_a_message_is_one_sentence(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(NoMessageError, match=why) as problem:
        read_message(saved(tmp_path, content))
    assert SECRET not in str(problem.value)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize("name", [".", "missing.json", "no\0name"])
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(NoMessageError, match="cannot be read"):
        read_message(tmp_path / name)
