"""Which contact point reaches somebody at a moment: in hours, out of hours, by the nation's own holidays."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.vocabulary import Function
from services.contacts.rules import order, reaches
from services.contacts.views import ContactHours, ContactKind, ContactPointView
from services.regimes.words import Nation

SATURDAY_NIGHT = datetime.fromisoformat("2026-05-30T23:40+01:00")
FRIDAY_NOON = datetime.fromisoformat("2026-05-29T12:00+01:00")
SECOND_OF_JANUARY = datetime.fromisoformat("2026-01-02T12:00+00:00")
moments = st.integers(
    int(datetime(2020, 1, 1, tzinfo=UTC).timestamp()), int(datetime(2028, 12, 1, tzinfo=UTC).timestamp())
).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@pytest.mark.parametrize(
    ("hours", "nation", "at", "expected"),
    [
        (ContactHours.ALWAYS, None, SATURDAY_NIGHT, True),
        (ContactHours.IN_HOURS, None, SATURDAY_NIGHT, False),
        (ContactHours.OUT_OF_HOURS, None, SATURDAY_NIGHT, True),
        (ContactHours.IN_HOURS, None, FRIDAY_NOON, True),
        (ContactHours.OUT_OF_HOURS, None, FRIDAY_NOON, False),
        (ContactHours.IN_HOURS, Nation.SCOTLAND, SECOND_OF_JANUARY, False),
        (ContactHours.IN_HOURS, Nation.WALES, SECOND_OF_JANUARY, True),
    ],
)
def test_somebody_is_there_when_their_hours_say_so(
    hours: ContactHours, nation: Nation | None, at: datetime, expected: bool
) -> None:
    assert reaches(hours, nation, at) is expected


@given(moments, st.sampled_from([None, *Nation]))
def test_at_every_moment_either_the_day_or_the_night_number_reaches(at: datetime, nation: Nation | None) -> None:
    assert reaches(ContactHours.IN_HOURS, nation, at) is not reaches(ContactHours.OUT_OF_HOURS, nation, at)


def test_who_is_there_now_stands_first_then_the_fastest_way() -> None:
    def point(kind: ContactKind, *, now: bool) -> ContactPointView:
        function = Function.CHILDRENS_SERVICES
        return ContactPointView(uuid4(), function, kind, ContactHours.ALWAYS, None, "Desk", "x", None, now)

    post, mail, late = (
        point(ContactKind.POST, now=True),
        point(ContactKind.SECURE_EMAIL, now=True),
        point(ContactKind.TELEPHONE, now=False),
    )

    assert sorted([late, post, mail], key=order) == [mail, post, late]
