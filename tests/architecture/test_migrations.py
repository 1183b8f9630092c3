"""Migrations form one line, and what is applied to a database is all that stands in the folders."""

from alembic.config import Config
from alembic.script import ScriptDirectory

from services.database.prepare import GATEKEEPER_FILES, ROW_SECURITY_FILE
from tests.architecture.source import ROOT

DATABASE = ROOT / "services" / "database"


def script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(DATABASE / "migrations").replace("%", "%%"))
    return ScriptDirectory.from_config(config)


def test_there_is_one_newest_migration() -> None:
    assert len(script().get_heads()) == 1


def test_a_migrations_file_is_named_by_its_number() -> None:
    names = {path.stem for path in (DATABASE / "migrations" / "versions").glob("[0-9]*.py")}
    revisions = {revision.revision for revision in script().walk_revisions()}

    assert {name.partition("_")[0] for name in names} == revisions
    assert len(names) == len(revisions)
    assert {path.stem for path in (DATABASE / "migrations" / "sql").glob("*.sql")} == names


def test_every_file_of_the_gatekeeper_is_applied() -> None:
    files = {path.name for path in (DATABASE / "gatekeeper").glob("*.sql")}

    assert files == {*GATEKEEPER_FILES, ROW_SECURITY_FILE}
    assert len(GATEKEEPER_FILES) == len(set(GATEKEEPER_FILES))
