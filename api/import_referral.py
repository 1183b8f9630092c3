"""`python -m api import-referral FILE…`: each file is taken in whole or refused whole, and none stops the others."""

import asyncio
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import aclosing
from enum import StrEnum
from pathlib import Path

import typer
from rich.progress import Progress

from api.checked_tools import checked_tools
from api.in_order import in_order
from api.message_file import NoMessageError, read_message
from api.settings import SettingsError, app_database_url, service_secret
from api.taking_in import TOGETHER, Became, NoSessionError, take_in
from services.clocks.london_time import NoSuchTimeError, instant
from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.imports.commands import Arrival, Imported
from services.referrals.choices import Channel
from services.tools import Tools, database_is_away

WRONG_OPTION = 2
AT_ONCE = 3  # transactions: while the database writes one, the messages of the next are being read and checked


class Outcome(StrEnum):
    """What became of a file, as the last line counts it."""

    IMPORTED = "imported"
    KNOWN = "already imported"
    REFUSED = "refused"


Told = tuple[Outcome, list[str]]


def run(files: list[Path], *, received_at: str | None, channel: str | None, case: str | None) -> int:
    """Import the files in order, a line for each; the exit code is 0 only when none was refused."""
    try:
        arrival = _arrival(files, received_at, channel, case)
    except ValueError as problem:
        typer.echo(_plain(str(problem)), err=True)
        return WRONG_OPTION
    return asyncio.run(_import_all(files, arrival, app_database_url(), service_secret()))


def _arrival(files: list[Path], received_at: str | None, channel: str | None, case: str | None) -> Arrival:
    if channel is not None and channel not in list(Channel):
        raise ValueError(f"--channel {channel} is unknown: give {', '.join(Channel)}.")
    if case is not None and len(files) > 1:
        raise ValueError("--case names the concern of one message: give one file with it.")
    if case is not None and not case.strip():
        raise ValueError("--case is empty: give the reference of the concern, or leave the option out.")
    try:
        came = None if received_at is None else instant(received_at)
    except NoSuchTimeError as problem:
        raise ValueError(f"--received-at: {problem}") from None
    return Arrival(channel=Channel(channel or Channel.ONLINE), received_at=came, case=case.strip() if case else None)


async def _import_all(files: list[Path], arrival: Arrival, address: str, secret: str) -> int:
    counted = Counter[Outcome]()
    try:
        async with checked_tools(address, pool_size=AT_ONCE) as tools:
            await _import_some_by_some(tools, files, arrival, secret, counted)
    except Exception as error:
        if not database_is_away(error):
            raise
        typer.echo(_not_reached(len(files) - counted.total()), err=True)
        return 1
    if len(files) > 1:
        typer.echo(", ".join(f"{counted[outcome]} {outcome}" for outcome in Outcome))
    return 1 if counted[Outcome.REFUSED] else 0


async def _import_some_by_some(
    tools: Tools, files: list[Path], arrival: Arrival, secret: str, counted: Counter[Outcome]
) -> None:
    with Progress(transient=True, disable=not _is_watched(files)) as bar:
        task = bar.add_task("Importing", total=len(files))
        some = [files[first : first + TOGETHER] for first in range(0, len(files), TOGETHER)]
        async for told in in_order(some, lambda few: _import_some(tools, secret, few, arrival), AT_ONCE):
            for outcome, lines in told:
                counted[outcome] += 1
                bar.advance(task)
                for line in lines:
                    bar.console.out(_plain(line), highlight=False)


def _not_reached(left: int) -> str:
    return (
        f"The database does not answer, and {left} of the files were not told of: see that it runs and that "
        "APP_DATABASE_URL is right, then give all files again; what was imported stays as it is."
    )


async def _import_some(tools: Tools, secret: str, files: list[Path], arrival: Arrival) -> list[Told]:
    """Together where they can go together, otherwise one by one: no file stops the others."""
    read = [(file, _read(file)) for file in files]
    sent = [(message, arrival) for _, message in read if not isinstance(message, NoMessageError)]
    try:
        async with aclosing(take_in(tools, secret, sent)) as became:
            return [_told(file, one if isinstance(one, NoMessageError) else await anext(became)) for file, one in read]
    except NoSessionError:
        raise SettingsError("CONCORDAT_SERVICE_SECRET names no living session: give the import a new one.") from None


def _read(file: Path) -> object:
    try:
        return read_message(file)
    except NoMessageError as problem:
        return problem


def _told(file: Path, became: Became | NoMessageError) -> Told:
    match became:
        case Imported(reference, _, is_new=True):
            return Outcome.IMPORTED, [f"{file}: imported as {reference}"]
        case Imported(reference):
            return Outcome.KNOWN, [f"{file}: already imported as {reference} (nothing changed)"]
        case NoMessageError():
            return Outcome.REFUSED, [f"{file}: REFUSED, nothing was stored: {became}"]
        case Exception():
            told = (
                f"a fault of the platform ({type(became).__name__}), not of the file. Report it, and try again later."
            )
            return Outcome.REFUSED, [f"{file}: REFUSED, nothing was stored: {told}"]
        case problem:
            return Outcome.REFUSED, [f"{file}: REFUSED, nothing was stored:", *map(_line, _problems(problem))]


def _line(one: Problem) -> str:
    return f"    {one.path or 'the message'}: {one.message} {one.remedy}"


def _problems(found: WorkProblem) -> Iterable[Problem]:
    match found:
        case Invalid(problems):
            return problems
        case Conflict(code, message, remedy):
            return (Problem("", code, message, remedy),)
        case Refused(_, reason):
            return (Problem("", "refused", reason, "Give the import the secret of its own service session."),)
        case NotFound():
            remedy = "Check the reference; without --case the message makes a new case."
            return (Problem("--case", "not_found", "There is no such concern, or it was referred before.", remedy),)


def _plain(line: str) -> str:
    """Names of files and keys come from elsewhere: what would steer a terminal is shown as a question mark."""
    return "".join(sign if sign.isprintable() else "?" for sign in line)


def _is_watched(files: list[Path]) -> bool:
    """Whether somebody waits for several files at a screen; otherwise there is no bar."""
    return len(files) > 1 and sys.stdout.isatty()
