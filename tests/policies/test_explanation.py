"""An explanation says what a permit holds, and the same whatever is true of the record that its reader may not know."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from uuid import UUID

import pytest

from policies import engine
from policies.actor import Actor
from policies.explanation import GroupSight, explain
from policies.permit import RecordFacts
from policies.rule_files import read_folder, read_text
from policies.table import TOLD_BY, Table
from policies.vocabulary import AccessLevel, Action, CaseClass, DataGroup, Effect, Function, Relation
from services.cases.access import access_view
from services.cases.access_views import Verdict
from tests.policies.letters import class_sets

NOBODY = UUID(int=0)
EVERYTHING = frozenset(DataGroup)
Place = tuple[Function, Relation, AccessLevel]


@cache
def places() -> list[Place]:
    """Everybody whom some rule lets know of a record; asked when tests are collected, and so without the engine."""
    known = {
        (row.function, row.relation, row.access_level)
        for row in Table(read_folder()).rows
        if (row.data_group, row.action, row.effect) == (DataGroup.CORE, Action.SEE, Effect.ALLOW)
    }
    return sorted(known)


def standing_in(function: Function) -> list[Place]:
    return [place for place in places() if place[0] is function]


def readers(place: Place) -> Iterator[tuple[Actor, tuple[RecordFacts, ...]]]:
    """This reader before every record there can be."""
    function, relation, level = place
    for classes in class_sets():
        facts = RecordFacts(NOBODY, NOBODY, relation, classes)
        yield Actor(NOBODY, NOBODY, NOBODY, function, level), (facts,)


def about(actor: Actor, facts: tuple[RecordFacts, ...]) -> dict[DataGroup, GroupSight]:
    return {sight.group: sight for sight in engine.explain(actor, facts)}


@pytest.mark.parametrize("function", Function)
def test_an_explanation_opens_what_the_permit_opens(function: Function) -> None:
    for actor, facts in (reader for place in standing_in(function) for reader in readers(place)):
        permit = engine.permit(actor, facts, EVERYTHING, Action.SEE)
        if permit is None:
            continue
        sights = about(actor, facts)
        assert {group for group, sight in sights.items() if sight.action is Action.SEE} == permit.see
        assert {group for group, sight in sights.items() if sight.action is Action.SUMMARY} == permit.summary
        assert {group for group, sight in sights.items() if sight.is_telling} == permit.silent
        named = {reason.rule for sight in sights.values() if sight.action for reason in sight.reasons}
        assert set(permit.rules) <= named
        plain = {reason.rule for sight in sights.values() if not sight.is_telling for reason in sight.reasons}
        assert plain & _allowing() <= set(permit.rules)


@pytest.mark.parametrize("place", places())
def test_a_group_in_which_nothing_stands_is_explained_alike_whatever_is_hidden(place: Place) -> None:
    """Two records that a reader can't tell apart sound the same."""
    heard: dict[tuple[DataGroup, frozenset[CaseClass]], set[object]] = {}
    for actor, facts in readers(place):
        sights = about(actor, facts)
        known = frozenset(
            word for word in facts[0].classes if word in TOLD_BY and _is_always_read(place, TOLD_BY[word])
        )
        for view in access_view(sights.values(), {facts[0].relation}, frozenset(), ()).groups:
            heard.setdefault((view.group, known), set()).add(view)
    assert {place: views for place, views in heard.items() if len(views) > 1} == {}


@pytest.mark.parametrize("function", Function)
def test_every_rule_that_is_named_says_what_it_says_in_the_rules(function: Function) -> None:
    for actor, facts in (reader for place in standing_in(function) for reader in readers(place)):
        for sight in engine.explain(actor, facts):
            for reason in (*sight.reasons, *sight.openings):
                assert engine.table().because(reason.rule) == reason.because
            assert sight.action is None or sight.reasons, sight
            assert not (sight.is_telling and sight.openings)


def test_what_would_open_a_group_opens_it() -> None:
    for place in places():
        for actor, (facts,) in readers(place):
            for group, sight in about(actor, (facts,)).items():
                for reason in sight.openings:
                    for word in reason.when:
                        other = {CaseClass.ADULT: CaseClass.CHILD, CaseClass.CHILD: CaseClass.ADULT}.get(word)
                        more = frozenset({*facts.classes, word} - {other})
                        cell = (actor.access_level, group, reason.action)
                        assert engine.table().decide(actor.function, facts.relation, more, *cell).allowed


RULES = """
p, health, opener, always, practitioner, core|clocks, see, allow, it wrote it, R101
p, health, opener, always, practitioner, account, summary, allow, in short, R102
p, health, opener, referred, practitioner, account|evidence, see, allow, a referral, R103
p, health, opener, referred, practitioner, clocks, summary, deny, no longer, R104
p, health, opener, always, practitioner, health, see|summary, deny, never, R105
p, health, treating, always, practitioner, core|evidence, see, allow, it treats, R106
p, health, treating, always, practitioner, clocks|account, see, deny, not for treatment, R107
p, health, opener, referred, practitioner, contact, summary, allow, a referral in short, R108
p, health, opener, child, practitioner, immigration, see, allow, a child, R109
p, health, opener, referred, practitioner, immigration, see, deny, no longer, R110
p, health, treating, always, practitioner, identity, see, allow, it treats somebody, R111
p, health, treating, child, practitioner, child_protection, see, allow, a child, R112
p, health, treating, adult, practitioner, child_protection, see, deny, no child, R113
p, health, treating, child|referred, practitioner, wishes, see, allow, a child or a referral, R114
p, health, treating, referred, practitioner, wishes, see, deny, not of a referral, R115
"""
CONCERN = frozenset({CaseClass.ALWAYS, CaseClass.ADULT})


def told(facts: RecordFacts, group: DataGroup, *others: RecordFacts) -> GroupSight:
    actor = Actor(NOBODY, NOBODY, NOBODY, Function.HEALTH, AccessLevel.PRACTITIONER)
    table = Table(read_text(RULES, "test.csv"))
    return next(sight for sight in explain(table, actor, [facts, *others]) if sight.group is group)


def opener(classes: frozenset[CaseClass], scope: frozenset[DataGroup] | None = None) -> RecordFacts:
    return RecordFacts(NOBODY, NOBODY, Relation.OPENER, classes, scope)


def test_what_is_not_true_yet_is_said_where_its_reader_would_know_it() -> None:
    account = told(opener(CONCERN), DataGroup.ACCOUNT)
    assert (account.action, [reason.rule for reason in account.reasons]) == (Action.SUMMARY, ["R102"])
    assert [(reason.rule, reason.action, reason.when) for reason in account.openings] == [
        ("R103", Action.SEE, frozenset({CaseClass.REFERRED}))
    ]
    evidence = told(opener(CONCERN), DataGroup.EVIDENCE)
    assert (evidence.action, evidence.reasons) == (None, ())
    assert [reason.rule for reason in evidence.openings] == ["R103"]
    view = access_view([evidence], {Relation.OPENER}, frozenset(), ()).groups[0]
    assert view.would_change == (
        "You would see the whole of it if this were true: A referral has been submitted. (R103: a referral.)",
    )


def test_who_were_a_child_would_be_no_adult_any_more() -> None:
    treating = RecordFacts(NOBODY, NOBODY, Relation.TREATING, CONCERN)
    protection = told(treating, DataGroup.CHILD_PROTECTION)
    assert (protection.action, [reason.rule for reason in protection.reasons]) == (None, ["R113"])
    assert [(reason.rule, reason.when) for reason in protection.openings] == [("R112", frozenset({CaseClass.CHILD}))]


def test_nothing_is_promised_that_would_be_refused_in_one_of_the_ways_to_come_to_it() -> None:
    treating = RecordFacts(NOBODY, NOBODY, Relation.TREATING, CONCERN)
    wishes = told(treating, DataGroup.WISHES)
    assert (wishes.action, wishes.is_telling, wishes.openings) == (None, False, ())


def test_a_short_form_that_would_open_is_promised_where_nothing_is_open() -> None:
    contact = told(opener(CONCERN), DataGroup.CONTACT)
    assert [(reason.rule, reason.action) for reason in contact.openings] == [("R108", Action.SUMMARY)]


def test_what_could_tell_a_hidden_fact_is_neither_narrowed_nor_promised() -> None:
    immigration = told(opener(CONCERN, frozenset()), DataGroup.IMMIGRATION)
    assert (immigration.is_telling, immigration.is_narrowed, immigration.openings) == (True, False, ())


def test_what_could_tell_a_hidden_fact_is_explained_by_the_rules_that_could_open_it_alone() -> None:
    """Neither a fact nor a refusal changes them."""
    for more in (CaseClass.ADULT, CaseClass.CHILD, CaseClass.REFERRED):
        immigration = told(opener(frozenset({CaseClass.ALWAYS, more})), DataGroup.IMMIGRATION)
        assert [(reason.rule, reason.action) for reason in immigration.reasons] == [("R109", Action.SEE)]


def test_what_is_open_as_it_stands_today_is_not_said_to_be_open_at_a_version() -> None:
    classes = CONCERN | {CaseClass.REFERRED}
    pinned = RecordFacts(NOBODY, NOBODY, Relation.OPENER, classes, frozenset(), {DataGroup.EVIDENCE: 2})
    assert told(pinned, DataGroup.EVIDENCE).pin == 2
    assert told(pinned, DataGroup.EVIDENCE, opener(classes)).pin is None


def test_a_referral_then_opens_it_and_nothing_more_is_promised() -> None:
    evidence = told(opener(CONCERN | {CaseClass.REFERRED}), DataGroup.EVIDENCE)
    assert (evidence.action, [reason.rule for reason in evidence.reasons]) == (Action.SEE, ["R103"])
    assert evidence.openings == ()


def test_a_rule_that_refuses_is_named_and_nothing_would_change_it() -> None:
    health = told(opener(CONCERN), DataGroup.HEALTH)
    assert (health.action, {reason.rule for reason in health.reasons}, health.openings) == (None, {"R105"}, ())
    view = access_view([health], {Relation.OPENER}, frozenset(), ()).groups[0]
    assert [(rule.number, rule.opens) for rule in view.rules] == [("R105", None)]
    assert view.would_change == ()


def test_beside_what_is_open_no_refusal_of_another_relation_is_named() -> None:
    """Whoever both recorded it and treats reads the dates: that treatment alone would not open them is no reason."""
    treating = RecordFacts(NOBODY, NOBODY, Relation.TREATING, CONCERN)
    clocks = told(opener(CONCERN), DataGroup.CLOCKS, treating)
    assert (clocks.action, [reason.rule for reason in clocks.reasons]) == (Action.SEE, ["R101"])
    account = told(opener(CONCERN), DataGroup.ACCOUNT, treating)
    assert (account.action, [reason.rule for reason in account.reasons]) == (Action.SUMMARY, ["R102"])
    assert [(reason.relation, reason.rule) for reason in account.openings] == [(Relation.OPENER, "R103")]


def test_a_refusal_of_the_whole_and_of_the_summary_is_named_once() -> None:
    again = RecordFacts(NOBODY, UUID(int=1), Relation.OPENER, CONCERN)
    health = told(opener(CONCERN), DataGroup.HEALTH, again)
    assert [(reason.relation, reason.rule) for reason in health.reasons] == [(Relation.OPENER, "R105")]


def test_no_rule_is_named_for_a_group_that_its_share_leaves_out() -> None:
    """The evidence is open because it treats; the share that leaves it out opens nothing, and a wider one would not."""
    share = opener(CONCERN | {CaseClass.REFERRED}, frozenset({DataGroup.ACCOUNT}))
    treating = RecordFacts(NOBODY, NOBODY, Relation.TREATING, share.classes)
    evidence = told(share, DataGroup.EVIDENCE, treating)
    assert [(reason.relation, reason.rule) for reason in evidence.reasons] == [(Relation.TREATING, "R106")]
    pinned = replace(share, pins={DataGroup.EVIDENCE: 2})
    assert [reason.rule for reason in told(pinned, DataGroup.EVIDENCE).reasons] == ["R103"]


def test_beside_a_refusal_a_wider_share_is_still_offered() -> None:
    """A refusal speaks of its own relation: what the share leaves out would be open by a wider one."""
    share = opener(CONCERN, frozenset({DataGroup.EVIDENCE}))
    treating = RecordFacts(NOBODY, NOBODY, Relation.TREATING, CONCERN)
    clocks = told(share, DataGroup.CLOCKS, treating)
    assert (clocks.action, [reason.rule for reason in clocks.reasons]) == (None, ["R107"])
    assert clocks.is_narrowed
    assert clocks.openings == ()


def test_what_was_given_leaving_something_out_is_said() -> None:
    given = opener(CONCERN, frozenset({DataGroup.ACCOUNT}))
    clocks = told(given, DataGroup.CLOCKS)
    assert (clocks.action, clocks.is_narrowed) == (None, True)
    assert not told(given, DataGroup.ACCOUNT).is_narrowed
    assert not told(given, DataGroup.EVIDENCE).is_narrowed


def test_all_four_verdicts_are_given() -> None:
    given = set()
    for place in places():
        for actor, facts in readers(place):
            view = access_view(engine.explain(actor, facts), {facts[0].relation}, EVERYTHING, ())
            given |= {one.verdict for one in view.groups}
    assert given == set(Verdict)


def _is_always_read(place: Place, group: DataGroup) -> bool:
    function, relation, level = place
    always = frozenset({CaseClass.ALWAYS})
    return engine.table().decide(function, relation, always, level, group, Action.SEE).allowed


def _allowing() -> set[str]:
    return {row.rule for row in engine.rows() if row.effect is Effect.ALLOW}
