"""A port that the demo cannot have is said before anything starts, with a command that works."""

import socket

import pytest

from api.development import ports
from api.development.refusal import DevelopmentProblemError


@pytest.mark.parametrize("before", [0, 1], ids=["the platform's", "the issuers'"])
def test_a_taken_port_is_named_with_the_way_out(before: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(DevelopmentProblemError, match=rf"Port {port} is taken.*`make PORT=\d+ demo`") as refused:
            ports.require_free(port - before)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("port", [-1, 0, 65535, 70000])
def test_a_number_that_is_no_port_is_said(port: int) -> None:
    with pytest.raises(DevelopmentProblemError, match=f"There is no port {port}"):
        ports.require_free(port)


def test_waiting_ends_when_what_was_waited_for_has_died() -> None:
    def died() -> None:
        raise DevelopmentProblemError("It ended.")

    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(DevelopmentProblemError, match="It ended"):
            ports.wait_until_open(closed.getsockname()[1], died)
