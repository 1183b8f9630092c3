"""`make demo`: one parent owns PostgreSQL, the platform, its worker and the development issuers, and ends them all."""

import asyncio
import json
import os
import secrets
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from api.attachment_settings import FOLDER_VARIABLE
from api.development import demo_folder, ports
from api.development.issuers import PEOPLE_VARIABLE, issuers_url
from api.development.processes import Processes
from api.mail import SMTP_VARIABLE
from api.settings import SEAL_VARIABLE, SERVICE_VARIABLE, administrative_database_url
from services.database.addresses import APP_ROLE, SIGN_IN_ROLE, as_role
from services.database.embedded import child
from services.database.embedded.databases import ensure_database
from services.database.embedded.server import EmbeddedServer

DATABASE = "concordat"
PEOPLE = demo_folder.ROOT / "services" / "demo_world" / "people.json"
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(port: int, *, stop_with_parent: bool, folder: Path = demo_folder.FOLDER) -> None:
    """Serve until Ctrl-C; everything that was started is ended on every way out."""
    if stop_with_parent:
        child.end_with(os.getppid(), signal.SIGTERM)
    with endings_interrupt():
        ports.require_free(port)
        demo_folder.open_folder(folder)
        with database(folder) as (admin_url, check_database), Processes(folder) as processes:
            start(admin_url, port, folder, processes)
            watch(processes, check_database)


def start(admin_url: str, port: int, folder: Path, processes: Processes) -> None:
    """Fill the database, start the children, wait until they answer."""
    from services.demo_world.cases import load

    public_url = f"http://{ports.HOST}:{port}"
    app_password, sign_in_password = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    worker_secret, importer_secret = (demo_folder.secret(folder, service) for service in ("worker", "importer"))
    say("Preparing the database and the invented world …")
    asyncio.run(fill(admin_url, (app_password, sign_in_password), public_url, worker_secret, importer_secret))
    app_database_url = as_role(admin_url, APP_ROLE, app_password)
    asyncio.run(load(app_database_url, importer_secret))
    let_supplier_in(admin_url, public_url, folder)
    say("Starting the platform …")
    address = {"ENVIRONMENT": "development", "PUBLIC_URL": public_url, PEOPLE_VARIABLE: str(PEOPLE)}
    data = {**address, "APP_DATABASE_URL": app_database_url}
    demo_folder.write_importer_environment(folder, {**data, SERVICE_VARIABLE: importer_secret})
    signing_in = {"SIGN_IN_DATABASE_URL": as_role(admin_url, SIGN_IN_ROLE, sign_in_password)}
    files = {  # the worker scans later what came while no scanner answered; CLAMD_URL is whoever starts the demo's
        SEAL_VARIABLE: demo_folder.secret(folder, "provider-secrets"),
        FOLDER_VARIABLE: str((folder / "attachments").resolve()),
    }
    mail = {SMTP_VARIABLE: (folder.resolve() / "mail").as_uri()}  # every e-mail becomes a file, and letters a page
    processes.start("platform", ["serve", "--port", str(port)], {**data, **files, **signing_in, **mail})
    processes.start("development issuers", ["issuers", "--port", str(port + 1)], address)
    processes.start("worker", ["worker"], {**data, **files, **mail, SERVICE_VARIABLE: worker_secret})
    for opening in (port, port + 1):
        ports.wait_until_open(opening, processes.check)
    say(f"Ready: {public_url}  (Ctrl-C ends it, `make reset` empties it)")


def watch(processes: Processes, check_database: Callable[[], None]) -> None:
    """Until Ctrl-C, or until something that the demo needs has ended."""
    while True:
        check_database()
        processes.check()
        time.sleep(0.2)


@contextmanager
def database(folder: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """The administrator's address and a check: DATABASE_URL's server, or ours, which ends with this process."""
    if os.environ.get("DATABASE_URL"):
        say("Using the server of DATABASE_URL.")
        yield administrative_database_url(), lambda: None
        return
    say("Starting PostgreSQL …")
    with EmbeddedServer(demo_folder.database_folder(folder)) as server:
        asyncio.run(ensure_database(server.url("postgres"), DATABASE))
        yield server.url(DATABASE), server.check


async def fill(
    admin_url: str, passwords: tuple[str, str], public_url: str, worker_secret: str, importer_secret: str
) -> None:
    """Roles, migrations, policy and the invented agencies; done again at every start, which changes nothing."""
    from services.database.prepare import prepare
    from services.demo_world.build import build

    await prepare(admin_url, app_password=passwords[0], sign_in_password=passwords[1])
    await build(
        admin_url,
        public_url=public_url,
        issuer_url=issuers_url(public_url),
        worker_secret=worker_secret,
        importer_secret=importer_secret,
    )


def let_supplier_in(admin_url: str, public_url: str, folder: Path) -> None:
    """One agency's system, whose private key is only in the demo's folder and stays the same from start to start."""
    from joserfc.jwk import ECKey

    from services.demo_world.supplier import let_in

    known = demo_folder.supplier(folder).get("key")
    key = ECKey.import_key(known) if known else ECKey.generate_key("P-256", auto_kid=True)
    client = asyncio.run(let_in(admin_url, json.dumps(key.as_dict(private=False))))
    note = {"platform": public_url, "client_id": str(client), "key": key.as_dict(private=True)}
    demo_folder.write_supplier(folder, note)


@contextmanager
def endings_interrupt() -> Iterator[None]:
    """Ctrl-C, `kill` and a closed terminal all end the demo once; a second one cannot interrupt the tidying up."""

    def end(number: int, frame: FrameType | None) -> None:
        for ending in ENDINGS:
            signal.signal(ending, lambda number, frame: None)
        raise KeyboardInterrupt

    for ending in ENDINGS:
        signal.signal(ending, end)
    try:
        yield
    except KeyboardInterrupt:
        say("Ended.")


def say(line: str) -> None:
    """Progress for the person at the keyboard."""
    print(line, flush=True)  # noqa: T201 - a command line program
