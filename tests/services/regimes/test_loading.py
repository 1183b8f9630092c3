"""Rows that contradict each other stop the start, and the message names the place."""

import shutil
from pathlib import Path

import pytest

from services.regimes.loading import ROWS, load
from services.regimes.reading import RowsAreWrongError

ROUTES, CLOCKS, TESTS = "competent_authorities.csv", "clock_definitions.csv", "decision_tests.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROWS, tmp_path / "rows"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_committed_rows_hold_every_promise(folder: Path) -> None:
    assert load(folder) == load()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (ROUTES, "police,2013-04-01,2019-04-29", "police,2013-04-01,2019-05-29", "police-2013.*police-2019.*overlap"),
        (ROUTES, "police,2013-04-01,2019-04-29", "police,2013-04-01,2019-04-28", "police-2013.*police-2019.*a gap"),
        (ROUTES, "police,2013-04-01,2019-04-29", "police,2013-04-01,", "overlap"),
        (ROUTES, "police,2013-04-01,2019-04-29", "police,2013-04-01,2013-04-01", "police-2013-04-01 ends before"),
        (ROUTES, "police,2013-04-01,2019-04-29", "customs,2013-04-01,2019-04-29", "line 3: 'customs'"),
        (ROUTES, "police,2013-04-01,2019-04-29,ukhtc", "police,2013-04-01,2019-04-29,ukba", "leads to ukba"),
        (ROUTES, "police,2021-11-08,,sca", "police,2021-11-08,,ieca", "leads to ieca"),
        (ROUTES, "police,2021-11-08,,sca", "police,2021-11-08,2040-01-01,sca", "nothing follows route-police"),
        (ROUTES, "police,2009-04-01,", "police,2009-04-02,", "different days.*2009-04-01.*2009-04-02"),
        (ROUTES, "police,2009-04-01,", "police,1 April 2009,", "line 2: Invalid isoformat"),
        (ROUTES, "police,2009-04-01,", "police,,", "line 2: a field is empty"),
        (ROUTES, "route-police-2013-04-01", "route-ngo-2013-04-01", "route-ngo-2013-04-01 stands twice"),
        (ROUTES, "2014,seed,\nroute-police-2019", "2014,likely,\nroute-police-2019", "line 3: 'likely'"),
        (ROUTES, "referrer_kind", "nationality", "nationality"),
        (ROUTES, "2019-04-29,ukhtc,UKHTC page c.2014,seed,\nroute-police", "2019-04-29\nroute-police", "line 3"),
        (CLOCKS, "wales,2019-04-29,,target,receipt,5,", "wales,2019-04-29,,target,receipt,0,", "length"),
        (CLOCKS, "wales,2013-04-01,2019-04-29,target", "wales,2013-04-01,2019-04-29,aim", "'aim'"),
        (CLOCKS, "support_period,wales,2023-01-30,,minimum,positive_reasonable_grounds,30,calendar_days,,",
         "support_period,wales,2023-01-30,,minimum,positive_reasonable_grounds,30,calendar_days,scotland,",
         "calendar days have none"),
        (CLOCKS, ",recovery_period,wales,2023-01-30,", ",recovery_period,wales,2023-01-31,", "leave a gap"),
        (CLOCKS, "recovery_period,wales,2009-04-01,", "recovery_period,wales,2009-05-01,", "different days"),
        (TESTS, "reasonable_grounds,2019-04-29,2023-01-30", "reasonable_grounds,2019-04-29,2023-02-30", "day is out"),
        (TESTS, "conclusive_grounds,2009-04-01,,", "conclusive_grounds,2009-04-01,2030-01-01,", "nothing follows test"),
        ("authorities.csv", "2019-04-29,,by_default", "2019-04-30,,by_default", "leads to sca"),
    ],
)  # fmt: skip
def test_a_fault_in_the_rows_stops_the_start(folder: Path, file: str, old: str, new: str, message: str) -> None:
    change(folder / file, old, new)
    with pytest.raises(RowsAreWrongError, match=message):
        load(folder)


@pytest.mark.parametrize(
    ("file", "line_of", "message"),
    [(ROUTES, "route-glaa", "no row for glaa"), (CLOCKS, "northern-ireland", "no row for .* in northern_ireland")],
)
def test_a_promised_row_that_is_missing_stops_the_start(folder: Path, file: str, line_of: str, message: str) -> None:
    lines = (folder / file).read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / file).write_text("".join(line for line in lines if line_of not in line), encoding="utf-8")
    with pytest.raises(RowsAreWrongError, match=message):
        load(folder)
