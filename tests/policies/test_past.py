"""A table that was kept explains its day: by the numbers that people know, with the reasons that still stand."""

from uuid import UUID

import pytest

from policies import engine
from policies.actor import Actor
from policies.explanation import GroupSight, of_another_day
from policies.past import grant_row, shown, table_of
from policies.permit import RecordFacts
from policies.rule_files import read_text
from policies.table import FILE, Table
from policies.vocabulary import AccessLevel, Action, CaseClass, DataGroup, Function, Relation

NOBODY = UUID(int=0)
HEALTH = Actor(NOBODY, NOBODY, NOBODY, Function.HEALTH, AccessLevel.PRACTITIONER)
CONCERN = RecordFacts(NOBODY, NOBODY, Relation.OPENER, frozenset({CaseClass.ALWAYS, CaseClass.ADULT}))
THEN = """
p, health, opener, always, practitioner, core, see, allow, it wrote it, R101
p, health, opener, always, practitioner, account, see, allow, nobody knows, R102
p, health, opener, referred, practitioner, evidence, see, allow, nobody knows, R103
p, health, opener, always, practitioner, identity, see, allow, nobody knows, R104
"""
TODAY = """
p, health, opener, always, practitioner, core, see, allow, it writes it, R101
p, health, opener, always, practitioner, account, summary, allow, in short, R102
p, health, opener, referred, practitioner, evidence, summary, allow, a referral, R103
p, health, opener, child, practitioner, contact, see, allow, a child, R105
"""


def then() -> dict[DataGroup, GroupSight]:
    past = table_of(Table(read_text(THEN, "then.csv")).rows)
    found = of_another_day(past, Table(read_text(TODAY, "today.csv")), HEALTH, [CONCERN])
    return {sight.group: sight for sight in found}


def test_what_was_open_then_is_explained_by_the_rules_of_then_and_the_reasons_of_today() -> None:
    sights = then()
    said = {
        group: [(reason.rule, reason.because) for reason in sight.reasons]
        for group, sight in sights.items()
        if sight.action
    }
    assert said == {
        DataGroup.CORE: [("R101", "it writes it")],
        DataGroup.ACCOUNT: [("R102", "in short")],
        DataGroup.IDENTITY: [("R104", "its reason was not kept with the table of that day")],
    }
    assert sights[DataGroup.ACCOUNT].action is Action.SEE


def test_what_would_have_opened_more_then_is_said_in_the_words_of_today() -> None:
    (opening,) = then()[DataGroup.EVIDENCE].openings
    assert (opening.rule, opening.because, opening.when) == ("R103", "a referral", frozenset({CaseClass.REFERRED}))


def test_what_is_telling_today_was_so_then() -> None:
    assert then()[DataGroup.CONTACT].is_telling
    assert not then()[DataGroup.HEALTH].is_telling


@pytest.mark.parametrize("function", Function)
def test_the_table_of_today_explains_today_alike(function: Function) -> None:
    """But for a wall's refusal: rows hold none."""
    kept = table_of(grant_row(line.split(",")) for line in FILE.read_text(encoding="utf-8").splitlines()[1:])
    actor = Actor(NOBODY, NOBODY, NOBODY, function, AccessLevel.PRACTITIONER)
    for relation in {row.relation for row in engine.rows() if row.function is function}:
        facts = RecordFacts(NOBODY, NOBODY, relation, frozenset({CaseClass.ALWAYS, CaseClass.ADULT}))
        today, past = (engine.explain(actor, [facts]), engine.explain_past(kept, actor, [facts]))
        assert [said(sight) for sight in past] == [said(sight) for sight in today]


def said(sight: GroupSight) -> tuple[object, ...]:
    """All but the reasons of a refusal."""
    reasons = frozenset((reason.rule, reason.because) for reason in sight.reasons if sight.action)
    return sight.group, sight.action, sight.is_telling, reasons, len(sight.openings)


def test_a_row_says_itself_and_nothing_else() -> None:
    row = next(iter(engine.rows()))
    assert grant_row(map(str, row)) == row
    words = [str(word) for word in row]
    for wrong in ([*words, "again"], words[1:], ["nobody", *words[1:]]):
        with pytest.raises(ValueError, match=r"zip|is not a valid"):
            grant_row(wrong)
    assert shown("R101 7") == shown("R101") == "R101"
