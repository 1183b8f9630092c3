"""The platform as a process of its own behind a real port, beside the one that signs people in for a test."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from tests.world.demo import free_ports
from tests.world.platform import SEAL_KEY, Platform
from tests.world.processes import eventually
from tests.world.template import PUBLIC_URL

ROOT = Path(__file__).parents[2]
# Without what a start checks: the server of tests keeps nothing across a crash, and a start refuses that.
START = """
import sys, uvicorn
uvicorn.run("api.app:create_app", factory=True, port=int(sys.argv[1]), http="httptools", loop="uvloop", lifespan="off",
            ws="none", log_config=None)
"""


@dataclass(frozen=True)
class Served:
    """A serving process."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def status(self, name: str) -> int:
        """What the kernel says of its memory, such as `VmHWM` (the peak), in bytes."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        (line,) = (line for line in lines if line.startswith(f"{name}:"))
        return int(line.split()[1]) * 1024

    def forget_peak(self) -> None:
        """From now on the peak is that of what follows."""
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def open_files(self, folder: Path) -> list[str]:
        """What it holds open below a folder, also what has no name."""
        found = []
        for link in Path(f"/proc/{self.process.pid}/fd").iterdir():
            try:
                found.append(str(link.readlink()))
            except FileNotFoundError:
                continue  # closed since it was listed
        return [path for path in found if path.startswith(str(folder))]

    def answers(self) -> bool:
        """Whether somebody listens already."""
        try:
            return httpx2.get(f"{self.url}/health/live").status_code == 200
        except httpx2.HTTPError:
            return False


@contextmanager
def served(platform: Platform) -> Iterator[Served]:
    """On the platform's database and files, until the block ends."""
    port = free_ports()
    names = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    environment = names | {
        "APP_DATABASE_URL": platform.database.app_url,
        "SIGN_IN_DATABASE_URL": platform.database.sign_in_url,
        "PUBLIC_URL": PUBLIC_URL,
        "PROVIDER_SECRET_KEYS": SEAL_KEY,
        "ATTACHMENTS_FOLDER": str(platform.files),
    }
    command = [sys.executable, "-c", START, str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        found = Served(process, port)
        assert eventually(lambda: found.answers() or process.poll() is not None, 60)
        assert process.poll() is None, "it did not start"
        yield found
    finally:
        process.kill()
        process.wait()
