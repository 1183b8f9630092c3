"""A PDF or a Word document is stripped in a process of its own, with bounds on memory and time that the system keeps:
what a stranger's file makes a library do ends there. It gets the file through a pipe, and no secret of the platform in
its environment."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import anyio
from anyio.abc import ByteSendStream

from services.attachments.kinds import Kind
from services.attachments.pdf import stripped_pdf
from services.attachments.quarantine import Quarantine
from services.attachments.source import UnreadableError
from services.attachments.word import stripped_word

MOST_MEMORY: Final = 512 * 1024 * 1024
MOST_SECONDS: Final = 60
WAYS: Final = {Kind.PDF: stripped_pdf, Kind.WORD: stripped_word}
"""What is needed whole, and how it is stripped."""
ROOT: Final = Path(__file__).parents[2]


async def strip_apart(kind: Kind, source: Quarantine, into: Quarantine, at_most: int) -> None:
    """From one to the other; unreadable, too slow or too large for the process: UnreadableError."""
    command = [sys.executable, "-m", __name__, kind.value]
    process = await anyio.open_process(command, cwd=ROOT, env={}, stderr=subprocess.DEVNULL)
    try:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the process has no pipes")
        await _give(process.stdin, source.pieces())
        async for piece in process.stdout:
            await anyio.to_thread.run_sync(into.write, piece)
            if into.size >= at_most:
                raise UnreadableError
        if await process.wait() != 0:
            raise UnreadableError
    finally:
        with anyio.CancelScope(shield=True):
            if process.returncode is None:
                process.kill()
            await process.aclose()


async def _give(its_input: ByteSendStream, pieces: Iterator[bytes]) -> None:
    try:
        for piece in pieces:
            await its_input.send(piece)
    except (anyio.BrokenResourceError, anyio.ClosedResourceError) as error:
        raise UnreadableError from error  # it ended before it had all
    await its_input.aclose()


def main() -> int:
    """Strip what comes in; 1: it cannot be read."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    try:
        sys.stdout.buffer.write(WAYS[Kind(sys.argv[1])](sys.stdin.buffer.read()))
    except (UnreadableError, MemoryError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
