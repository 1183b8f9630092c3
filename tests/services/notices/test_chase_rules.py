"""Chase rules are dated rows: a child's notice is chased within the hour, and a wrong row stops the start."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from policies.vocabulary import Function
from services.notices.rules import ANY, ROWS, Awaits, ChaseRule, CountedIn, Step, chase_rules, rule_for
from services.outbox.kinds import ALWAYS_BY_EMAIL, TASKS, NoticeKind
from services.regimes.reading import RowsAreWrongError, read_rows
from services.regimes.words import Status

TODAY = date(2026, 5, 30)
SATURDAY_NIGHT = datetime.fromisoformat("2026-05-30T23:40+01:00")


@pytest.mark.parametrize("kind", [NoticeKind.CHILD_CONCERN, NoticeKind.CHILD_REFERRAL])
@pytest.mark.parametrize("function", [Function.CHILDRENS_SERVICES, Function.INVESTIGATING_POLICE])
def test_a_childs_notice_is_chased_in_an_hour_and_escalated_in_four_day_and_night(
    kind: NoticeKind, function: Function
) -> None:
    rule = rule_for(kind, function, TODAY)

    assert rule is not None
    assert rule.waits_for is Awaits.ACKNOWLEDGEMENT
    assert rule.due(Step.CHASE, SATURDAY_NIGHT) == SATURDAY_NIGHT + timedelta(hours=1)
    assert rule.due(Step.ESCALATE, SATURDAY_NIGHT) == SATURDAY_NIGHT + timedelta(hours=4)


def test_a_referral_to_be_decided_waits_for_the_office_to_open() -> None:
    rule = rule_for(NoticeKind.REFERRAL_RECEIVED, Function.DECISION_MAKER, TODAY)

    assert rule is not None
    assert rule.due(Step.CHASE, SATURDAY_NIGHT) == datetime.fromisoformat("2026-06-01T17:00+01:00")
    assert rule.due(Step.ESCALATE, SATURDAY_NIGHT) == datetime.fromisoformat("2026-06-02T17:00+01:00")


@pytest.mark.parametrize("kind", sorted(TASKS))
@pytest.mark.parametrize("function", [Function.CHILDRENS_SERVICES, Function.FIRST_RESPONDER])
def test_every_task_is_chased_until_it_is_done_whoever_has_it(kind: NoticeKind, function: Function) -> None:
    rule = rule_for(kind, function, TODAY)

    assert rule is not None
    assert (rule.function, rule.waits_for) == (ANY, Awaits.COMPLETION)


def test_a_chase_is_not_chased_and_other_functions_have_no_rule() -> None:
    assert rule_for(NoticeKind.NOT_ANSWERED, Function.CHILDRENS_SERVICES, TODAY) is None
    assert rule_for(NoticeKind.CHILD_REFERRAL, Function.EDUCATION, TODAY) is None


def test_no_row_pretends_to_be_law() -> None:
    """No published rule says how fast an agency must answer, so every row names the decision page that chose."""
    assert {rule.status for rule in chase_rules()} == {Status.UNVERIFIED}
    assert {rule.source for rule in chase_rules()} == {
        "Decision 0012",
        "Decision 0018",
        "Decision 0028",
        "Decision 0044",
        "Decision 0056",
        "Decision 0059",
        "Decision 0060",
        "Decision 0064",
        "Decision 0067",
    }


def test_what_is_chased_round_the_clock_cannot_be_switched_off() -> None:
    assert {rule.kind for rule in chase_rules() if rule.counted_in is CountedIn.HOURS} <= ALWAYS_BY_EMAIL


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (",60,240,hours", ",240,60,hours"),
        (",60,240,hours", ",0,240,hours"),
        ("childrens_services,2009", "nobody,2009"),
        (",hours,", ",days,"),
    ],
)
def test_a_row_that_makes_no_sense_stops_the_start(tmp_path: Path, old: str, new: str) -> None:
    file = tmp_path / "chase_rules.csv"
    file.write_text(ROWS.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    with pytest.raises(RowsAreWrongError, match="line 2"):
        read_rows(file, ChaseRule)
