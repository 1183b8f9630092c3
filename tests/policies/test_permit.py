"""What a permit holds: what was asked and allowed, by every way in which the actor stands to the record together."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from policies import engine
from policies.actor import Actor
from policies.permit import Permit, RecordFacts
from policies.rule_files import read_text
from policies.table import Table
from policies.vocabulary import AccessLevel, Action, CaseClass, DataGroup, Function, Relation

ADULT = frozenset({CaseClass.ALWAYS, CaseClass.CASE, CaseClass.ADULT, CaseClass.REFERRED})
CHILD = frozenset({CaseClass.ALWAYS, CaseClass.CASE, CaseClass.CHILD})
CONCERN = frozenset({CaseClass.ALWAYS, CaseClass.CASE, CaseClass.ADULT})
EVERYTHING = frozenset(DataGroup)
RECORD = uuid4()


def someone(function: Function, level: AccessLevel = AccessLevel.PRACTITIONER) -> Actor:
    return Actor(uuid4(), uuid4(), uuid4(), function, level)


def stands(
    relation: Relation,
    scope: frozenset[DataGroup] | None = None,
    pins: dict[DataGroup, int] | None = None,
    classes: frozenset[CaseClass] = ADULT,
) -> RecordFacts:
    return RecordFacts(RECORD, uuid4(), relation, classes, scope, pins or {})


def the_permit(
    function: Function,
    facts: RecordFacts | tuple[RecordFacts, ...],
    asked: frozenset[DataGroup] = EVERYTHING,
    act: Action = Action.SEE,
    to_write: frozenset[DataGroup] = frozenset(),
) -> Permit:
    standings = (facts,) if isinstance(facts, RecordFacts) else facts
    permit = engine.permit(someone(function), standings, asked, act, to_write)
    assert permit is not None
    return permit


AUTHORITY = stands(Relation.DECISION_MAKER)
OFFICER = stands(Relation.REFERRER, classes=CONCERN)


def test_a_permit_holds_what_was_asked_and_allowed_and_core() -> None:
    asked = frozenset({DataGroup.ACCOUNT, DataGroup.SUPPORT_PLAN, DataGroup.DECISIONS})
    permit = the_permit(Function.DECISION_MAKER, AUTHORITY, asked)
    assert permit.see == {DataGroup.CORE, DataGroup.ACCOUNT, DataGroup.DECISIONS}
    assert permit.summary == {DataGroup.SUPPORT_PLAN}
    assert permit.record == frozenset()
    assert permit.rules == ("R103", "R301", "R302", "R303")
    assert (permit.record_id, permit.classes, permit.action) == (RECORD, ADULT, Action.SEE)
    assert permit.involvement_ids == {AUTHORITY.involvement_id}
    assert permit.relations == {Relation.DECISION_MAKER}


def test_a_group_that_was_not_asked_for_is_not_in_the_permit() -> None:
    permit = the_permit(Function.DECISION_MAKER, AUTHORITY, frozenset())
    assert permit.see == {DataGroup.CORE}
    assert permit.summary | permit.record | permit.silent == frozenset()


def test_a_share_reads_only_the_groups_of_its_scope() -> None:
    share = stands(Relation.DECISION_MAKER, scope=frozenset({DataGroup.ACCOUNT}))
    permit = the_permit(Function.DECISION_MAKER, share)
    assert permit.see == {DataGroup.CORE, DataGroup.ACCOUNT}
    assert permit.summary == frozenset()


def test_a_scope_gives_nothing_that_the_matrix_withholds() -> None:
    share = stands(Relation.COLLEAGUE, scope=EVERYTHING, pins={DataGroup.ACCOUNT: 4})
    assert the_permit(Function.DECISION_MAKER, share).see == {DataGroup.CORE}


def test_a_pin_opens_one_version_and_no_summary() -> None:
    scope = frozenset({DataGroup.CORE, DataGroup.CLOCKS})
    opener = stands(Relation.OPENER, scope=scope, pins={DataGroup.ACCOUNT: 1, DataGroup.DECISIONS: 1})
    permit = the_permit(Function.EDUCATION, opener)
    assert permit.see == {DataGroup.CORE, DataGroup.CLOCKS, DataGroup.ACCOUNT}
    assert permit.pins == {DataGroup.ACCOUNT: 1}
    assert permit.summary == frozenset()
    assert the_permit(Function.EDUCATION, opener, frozenset({DataGroup.ACCOUNT})).rules == ("R102", "R211")


def test_the_newest_pin_counts_and_a_live_standing_beats_it() -> None:
    older, newer = (stands(Relation.OPENER, frozenset(), {DataGroup.ACCOUNT: version}) for version in (1, 3))
    assert the_permit(Function.FIRST_RESPONDER, (newer, older)).pins == {DataGroup.ACCOUNT: 3}
    together = the_permit(Function.FIRST_RESPONDER, (older, OFFICER_OF_A_REFERRAL))
    assert together.pins == {}
    assert DataGroup.ACCOUNT in together.see
    assert together.relations == {Relation.OPENER, Relation.REFERRER}


def test_items_open_single_entries_and_nothing_else_of_the_group() -> None:
    one, other = uuid4(), uuid4()
    seen = [_of_items(item) for item in (one, other)]
    permit = the_permit(Function.DECISION_MAKER, tuple(seen))
    assert permit.see == {DataGroup.CORE}
    assert permit.items == {DataGroup.ACCOUNT: {one, other}}
    assert permit.summary | permit.silent == frozenset()
    assert set(permit.rules) == {"R103", "R301"}


def test_items_stand_beside_a_group_that_is_open_as_a_whole() -> None:
    entry = uuid4()
    permit = the_permit(Function.DECISION_MAKER, (_of_items(entry), AUTHORITY))
    assert DataGroup.ACCOUNT in permit.see
    assert permit.items == {DataGroup.ACCOUNT: {entry}}


def test_items_give_nothing_that_the_matrix_withholds() -> None:
    stranger = RecordFacts(RECORD, uuid4(), Relation.COLLEAGUE, ADULT, frozenset(), {}, _one())
    assert the_permit(Function.DECISION_MAKER, stranger).items == {}


def _one() -> dict[DataGroup, frozenset[UUID]]:
    return {DataGroup.ACCOUNT: frozenset({uuid4()})}


def _of_items(item: UUID) -> RecordFacts:
    items = {DataGroup.ACCOUNT: frozenset({item}), DataGroup.SUPPORT_PLAN: frozenset({item})}
    return RecordFacts(RECORD, uuid4(), Relation.DECISION_MAKER, ADULT, frozenset(), {}, items)


OFFICER_OF_A_REFERRAL = stands(Relation.REFERRER)


def test_a_deny_speaks_of_its_own_relation_and_leaves_the_exception_beside_it_open() -> None:
    """Whoever treats somebody and was at the meeting reads its minutes: as the one who was there, and not otherwise."""
    minutes = frozenset({DataGroup.STRATEGY_MINUTES})
    meeting = stands(Relation.ATTENDEE, scope=minutes)
    assert the_permit(Function.HEALTH, stands(Relation.TREATING), minutes).see == {DataGroup.CORE}
    both = the_permit(Function.HEALTH, (stands(Relation.TREATING), meeting), minutes)
    assert both.see == {DataGroup.CORE, DataGroup.STRATEGY_MINUTES}
    assert "R473" in both.rules


def test_a_scope_cannot_carry_a_group_over_to_another_relation() -> None:
    """A share that names minutes opens none, though the same agency reads those of a meeting it was at."""
    share = stands(Relation.RECIPIENT, scope=frozenset({DataGroup.STRATEGY_MINUTES, DataGroup.HEALTH}))
    permit = the_permit(Function.HEALTH, (share, stands(Relation.ATTENDEE, scope=frozenset())))
    assert permit.see == {DataGroup.CORE, DataGroup.HEALTH}
    assert permit.summary == frozenset()


def test_writing_is_all_or_nothing() -> None:
    groups = frozenset({DataGroup.IDENTITY, DataGroup.ACCOUNT})
    officer = someone(Function.FIRST_RESPONDER)
    act = Action.REFERRAL_SUBMIT
    assert the_permit(Function.FIRST_RESPONDER, OFFICER, frozenset(), act, groups).record == groups
    assert engine.permit(officer, [OFFICER], frozenset(), act, groups | {DataGroup.DECISIONS}) is None
    assert engine.permit(officer, [OFFICER], frozenset(), Action.CASE_CLOSE, groups) is None


def test_an_act_that_no_rule_allows_has_no_permit() -> None:
    assert engine.permit(someone(Function.DECISION_MAKER), [AUTHORITY], frozenset(), Action.CASE_CLOSE) is None
    assert engine.permit(someone(Function.HEALTH), [AUTHORITY], frozenset(), Action.SEE) is None


def test_no_standing_and_standings_to_two_records_have_no_permit() -> None:
    authority = someone(Function.DECISION_MAKER)
    elsewhere = RecordFacts(uuid4(), uuid4(), Relation.DECISION_MAKER, ADULT)
    assert engine.permit(authority, [], EVERYTHING, Action.SEE) is None
    assert engine.permit(authority, [AUTHORITY, elsewhere], EVERYTHING, Action.SEE) is None


def test_an_act_without_a_record_opens_no_content() -> None:
    nowhere = stands(Relation.UNRELATED)
    permit = the_permit(Function.EDUCATION, nowhere, EVERYTHING, Action.CASE_OPEN)
    assert permit.see | permit.summary | permit.record == frozenset()
    assert permit.rules == ("R901",)
    for content in (Action.SEE, Action.SUMMARY, Action.RECORD):
        assert engine.permit(someone(Function.EDUCATION), [nowhere], EVERYTHING, content) is None


@pytest.mark.parametrize("function", Function)
@pytest.mark.parametrize("relation", Relation)
def test_an_administrator_gets_no_permit_for_anything(function: Function, relation: Relation) -> None:
    administrator = someone(function, AccessLevel.ADMINISTRATOR)
    for act in Action:
        assert engine.permit(administrator, [stands(relation)], EVERYTHING, act) is None


def test_a_no_that_could_tell_a_hidden_fact_is_silent_whatever_the_fact_is() -> None:
    """Police contact hangs on age and cooperation, which police do not read of every record."""
    for classes in (CONCERN, ADULT):
        permit = the_permit(Function.INVESTIGATING_POLICE, stands(Relation.INVESTIGATING_POLICE, classes=classes))
        assert DataGroup.CONTACT in permit.silent


@pytest.mark.parametrize("classes", [CHILD, ADULT])
def test_a_list_that_opens_for_a_child_is_silent_for_a_child_too(classes: frozenset[CaseClass]) -> None:
    """So that an empty one is like one that is closed."""
    permit = the_permit(Function.CHILDRENS_SERVICES, stands(Relation.SAFEGUARDING_LEAD, classes=classes))
    assert {DataGroup.DECISIONS, DataGroup.INFORMATION_REQUESTS} <= permit.silent


def test_one_standing_whose_no_could_tell_silences_the_group_for_all() -> None:
    police, colleague = stands(Relation.INVESTIGATING_POLICE), stands(Relation.COLLEAGUE)
    for both in ((police, colleague), (colleague, police)):
        assert DataGroup.CONTACT in the_permit(Function.INVESTIGATING_POLICE, both).silent


def test_a_no_that_hangs_on_function_and_relation_alone_is_said_aloud() -> None:
    police = the_permit(Function.INVESTIGATING_POLICE, stands(Relation.INVESTIGATING_POLICE))
    assert {DataGroup.HEALTH, DataGroup.SUPPORT_PLAN} & police.silent == frozenset()
    colleague = the_permit(Function.INVESTIGATING_POLICE, stands(Relation.COLLEAGUE))
    assert colleague.silent == frozenset()


def test_what_one_relation_opens_whole_is_not_given_in_summary_by_another() -> None:
    child = frozenset({CaseClass.ALWAYS, CaseClass.CASE, CaseClass.CHILD, CaseClass.REFERRED})
    both = (stands(Relation.SAFEGUARDING_LEAD, classes=child), stands(Relation.REFERRER, classes=child))
    permit = the_permit(Function.CHILDRENS_SERVICES, both)
    assert DataGroup.SUPPORT_PLAN in permit.see
    assert permit.see & permit.summary == frozenset()


def test_an_act_without_a_record_names_no_involvement() -> None:
    nowhere = RecordFacts(RECORD, None, Relation.UNRELATED, ADULT)
    assert the_permit(Function.EDUCATION, nowhere, act=Action.CASE_OPEN).involvement_ids == frozenset()


def test_nobody_acts_on_a_record_of_which_they_may_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only an act that begins a record needs no sight of it; to be unrelated as well does not help."""
    blind = "p, health, opener|unrelated, always, practitioner, core, case.close, allow, it closes blindly, R101"
    monkeypatch.setattr(engine, "table", lambda: Table(read_text(blind, "test.csv")))
    actor, here = someone(Function.HEALTH), stands(Relation.OPENER)
    assert engine.permit(actor, [here], frozenset(), Action.CASE_CLOSE) is None
    assert engine.permit(actor, [here, stands(Relation.UNRELATED)], frozenset(), Action.CASE_CLOSE) is None
    assert engine.permit(actor, [stands(Relation.UNRELATED)], frozenset(), Action.CASE_CLOSE) is not None


def test_nobody_adds_an_item_to_a_permit() -> None:
    permit = the_permit(
        Function.INVESTIGATING_POLICE, stands(Relation.INVESTIGATING_POLICE), frozenset({DataGroup.CORE})
    )
    items: Any = permit.items  # its type says already that it cannot be written; a cast must not help either
    with pytest.raises(TypeError):
        items[DataGroup.IDENTITY] = frozenset()
