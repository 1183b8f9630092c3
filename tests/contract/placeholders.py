"""What is random in an answer becomes a word that says what it stands for, the same in every recording."""

import re
from base64 import urlsafe_b64decode
from binascii import Error as NoBase64
from collections import Counter
from collections.abc import Mapping
from typing import Any

CURSORS = frozenset({"cursor", "endCursor", "after"})
NOTICE = re.compile(r"N-[2-9B-Z]{4}-[2-9B-Z]{5}")
UID = re.compile(r"(?<=UID:)[0-9a-f-]{36}(?=@)")  # inside a calendar file
KEY = "<a fresh random UUID>"


class Placeholders:
    """Names learned from the story and from the answers: whatever has a name of its own gives it to its id."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}

    def name(self, reference: str, words: str) -> None:
        """From now on the record with this reference is called so."""
        self._words[reference] = f"<reference of {words}>"

    def call(self, text: str, words: str) -> None:
        """From now on this random text reads so."""
        self._words[text] = words

    def settle(self, node: Any) -> Any:
        """The same content without anything random; what has no name is numbered within this content."""
        self._learn(node)
        return _Settling(self._words).settled("", node)

    def _learn(self, node: Any) -> None:
        if isinstance(node, Mapping):
            if isinstance(node.get("id"), str) and (words := self._words_for(node)):
                self._words[node["id"]] = f"<id of {words}>"
            for part in node.values():
                self._learn(part)
        elif isinstance(node, list):
            for part in node:
                self._learn(part)

    def _words_for(self, node: Mapping[str, Any]) -> str | None:
        named = self._words.get(str(node.get("reference")))
        return named.removeprefix("<reference of ").removesuffix(">") if named else node.get("name")


class _Settling:
    """One content on its way."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        self._numbered: dict[str, str] = {}
        self._counts: Counter[str] = Counter()

    def settled(self, key: str, node: Any) -> Any:
        if isinstance(node, Mapping):
            return {name: self.settled(name, part) for name, part in node.items()}
        if isinstance(node, list):
            return [self.settled(key, part) for part in node]
        return self._text(key, node) if isinstance(node, str) else node

    def _text(self, key: str, text: str) -> str:
        if key == "idempotencyKey":
            return KEY
        if text in self._words:
            return self._words[text]
        kind = "cursor" if key in CURSORS else _kind_of(text) if key.endswith(("id", "Id")) else None
        kind = "reference of Notice" if NOTICE.fullmatch(text) else kind
        kind = "seal" if key == "sha256" else kind  # of a text that names random ids
        return self._number(kind, text) if kind else UID.sub("<the invitation's>", text)

    def _number(self, kind: str, text: str) -> str:
        if text not in self._numbered:
            self._counts[kind] += 1
            self._numbered[text] = f"<{kind} {self._counts[kind]}>"
        return self._numbered[text]


def _kind_of(public: str) -> str | None:
    try:
        return f"id of {urlsafe_b64decode(public).decode().partition(':')[0]}"
    except (NoBase64, UnicodeError):
        return None
