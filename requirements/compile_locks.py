"""Compiles every `requirements/*.in` into a lock with hashes for all platforms, without the address of any registry."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
LOCKS = ("uv", "base", "dev")  # dev is compiled against base
OPTIONS = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--python-version", "3.11"]


def main() -> None:
    """What is locked stays as it is unless an `.in` file asks for something else."""
    for name in LOCKS:
        print(f"Locking {name} …", flush=True)
        command = [sys.executable, "-m", "uv", "--quiet", "pip", "compile", *OPTIONS]
        if subprocess.call([*command, f"requirements/{name}.in", "-o", f"requirements/{name}.txt"], cwd=HERE.parent):
            sys.exit(f"requirements/{name}.in could not be locked; what is wrong stands above.")


if __name__ == "__main__":
    main()
