"""The quorum of a moment: a table typed by hand, and what holds for every list of attendances."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.vocabulary import Function
from services.meetings.content import Attendance, Body, Stretch
from services.meetings.rules import judge
from services.meetings.words import Presence
from services.regimes import queries as regimes
from services.regimes.words import MeetingKind, Nation, Profession, Status

TEN = datetime(2026, 4, 14, 9, 0, tzinfo=UTC)  # ten o'clock in London
FUNCTIONS = {
    "social_worker": Function.CHILDRENS_SERVICES,
    "manager": Function.CHILDRENS_SERVICES,
    "police": Function.INVESTIGATING_POLICE,
    "health": Function.HEALTH,
    "education": Function.EDUCATION,
}
FULL = ("social_worker", "manager", "police", "health")


def at(minutes: int) -> datetime:
    return TEN + timedelta(minutes=minutes)


def somebody(
    words: str, arrived: int = 0, left: int | None = None, *, person: str | None = None, chair: bool = False
) -> Attendance:
    """`police`, `health from 0 to 10` and the like, one person each."""
    stretch = Stretch(arrived_at=at(arrived), left_at=None if left is None else at(left))
    return Attendance(
        person=person or f"Invented {words}",
        body=Body(agency=None, name=f"The {words}'s body", function=FUNCTIONS[words]),
        profession=Profession(words),
        presence=Presence.PRESENT,
        stretches=(stretch,),
        is_chair=chair,
        sent_report=False,
    )


def missing(people: Sequence[Attendance], moment: datetime = TEN) -> set[str]:
    quorum = regimes.quorum(MeetingKind.INITIAL, date(2026, 4, 14), Nation.ENGLAND)
    judgement = judge(quorum, people, moment)
    assert judgement.is_quorate is (not judgement.missing)
    assert judgement.row == quorum.row
    return {profession.value for profession in judgement.missing}


ALL_FOUR = [somebody(word) for word in FULL]
TABLE = [
    (ALL_FOUR, set()),
    ([], {*FULL}),
    (ALL_FOUR[:3], {"health"}),
    ([*ALL_FOUR[:3], somebody("education")], {"health"}),
    ([somebody("social_worker"), somebody("police"), somebody("health")], {"manager"}),
    ([somebody("manager", chair=True), somebody("police"), somebody("health")], {"social_worker"}),
    ([somebody("social_worker", chair=True), somebody("police"), somebody("health")], {"social_worker"}),
    ([somebody("social_worker", chair=True, person="The chair"), *ALL_FOUR[:1], *ALL_FOUR[2:]], set()),
]


@pytest.mark.parametrize(("people", "expected"), TABLE)
def test_who_is_missing(people: list[Attendance], expected: set[str]) -> None:
    assert missing(people) == expected


def test_one_person_is_never_two() -> None:
    """The same name for the same body, once as social worker and once as manager."""
    body = Body(agency=None, name="The council", function=Function.CHILDRENS_SERVICES)
    both = [
        Attendance(
            person=name,
            body=body,
            profession=profession,
            presence=Presence.PRESENT,
            stretches=(Stretch(arrived_at=TEN, left_at=None),),
            is_chair=False,
            sent_report=False,
        )
        for name, profession in (("Ella", Profession.SOCIAL_WORKER), (" ella", Profession.MANAGER))
    ]
    assert len(missing([*both, *ALL_FOUR[2:]])) == 1


def test_a_profession_counts_in_its_own_function_only() -> None:
    nurse_of_a_school = Attendance(
        person="Invented",
        body=Body(agency=None, name="A school", function=Function.EDUCATION),
        profession=Profession.HEALTH,
        presence=Presence.PRESENT,
        stretches=(Stretch(arrived_at=TEN, left_at=None),),
        is_chair=False,
        sent_report=False,
    )
    assert missing([*ALL_FOUR[:3], nurse_of_a_school]) == {"health"}


@pytest.mark.parametrize(
    ("minute", "expected"),
    [(5, set()), (10, {"health"}), (20, {"health"}), (30, {"health", "police"}), (40, {"health"}), (-1, {*FULL})],
)
def test_the_nurse_leaves_at_ten_past_ten(minute: int, expected: set[str]) -> None:
    """Tuesday 14 April 2026: the decision at 10:05 is quorate, the agreement at 10:20 is not."""
    police = somebody("police", 0, 25)
    back = replace(police, stretches=(*police.stretches, Stretch(arrived_at=at(35), left_at=None)))
    people = [somebody("social_worker"), somebody("manager", chair=True), somebody("health", 0, 10), back]

    assert missing(people, at(minute)) == expected


ATTENDANCES = st.builds(
    somebody,
    st.sampled_from(sorted(FUNCTIONS)),
    st.integers(0, 20),
    st.one_of(st.none(), st.integers(21, 40)),
    person=st.uuids().map(str),
    chair=st.just(False),
)


@given(st.lists(ATTENDANCES, max_size=30), ATTENDANCES, st.integers(0, 40))
def test_one_more_attendee_never_takes_a_quorum_away(people: list[Attendance], more: Attendance, minute: int) -> None:
    assert missing([*people, more], at(minute)) <= missing(people, at(minute))


@given(st.permutations([*ALL_FOUR, somebody("education"), somebody("manager", chair=True, person="C")]))
def test_the_order_of_the_list_does_not_matter(people: list[Attendance]) -> None:
    assert missing(people) == set()


@given(st.lists(ATTENDANCES, max_size=12), st.integers(0, 40))
def test_who_was_not_there_does_not_count(people: list[Attendance], minute: int) -> None:
    there = [one for one in people if any(stretch.covers(at(minute)) for stretch in one.stretches)]
    assert missing(people, at(minute)) == missing(there, at(minute))


@pytest.mark.parametrize(("nation", "kind"), [*product(Nation, MeetingKind)])
def test_every_nation_and_kind_has_its_row(nation: Nation, kind: MeetingKind) -> None:
    """Wales, Scotland and Northern Ireland start from England's row, and say that nobody verified it."""
    row = regimes.quorum(kind, date(2026, 4, 14), nation)

    assert {profession.value for profession in row.requires} == {*FULL}
    assert (row.status is Status.UNVERIFIED) is (nation is not Nation.ENGLAND or kind is not MeetingKind.INITIAL)
