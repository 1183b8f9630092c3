"""Which groups an answer disclosed: read from its bytes by the published schema alone, never by asking the server."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, GraphQLUnionType, build_schema, get_named_type

from api.contract import SCHEMA

RECORDS = frozenset({"Case", "DutyToNotifyRecord"})
ALONE = frozenset(
    {"Meeting", "FollowedAction"}
)  # entries that name their record, and show the core and their own group
FILES = frozenset({"CaseFiles"})  # a list of groups by their names, each of which is looked at
WITHHELD = "Withheld"
SUMMARY = "Summary"


@dataclass(slots=True)
class Seen:
    """Of one record: groups seen whole, in summary, withheld, and those that were asked for and answered with null."""

    whole: set[str] = field(default_factory=set)
    summary: set[str] = field(default_factory=set)
    withheld: set[str] = field(default_factory=set)
    null: set[str] = field(default_factory=set)


class Judge:
    """Knows the published schema."""

    def __init__(self, sdl: str) -> None:
        self._schema: GraphQLSchema = build_schema(sdl)
        self._groups = {
            name: group for name, kind in self._schema.type_map.items() if (group := _directive(kind)) is not None
        }
        self._entries = {name: str(_directive(self._schema.type_map[name], "entry")) for name in ALONE}

    @classmethod
    def of_the_contract(cls) -> "Judge":
        """As a front end would build it."""
        return cls(SCHEMA.read_text(encoding="utf-8"))

    def seen(self, body: bytes) -> dict[str, Seen]:
        """By reference, what the answer says of each record."""
        found: dict[str, Seen] = defaultdict(Seen)
        for record in _nodes(json.loads(body), RECORDS):
            self._note(record, found[record["reference"]])
        for alone in _nodes(json.loads(body), ALONE):
            found[alone["caseReference"]].whole |= {"core", self._entries[alone["__typename"]]}
        for listed in _nodes(json.loads(body), FILES):
            found[listed["caseReference"]].whole.add("core")
            for one in listed["groups"]:
                of_case = found[listed["caseReference"]]
                (of_case.null if one["files"] is None else of_case.whole).add(one["group"].lower())
        return dict(found)

    def _note(self, record: Mapping[str, Any], seen: Seen) -> None:
        seen.whole.add(self._groups[record["__typename"]])
        for name, value in record.items():
            kind = get_named_type(self._fields(record)[name].type) if name != "__typename" else None
            if not isinstance(kind, GraphQLUnionType):
                continue
            if value is None:
                seen.null.add(self._group_of(kind))
            elif value["__typename"] == WITHHELD:
                seen.withheld.add(value["group"].lower())
            else:
                of_this = seen.summary if value["__typename"].endswith(SUMMARY) else seen.whole
                of_this.add(self._groups[value["__typename"]])

    def _fields(self, record: Mapping[str, Any]) -> Mapping[str, GraphQLField]:
        kind = self._schema.type_map[record["__typename"]]
        assert isinstance(kind, GraphQLObjectType)
        fields: Mapping[str, GraphQLField] = kind.fields
        return fields

    def _group_of(self, union: GraphQLUnionType) -> str:
        (group,) = {self._groups[member.name] for member in union.types if member.name != WITHHELD}
        return group


def faults(seen: Mapping[str, Seen], lines: Iterable[Mapping[str, Any]], told: Mapping[UUID, str]) -> list[str]:
    """Where the answer and the access records written for it differ; `told` gives each record's reference.

    A null is an empty group or one that is not even called withheld, so the ledger may have it either way; but it must
    have it. Everything else must be the same on both sides.
    """
    logged = _logged(lines, told)
    found = [f"{reference} is in the answer only" for reference in seen.keys() - logged.keys()]
    found += [f"{reference} is in the ledger only" for reference in logged.keys() - seen.keys()]
    for reference in seen.keys() & logged.keys():
        answer, ledger = seen[reference], logged[reference]
        for kind in ("whole", "summary", "withheld"):
            ours, theirs = getattr(answer, kind), getattr(ledger, kind)
            found += [f"{reference}: {group} ({kind}) is in the answer only" for group in ours - theirs]
            found += [f"{reference}: {group} ({kind}) is in the ledger only" for group in theirs - ours - answer.null]
        known = ledger.whole | ledger.summary | ledger.withheld
        found += [f"{reference}: {group} was asked for and is not in the ledger" for group in answer.null - known]
    return sorted(found)


def _shows(line: Mapping[str, Any]) -> bool:
    """Refusals and handovers show nothing; lists and readings of the ledger have no group; and an act that asked for no
    more than the core did something to the record, whose showing, if it is shown, has a line of its own. A draft is no
    record, and has no group."""
    opened = {*line["groups"], *line["summaries"], *line["pins"]}
    is_draft = line["act"].startswith("draft.")
    if is_draft or line["verdict"] in ("refused", "handed_over") or not (opened or line["items"]):
        return False
    return line["act"] == "see" or opened != {"core"} or bool(line["items"])


def _logged(lines: Iterable[Mapping[str, Any]], told: Mapping[UUID, str]) -> dict[str, Seen]:
    found: dict[str, Seen] = defaultdict(Seen)
    for line in lines:
        if _shows(line):
            seen = found[told[line["record_id"]]]
            seen.whole |= set(line["groups"]) | {part.partition(":")[0] for part in (*line["pins"], *line["items"])}
            seen.summary |= set(line["summaries"])
            seen.withheld |= set(line["refused"])
    return dict(found)


def _nodes(node: Any, kinds: frozenset[str]) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        if node.get("__typename") in kinds:
            yield node
        for part in node.values():
            yield from _nodes(part, kinds)
    elif isinstance(node, list):
        for part in node:
            yield from _nodes(part, kinds)


def _directive(kind: Any, named: str = "group") -> str | None:
    """The group of a type, from the directive in the text: `type Identity @group(name: IDENTITY)`."""
    for directive in getattr(getattr(kind, "ast_node", None), "directives", None) or ():
        if directive.name.value == named:
            return str(directive.arguments[0].value.value).lower()
    return None
