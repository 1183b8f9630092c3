"""T26 to T29: what people can ask for is read from the schema and the routes; each of it runs while access ends, or is
left out for a reason."""

from dataclasses import replace
from itertools import chain
from pathlib import Path

from api.app import create_app
from api.attachment_settings import AttachmentSettings
from api.settings import Settings
from tests.api.test_app import NOWHERE, inventory
from tests.noninterference.language import language
from tests.revocation.left_out import AS, BECAUSE
from tests.revocation.operations import OPERATIONS
from tests.world.platform import SEAL_KEY
from tests.world.template import PUBLIC_URL


def everything() -> set[str]:
    """Every field of Query and Mutation, and every method at every address of the platform as it is served."""
    settings = Settings(NOWHERE, PUBLIC_URL, "production", NOWHERE.replace("_app", "_sign_in"), (SEAL_KEY,))
    app = create_app(replace(settings, attachments=AttachmentSettings(Path("/srv/files"))))
    query, mutation = language().query_type, language().mutation_type
    assert query is not None
    assert mutation is not None
    addresses = {f"{method} {path}" for path, method in inventory(app.routes)}
    return {*query.fields, *mutation.fields, *addresses}


def test_every_kind_of_operation_is_interleaved_or_left_out_for_a_reason() -> None:
    run = {operation.kind for operation in OPERATIONS.values()}
    gone_with = set(chain.from_iterable(AS.values()))

    assert AS.keys() <= run, "what others go with has to run itself"
    assert not gone_with & BECAUSE.keys()
    assert not run & (gone_with | BECAUSE.keys()), "run, and left out"
    assert run | gone_with | BECAUSE.keys() == everything()


def test_what_is_run_writes_where_it_says_so() -> None:
    mutation = language().mutation_type
    assert mutation is not None
    for name, operation in OPERATIONS.items():
        acts = operation.kind in mutation.fields or operation.kind.startswith(("POST ", "DELETE "))
        assert operation.writes == acts, name
