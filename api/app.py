"""The one place where the rooms are wired together."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

import httpx2
import structlog
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from api import blank_form, calendar_door, health, letter_door, logging_setup, minutes_page, minutes_pdf
from api.assembly import assemble
from api.attachment_door import BEGINNINGS as FILES
from api.attachment_door import AttachmentDoor
from api.development import letters, page
from api.draft_file_door import DraftFileDoor
from api.faults import log_fault
from api.file_traffic import SECONDS as FILES_SECONDS
from api.file_traffic import Traffic
from api.graphql import Executor as RunsOperations
from api.graphql import GraphQLEndpoint
from api.identity import sign_in, token_endpoint
from api.identity.asking_again import AskingAgain
from api.identity.current import session_secret
from api.identity.providers import open_providers
from api.referral_imports import PATH as IMPORTS
from api.referral_imports import SECONDS as IMPORTS_SECONDS
from api.referral_imports import ReferralImports
from api.settings import Settings
from schema.execution import Executor
from services.attachments.preparing import Reception
from services.attachments.vault import Vault
from services.database import start_checks
from services.letters.templates import templates
from services.people import regime_rows
from services.secret_box import SecretBox
from services.sessions import commands as sign_in_commands
from services.tools import Tools, open_tools

SIGN_IN_CONNECTIONS = 4


def create_app(
    settings: Settings | None = None,
    *,
    transport: httpx2.AsyncBaseTransport | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Starlette:
    """The platform as one ASGI application; `transport` replaces the network towards the identity providers, and
    `clock` the time by which what they published grows old."""
    logging_setup.configure()
    settings = settings or Settings.from_environment(signs_in=True)
    box = SecretBox(settings.provider_secret_keys)
    desk = open_tools(settings.sign_in_database_url, pool_size=SIGN_IN_CONNECTIONS, box=box)
    providers = open_providers(desk, settings.public_url, settings.environment, transport, clock)
    tools = open_tools(settings.app_database_url, box=box)  # plain values go down, never Settings
    tools = replace(tools, ask_provider=AskingAgain(providers, desk).ask)
    app = assemble(
        routes(
            settings,
            tools,
            Executor(tools, cursor_key=settings.cursor_key),
            [
                *token_endpoint.routes(settings.public_url, desk, providers),
                *sign_in.routes(settings, desk, providers, clock),
            ],
        ),
        public_url=settings.public_url,
        longer={IMPORTS: IMPORTS_SECONDS, **dict.fromkeys(FILES, FILES_SECONDS)},
        lifespan=partial(_serving, tools=tools, desk=desk),
    )
    app.state.settings = settings
    app.state.tools = tools
    app.state.desk = desk
    return app


def routes(
    settings: Settings,
    tools: Tools,
    executor: RunsOperations,
    signing_in: Sequence[BaseRoute],
) -> list[BaseRoute]:
    """Every address of the platform; those for development exist in development only."""
    is_development = settings.environment == "development"
    graphql = GraphQLEndpoint(
        executor, find_secret=session_secret, public_url=settings.public_url, introspection=is_development
    )
    return [
        Route("/graphql", graphql),
        Route(IMPORTS, ReferralImports(tools, public_url=settings.public_url)),
        *minutes_pdf.routes(tools),  # before the page, whose address would take any ending for an id
        *minutes_page.routes(tools),
        *calendar_door.routes(tools),
        *letter_door.routes(tools),
        *blank_form.routes(tools),
        *_attachments(settings, tools),
        *health.routes(partial(start_checks.check_quickly, tools.database)),
        *signing_in,
        *((*page.routes(settings), *letters.routes()) if is_development else ()),
    ]


def _attachments(settings: Settings, tools: Tools) -> list[Route]:
    """Nothing where no folder is configured for them."""
    kept = settings.attachments
    if kept.folder is None:
        return []
    vault = Vault(kept.folder, settings.provider_secret_keys)
    traffic = Traffic(tools, Reception(kept.folder, kept.scanner), public_url=settings.public_url)
    return [*AttachmentDoor(traffic, vault).routes(), *DraftFileDoor(traffic, vault).routes()]


@asynccontextmanager
async def _serving(app: Starlette, *, tools: Tools, desk: Tools) -> AsyncIterator[None]:
    """Serve only on a database that protects its rows; give everything back at the end."""
    try:
        await _check_start(tools, desk)
        yield
    finally:
        await tools.close()
        await desk.close()


async def _check_start(tools: Tools, desk: Tools) -> None:
    try:
        templates()
        await start_checks.check(tools.database)
        await start_checks.check_sign_in(desk.database)
        await regime_rows.check_entered(tools)
        await sign_in_commands.check_secrets(desk)
    except Exception as error:
        # Our own checks speak in sentences for the operator; a driver's words may hold an address.
        if type(error).__module__.startswith("services."):
            structlog.get_logger().error("start_refused", reason=str(error))
        else:
            log_fault(error)
        raise
