"""`python -m tests`: everything that must hold before a change is done, step by step, ending at the first failure."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOTHING_COLLECTED = 5
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
PYTEST = ["-m", "pytest", "-q", "-n", "2"]
MEMORY = Path("/dev/shm")  # noqa: S108 - Linux's file system in memory; a folder in it is this checkout's own
ROOM = 3 * 1024**3  # bytes that must be free before files are kept there; two servers need less than one
STEPS = {
    "Format": ["-m", "ruff", "format", "--check", "--quiet", "."],
    "Lint": ["-m", "ruff", "check", "--quiet", "."],
    "Types": ["-m", "mypy"],
    "Room borders": ["-c", LINT_IMPORTS],
    "Tests": [*PYTEST, "--durations=15", "-m", "not soak"],
    "Contract": ["-m", "api", "contract", "--check"],
}


def main(arguments: list[str]) -> int:
    """All steps; with `soak` the long tests alone; with `record` the contract's examples anew, and nothing else."""
    if arguments == ["record"]:
        return run("Recording", ["-m", "tests.contract.record"])
    with kept_files() as kept:
        if arguments == ["soak"]:
            code = run("Long tests", [*PYTEST, *kept, "-m", "soak", "--timeout", "0"])
            return 0 if code == NOTHING_COLLECTED else code
        for number, (name, step) in enumerate(STEPS.items(), start=1):
            given = kept if name == "Tests" else []
            if code := run(f"{name} ({number} of {len(STEPS)})", [*step, *given]):
                print(f"{name} failed; nothing after it was run.", flush=True)
                return code
    print("Everything holds.")
    return 0


@contextmanager
def kept_files() -> Iterator[list[str]]:
    """Where pytest keeps its files, as its own option: in memory where there is room, else where it likes. A database
    for each test is mostly files that are made and removed; pytest empties what an ended run has left behind."""
    folder = MEMORY / f"concordat-{sha256(str(ROOT).encode()).hexdigest()[:12]}"
    if not has_room():
        yield []
        return
    try:
        yield [f"--basetemp={folder}"]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def has_room() -> bool:
    """Whether the file system in memory is there and both it and the memory have as much left as the tests need."""
    try:
        memory = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
        return min(shutil.disk_usage(MEMORY).free, int(memory["MemAvailable"].split()[0]) * 1024) >= ROOM
    except OSError:  # no Linux, or nothing of this kind
        return False


def run(title: str, arguments: list[str]) -> int:
    """One step in its own process, announced before and timed after."""
    print(f"── {title} …", flush=True)
    started = time.monotonic()
    code = subprocess.call([sys.executable, *arguments], cwd=ROOT)
    print(f"   {time.monotonic() - started:.1f} s", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
