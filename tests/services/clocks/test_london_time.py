"""What somebody writes is one instant, or a sentence that says why not."""

import pytest

from services.clocks.london_time import NoSuchTimeError, instant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2019-04-28T23:50", "2019-04-28T22:50:00+00:00"),
        (" 2019-01-28 23:50:07 ", "2019-01-28T23:50:07+00:00"),
        ("2019-04-28T23:50Z", "2019-04-28T23:50:00+00:00"),
        ("2019-04-28T23:50+02:00", "2019-04-28T21:50:00+00:00"),
        ("2026-03-29T00:59", "2026-03-29T00:59:00+00:00"),
        ("2026-03-29T02:00", "2026-03-29T01:00:00+00:00"),
        ("2026-10-25T00:59", "2026-10-24T23:59:00+00:00"),
        ("2026-10-25T01:30+00:00", "2026-10-25T01:30:00+00:00"),
    ],
)
def test_a_time_is_londons_unless_a_zone_is_given(written: str, meant: str) -> None:
    assert instant(written).isoformat() == meant


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2026-03-29T01:00", "clocks went forward"),
        ("2026-03-29T01:59", "clocks went forward"),
        ("2026-10-25T01:00", "clocks went back"),
        ("2026-10-25T01:59", "clocks went back"),
        ("2026-02-30T12:00", "There is no 2026-02-30T12:00"),
        ("2026-05-22T24:00", "is no date with a time"),
        ("2026-05-22", "is no date with a time"),
        ("20260522T1200", "is no date with a time"),
        ("2026-05-22T12:00 Europe/Paris", "is no date with a time"),
        ("0001-01-01T00:00+14:00", "There is no"),
        ("9999-12-31T23:59-14:00", "There is no"),
        ("0001-01-01T00:00Z", "There is no"),
        ("\u0662\u0660\u0662\u0666-05-22T12:00", "is no date with a time"),
        ("", "is no date with a time"),
    ],
)
def test_what_names_no_single_instant_is_refused_with_a_remedy(written: str, why: str) -> None:
    with pytest.raises(NoSuchTimeError, match=why) as problem:
        instant(written)
    assert "\n" not in str(problem.value)
