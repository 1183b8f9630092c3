"""Whether the demo's two ports are free, said before anything is started."""

import socket
import time
from collections.abc import Callable

from api.development.refusal import DevelopmentProblemError

HOST = "127.0.0.1"
LAST = 65534  # the issuers take the port after it


def require_free(port: int) -> None:
    """The platform's port and the issuers'."""
    if not 0 < port <= LAST:
        raise DevelopmentProblemError(
            f"There is no port {port}: choose one from 1024 to {LAST}, as in `make PORT=8100 demo`."
        )
    for wanted in (port, port + 1):
        try:
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((HOST, wanted))
        except PermissionError:
            raise DevelopmentProblemError(
                f"This user may not use port {wanted}: choose a higher one, as in `make PORT=8100 demo`."
            ) from None
        except OSError:
            raise DevelopmentProblemError(
                f"Port {wanted} is taken (the demo needs {port} and {port + 1}): end what has it, or choose "
                f"another, as in `make PORT={other_than(port)} demo`."
            ) from None


def other_than(port: int) -> int:
    """A port to suggest."""
    return port + 100 if port + 100 <= LAST else 8000


def wait_until_open(port: int, still_trying: Callable[[], None], seconds: float = 60.0) -> None:
    """Until somebody listens; `still_trying` may raise when waiting has no more sense."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            with socket.create_connection((HOST, port), timeout=1):
                return
        except OSError:
            still_trying()
        if time.monotonic() > deadline:
            raise DevelopmentProblemError(
                f"Nothing answered on port {port} after {seconds:.0f} seconds: see .demo/*.log."
            )
        time.sleep(0.05)
