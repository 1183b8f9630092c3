"""The one door to the rules: proves them at start, decides, and mints every permit; a doubt never means yes."""

import configparser
import logging
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import casbin

from policies import explanation
from policies.actor import Actor
from policies.explanation import GroupSight
from policies.permit import _MINT, Permit, RecordFacts
from policies.rule_files import RuleError, read_rules
from policies.sight import Sight
from policies.table import FILE, GrantRow, Table
from policies.vocabulary import (
    ACT_GROUP,
    CONTENT_ACTIONS,
    AccessLevel,
    Action,
    CaseClass,
    DataGroup,
    Function,
    Relation,
)

MODEL: Final = Path(__file__).with_name("model.conf")
SOME_ALLOW_AND_NO_DENY: Final = "some(where (p.eft == allow)) && !some(where (p.eft == deny))"
INDEXED: Final = (0, 4)  # function and group: the library walks its index two levels deep and no deeper

_log = logging.getLogger(__name__)


@cache
def table() -> Table:
    """The compiled rules, refused at start unless they equal the committed table and what Casbin says of every row."""
    compiled = Table(read_rules())
    if FILE.read_text(encoding="utf-8") != compiled.text:
        raise RuleError("policies/table.csv is not what the rules say: run `python -m policies` and review the change")
    prove(compiled, Casbin(compiled.rows))
    return compiled


def rows() -> Iterable[GrantRow]:
    """The table's rows, as PostgreSQL keeps them for this version."""
    return table().rows


def version() -> str:
    """The name of this set of rows."""
    return table().version


def permit(
    actor: Actor,
    standings: Sequence[RecordFacts],
    asked: frozenset[DataGroup],
    act: Action,
    to_write: frozenset[DataGroup] = frozenset(),
) -> Permit | None:
    """What this actor may do with this record, within what was asked; None where the act, or one write, is refused."""
    if len({(standing.record_id, standing.classes) for standing in standings}) != 1:
        return None
    sight = Sight(table(), actor, standings)
    live = sight.groups(asked | {ACT_GROUP}, Action.SEE)
    pins, items = sight.pins(asked - live), sight.items(asked)
    opened = live | pins.keys() | items.keys()
    summary = sight.groups(asked - opened, Action.SUMMARY)
    record = sight.groups(to_write, Action.RECORD)
    begins = all(standing.relation is Relation.UNRELATED for standing in standings) and act not in CONTENT_ACTIONS
    if not (begins or ACT_GROUP in live) or not sight.groups({ACT_GROUP}, act) or record != to_write:
        return None
    return Permit(
        actor=actor,
        record_id=standings[0].record_id,
        involvement_ids=frozenset(standing.involvement_id for standing in standings if standing.involvement_id),
        relations=frozenset(standing.relation for standing in standings),
        classes=standings[0].classes,
        action=act,
        see=live | pins.keys(),
        summary=summary,
        record=record,
        silent=sight.silent(asked),
        pins=pins,
        items=items,
        rules=tuple(sorted(sight.rules)),
        minted_by=_MINT,
    )


def explain(actor: Actor, standings: Sequence[RecordFacts]) -> tuple[GroupSight, ...]:
    """Why each group is open to this actor or not, by the same cells as their permit."""
    return explanation.explain(table(), actor, standings)


def explain_past(kept: Table, actor: Actor, standings: Sequence[RecordFacts]) -> tuple[GroupSight, ...]:
    """The same by a table that was in force on another day."""
    return explanation.of_another_day(kept, table(), actor, standings)


def reasons() -> Mapping[str, str]:
    """Why each rule of today exists, by its number."""
    return table().reasons


class Casbin:
    """Casbin over the same rows: the second opinion that the table is proven against, never asked per record."""

    def __init__(self, policy: Iterable[GrantRow]) -> None:
        """Load the rows; a model that could loosen a rule is refused before the first one."""
        refuse_loose_model(MODEL.read_text(encoding="utf-8"))
        self._enforcer: Any = casbin.FastEnforcer(str(MODEL), cache_key_order=INDEXED)
        held = self._enforcer.get_model()["p"]["p"].policy
        for row in policy:
            *fields, rule = row
            held.append([*map(str, fields), "see the rule files", rule])
        if not len(held):
            raise RuleError("no rule reached Casbin: with none it allows what it is asked with empty words")

    def enforce(
        self,
        function: Function,
        relation: Relation,
        classes: frozenset[CaseClass],
        access_level: AccessLevel,
        group: DataGroup,
        action: Action,
    ) -> bool:
        """Yes only where Casbin says exactly yes to a complete question; an error is a no."""
        words = (function, relation, access_level, group, action)
        try:
            if not classes or not all(isinstance(word, str) and word for word in (*words, *classes)):
                return False
            answer = self._enforcer.enforce(function, relation, frozenset(classes), access_level, group, action)
        except Exception as problem:  # noqa: BLE001 - whatever goes wrong in the library must end as a refusal
            _log.error("Casbin could not answer and the answer is no: %s", type(problem).__name__)
            return False
        return answer is True


def prove(compiled: Table, second: Casbin) -> None:
    """Ask both about every row of the table, and about nothing; any difference stops the start."""
    for row in compiled.rows:
        function, relation, case_class, level, group, action, _, rule = row
        classes = frozenset({CaseClass.ALWAYS, case_class})
        answer = compiled.decide(function, relation, classes, level, group, action)
        if second.enforce(function, relation, classes, level, group, action) is not answer.allowed:
            raise RuleError(f"Casbin and the compiled table differ about {rule}: {'/'.join(row)}")


def refuse_loose_model(text: str) -> None:
    """Positions that agree, the rule number last, deny beats allow, and plain equality only."""
    model = configparser.ConfigParser(interpolation=None)
    model.read_string(text)
    request = [word.strip() for word in model["request_definition"]["r"].split(",")]
    policy = [word.strip() for word in model["policy_definition"]["p"].split(",")]
    if policy[: len(request)] != request or policy[len(request) :] != ["eft", "because", "rule"]:
        raise RuleError("model.conf: request and policy must name the same words at the same places, the rule last")
    if model["policy_effect"]["e"] != SOME_ALLOW_AND_NO_DENY:
        raise RuleError(f"model.conf: the effect must be `{SOME_ALLOW_AND_NO_DENY}`")
    terms = [f"r.{word} == p.{word}" if word != "when" else "p.when in r.when" for word in request]
    if model["matchers"]["m"] != " && ".join(terms):
        raise RuleError("model.conf: the matcher must compare every word for equality; patterns match too much")
