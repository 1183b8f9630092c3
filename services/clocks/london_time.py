"""Times as people write them: London's, unless a zone is given; never one that was not."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
SHAPE = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?P<zone>Z|[+-](?:0\d|1[0-4]):[0-5]\d)?", re.ASCII
)


class NoSuchTimeError(ValueError):
    """One sentence: what is wrong with the time, and the remedy."""


def instant(written: str) -> datetime:
    """The instant meant, with its zone; what does not name exactly one instant is refused."""
    shaped = SHAPE.fullmatch(written.strip())
    if shaped is None:
        raise NoSuchTimeError(f"{written!r} is no date with a time: write it as in 2019-04-28T23:50.")
    try:
        read = datetime.fromisoformat(shaped[0])
        return read.astimezone(LONDON).astimezone(UTC) if shaped["zone"] else _in_london(read)
    except (OverflowError, ValueError) as problem:
        if isinstance(problem, NoSuchTimeError):
            raise
        raise NoSuchTimeError(f"There is no {shaped[0]}: check the day and the time.") from None


def _in_london(read: datetime) -> datetime:
    """The hour that clocks skip in spring was never; the one they repeat in autumn was twice."""
    earlier, later = (read.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (0, 1))
    if earlier.astimezone(LONDON).replace(tzinfo=None) != read:
        raise NoSuchTimeError(f"London never had a {read.isoformat()}, because clocks went forward: correct the time.")
    if earlier != later:
        raise NoSuchTimeError(
            f"London had {read.isoformat()} twice, because clocks went back: add +01:00 for the first time or +00:00 "
            "for the second."
        )
    return earlier
