"""What readers ask: pages, look-ups, writes, mistakes and the other doors, drawn for each pair anew."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.noninterference.differences import MESSAGE
from tests.noninterference.file_asks import FILES, about_files
from tests.noninterference.language import Document, Mutation, Writer, looks_up, mutations, pages, roots
from tests.noninterference.scene import Reader
from tests.noninterference.side import Ask
from tests.noninterference.values import Values
from tests.services.imports import upstream

BROKEN = (
    "{ viewer { name ",
    "{ viewer { secret } }",
    "{ viewer(id: 1) { name } }",
    "{ ...F } fragment F on Query { ...F }",
    "query ($first: Int!) { worklist(first: $first) { edges { cursor } } }",
    "mutation { signOutEverywhere { endedSessions } openConcern { case { id } } }",
    "{ worklist(first: 0) { edges { cursor } } }",
    "{ worklist(first: 101) { edges { cursor } } }",
    "{ worklist(first: 99999999999) { edges { cursor } } }",
    '{ worklist(after: "") { edges { cursor } } }',
    '{ notices(after: "AAAA") { edges { cursor } } }',
    "{ case { id } }",
    '{ case(id: "x", reference: "x") { id } }',
    "{ __schema { types { name } } }",
    '{ __type(name: "Case") { fields { name } } }',
)
DOORS = (
    Ask("/", method="GET", path="/"),
    Ask("/sign-in", method="GET", path="/sign-in"),
    Ask("/sign-in/{slug}", method="GET", path="/sign-in/hidden"),
    Ask("/health/live", method="GET", path="/health/live"),
    Ask("/graphql", method="GET", path="/graphql"),
    Ask(
        "/oauth/token",
        b"grant_type=client_credentials&client_assertion=x.y.z",
        "/oauth/token",
        kind="application/x-www-form-urlencoded",
    ),
    Ask("/imports/referrals", b"[]", "/imports/referrals"),
)
OFTEN = {"worklist": 4}  # several lists in one: its scopes, orders and filters
DEEP = 2  # documents about each look-up alone
MANY, AGAIN = 12, 3  # documents about the one field that is asked for, and how often each reader asks


@dataclass
class Library:
    """Documents that are written once and asked many times with other values; when it is `about` one field of Query or
    Mutation, those that ask for it alone; when about another door, none, and people ask at that door only."""

    dice: random.Random
    rounds: int = 4
    about: str | None = None
    broad: list[Document] = field(default_factory=list)
    looking_up: list[Document] = field(default_factory=list)
    paging: list[Document] = field(default_factory=list)
    alone: list[Document] = field(default_factory=list)
    writing: dict[str, Mutation] = field(default_factory=mutations)

    def __post_init__(self) -> None:
        """Every root field stands in some document of its kind; about one field, only documents that ask for it."""
        if self.about is not None:
            self.alone = [self._written([self.about] * 2) for _ in range(MANY)] if self.about in roots() else []
            return
        plain = [name for name, root in roots().items() if not looks_up(root)]
        named = [name for name, root in roots().items() if looks_up(root)]
        for _ in range(self.rounds):
            self.broad += [self._written(part) for part in self._parts(plain, 5)]
            self.looking_up += [self._written(part * 2) for part in self._parts(named, 4)]
            lists = [name for name in plain if pages(roots()[name])]
            self.paging += [self._written([name]) for name in lists for _ in range(OFTEN.get(name, 1))]
        # One look-up alone has room for what stands deep in its answer, such as the steps of a request within a case.
        self.alone = [self._written([name] * 2) for name in named * DEEP]

    def _parts(self, names: list[str], size: int) -> Iterator[list[str]]:
        drawn = self.dice.sample(names, len(names))
        yield from (drawn[start : start + size] for start in range(0, len(drawn), size))

    def _written(self, names: list[str]) -> Document:
        return Writer(self.dice).query(names)

    def asks(self, reader: Reader | None, values: Values, *, only_looks: bool = False) -> Iterator[Ask]:
        """The requests of one pair, but for the walk through pages."""
        if reader is not None and reader.level == "service":
            yield self._import(values)
            return
        if self.about is None and values.dice.random() < 0.1:
            yield from about_files(values, only_looks=only_looks)
        if self.about is not None:
            yield from self._about(values, only_looks=only_looks)
            return
        document = values.dice.choice(values.dice.choice([self.broad, self.looking_up, self.alone]))
        yield Ask(" ".join(document.roots), document.filled(values, after=None))
        write = values.dice.choice(list(self.writing.values()))
        if not only_looks:
            yield Ask(write.name, write.filled(values))
        if values.dice.random() < 0.2:
            yield Ask("a mistake", json.dumps({"query": values.dice.choice(BROKEN)}).encode())
        if values.dice.random() < 0.1:
            yield values.dice.choice(DOORS)

    def _about(self, values: Values, *, only_looks: bool) -> Iterator[Ask]:
        """Nothing but the one question, again with other values; files are also acted on."""
        if self.about == FILES:
            yield from about_files(values, only_looks=only_looks)
        for _ in range(AGAIN):
            if self.about == FILES:
                yield from about_files(values, only_looks=True)
            elif self.alone:
                document = values.dice.choice(self.alone)
                yield Ask(" ".join(document.roots), document.filled(values, after=None))
            elif self.about in self.writing:
                yield Ask(self.about, self.writing[self.about].filled(values))

    def _import(self, values: Values) -> Ask:
        """Forms that other agencies' systems may have sent before, under the same number."""
        form = upstream.message(values.dice.choice(("adult_with_support_by_phone", "adult_without_support")))
        sent = [form | {"ExternalId": number} for number in (MESSAGE, MESSAGE[::-1])]
        return Ask("/imports/referrals", json.dumps(sent).encode(), "/imports/referrals")
