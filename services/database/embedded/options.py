"""The server's settings: no network, little in the log, and durable unless it serves tests."""

from pathlib import Path

ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # The log holds no values of a query: personal data stays in the tables.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
FOR_TESTS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
INITIAL = [
    "--username=postgres",
    "--auth=scram-sha-256",
    "--data-checksums",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
]
# Nothing of the caller's surroundings: PGPORT and friends would change the server, secrets have no place in it.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}


def arguments(data: Path, socket_folder: Path, *, for_tests: bool) -> list[str]:
    """What stands behind `postgres`; every setting is an argument of its own, so that spaces need no quotes."""
    settings = {**ALWAYS, **(FOR_TESTS if for_tests else DURABLE), "unix_socket_directories": str(socket_folder)}
    return ["-D", str(data), *(part for name, value in settings.items() for part in ("-c", f"{name}={value}"))]
