"""`python -m tests`: everything that must hold before a change is done, step by step, ending at the first failure."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOTHING_COLLECTED = 5
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
PYTEST = ["-m", "pytest", "-q", "-n", "2"]
STEPS = {
    "Format": ["-m", "ruff", "format", "--check", "--quiet", "."],
    "Lint": ["-m", "ruff", "check", "--quiet", "."],
    "Types": ["-m", "mypy"],
    "Room borders": ["-c", LINT_IMPORTS],
    "Tests": [*PYTEST, "-m", "not soak"],
    "Contract": ["-m", "api", "contract", "--check"],
}


def main(arguments: list[str]) -> int:
    """All steps; with `soak` the long tests alone; with `record` the contract's examples anew, and nothing else."""
    if arguments == ["record"]:
        return run("Recording", ["-m", "tests.contract.record"])
    if arguments == ["soak"]:
        code = run("Long tests", [*PYTEST, "-m", "soak", "--timeout", "0"])
        return 0 if code == NOTHING_COLLECTED else code
    for number, (name, step) in enumerate(STEPS.items(), start=1):
        if code := run(f"{name} ({number} of {len(STEPS)})", step):
            print(f"{name} failed; nothing after it was run.", flush=True)
            return code
    print("Everything holds.")
    return 0


def run(title: str, arguments: list[str]) -> int:
    """One step in its own process, announced before and timed after."""
    print(f"── {title} …", flush=True)
    started = time.monotonic()
    code = subprocess.call([sys.executable, *arguments], cwd=ROOT)
    print(f"   {time.monotonic() - started:.1f} s", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
