"""`python -m api <command>`: each command imports what it needs when it runs, so that all of them start quickly."""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from api.development.refusal import DevelopmentProblemError
from api.settings import Settings, SettingsError
from services.database.embedded.problems import EmbeddedServerError
from services.secret_box import SecretUnreadableError

Port = Annotated[int, typer.Option(help="The port on 127.0.0.1.")]
Host = Annotated[str, typer.Option(help="The address to listen on.")]

cli = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
policy = typer.Typer(no_args_is_help=True, help="The rules: what a change of them would change.")
cli.add_typer(policy, name="policy")


@contextmanager
def one_sentence() -> Iterator[None]:
    """What the person at the keyboard can put right is said in one sentence, without a traceback."""
    try:
        yield
    except (DevelopmentProblemError, EmbeddedServerError, SettingsError, SecretUnreadableError) as problem:
        sys.exit(str(problem))


@cli.command()
def demo(
    port: Port = 8000,
    stop_with_parent: Annotated[bool, typer.Option(help="Also end when the starting process does.")] = False,
) -> None:
    """Serve the invented world: PostgreSQL, the platform, its worker and the development issuers."""
    from api.development import demo as development

    with one_sentence():
        development.run(port, stop_with_parent=stop_with_parent)


@cli.command()
def reset() -> None:
    """Empty the demo."""
    from api.development import demo_folder

    with one_sentence():
        demo_folder.reset(demo_folder.FOLDER)


@cli.command()
def serve(port: Port = 8000, host: Host = "127.0.0.1") -> None:
    """Serve the platform."""
    from api import serving

    with one_sentence():
        Settings.from_environment(signs_in=True)  # said here in a sentence, not by the server in a traceback
        serving.run("api.app:create_app", host, port)


@cli.command()
def issuers(port: Port = 8001) -> None:
    """Serve the demo agencies' identity providers; never in production."""
    from api import serving
    from api.development.issuers import issuers_app_from_environment

    with one_sentence():
        issuers_app_from_environment()
        serving.run("api.development.issuers:issuers_app_from_environment", "127.0.0.1", port)


@cli.command()
def worker() -> None:
    """Carry out what operations left in the outbox, chase what nobody answers, send e-mails."""
    from api.file_errands import file_errands
    from api.mail import mail_room
    from api.settings import service_secret
    from services.database.start_checks import UnsafeDatabaseError
    from services.letters.templates import TemplatesAreWrongError
    from services.notices.worker import run

    with one_sentence():
        settings = Settings.from_environment()
        try:
            asyncio.run(run(settings.app_database_url, service_secret(), mail_room(settings), file_errands()))
        except TemplatesAreWrongError as problem:
            sys.exit(f"The wordings of letters are wrong: {problem}")
        except UnsafeDatabaseError as problem:
            sys.exit(f"The worker does not start. {problem}")


@cli.command()
def sweep_attachments() -> None:
    """Destroy files of ATTACHMENTS_FOLDER that no row needs and that are a day old; for a job that runs daily."""
    from api.attachment_sweep import run

    with one_sentence():
        destroyed, left = asyncio.run(run())
        typer.echo(f"{destroyed} files destroyed.")
        if left:
            sys.exit(f"{left} files could not be destroyed: see to what they may be done to, and run it again.")


@cli.command()
def reseal_attachments() -> None:
    """Seal every file of ATTACHMENTS_FOLDER under the first of PROVIDER_SECRET_KEYS; safe to stop and to run again."""
    from api.attachment_reseal import run

    with one_sentence():
        found = asyncio.run(run(lambda line: typer.echo(line)))
        typer.echo(f"{found.done} files sealed anew; of {found.files} are {len(found.left)} under an older key.")
        for place in found.left:
            typer.echo(f"{place}: still under an older key.")
        for place in found.unreadable:
            typer.echo(f"{place}: opens with none of the keys, or is gone.")
        if found.left or found.unreadable:
            sys.exit("Keep the old key: not every file opens with the first one.")
        typer.echo("Every file opens with the first key.")


@cli.command()
def migrate() -> None:
    """Bring the database of DATABASE_URL to this version: roles, migrations, policy."""
    from api.settings import administrative_database_url, provider_secret_keys, role_passwords
    from services.database.prepare import prepare
    from services.database.sealing import seal_anew
    from services.secret_box import SecretBox

    with one_sentence():
        app, sign_in = role_passwords()
        address, box = administrative_database_url(), SecretBox(provider_secret_keys(required=False))
        asyncio.run(prepare(address, app_password=app, sign_in_password=sign_in))
        asyncio.run(seal_anew(address, box))


@cli.command("import-referral")
def import_referral(
    files: Annotated[list[Path], typer.Argument(help="Submission messages of the public referral form, as JSON.")],
    received_at: Annotated[
        str | None,
        typer.Option(help="When it came, as in 2026-05-22T23:59: London time unless a zone follows."),
    ] = None,
    channel: Annotated[
        str | None, typer.Option(help="How it came: online (without the option), email, fax or post.")
    ] = None,
    case: Annotated[str | None, typer.Option(help="The reference of the concern that it continues.")] = None,
) -> None:
    """Take in messages of the public referral form; without APP_DATABASE_URL, into the running demo."""
    from api import import_referral as importing
    from api.development import demo_folder

    if not os.environ.get("APP_DATABASE_URL"):
        os.environ.update(demo_folder.importer_environment(demo_folder.FOLDER))
    with one_sentence():
        sys.exit(importing.run(files, received_at=received_at, channel=channel, case=case))


@cli.command("send-referrals")
def send_referrals(
    files: Annotated[list[Path], typer.Argument(help="Submission messages of the public referral form, as JSON.")],
    demo: Annotated[
        Path | None, typer.Option(envvar="CONCORDAT_DEMO", help="The running demo's folder; .demo without the option.")
    ] = None,
) -> None:
    """Send messages over HTTP to the running demo, as the machine client of one of its agencies."""
    from api.development import demo_folder, supplier

    with one_sentence():
        sys.exit(supplier.send(files, demo or demo_folder.FOLDER))


@cli.command()
def contract(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail when the file is not current.")] = False,
) -> None:
    """Write the published schema from the code."""
    from api import contract as publishing

    sys.exit(publishing.run(check=check))


@policy.callback()
def _policy() -> None: ...


@policy.command()
def diff(
    old: Annotated[str, typer.Argument(help="A folder of rule files, a compiled table, or a git revision.")],
    new: Annotated[str | None, typer.Argument(help="The same; left out: the rules as they stand here.")] = None,
) -> None:
    """Say who gains or loses what between two sets of rules; the exit code is 1 where anybody does."""
    from api import policy_diff

    sys.exit(policy_diff.run(old, new))


if __name__ == "__main__":
    cli()
