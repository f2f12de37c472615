"""Brings a file's schema to the one this program knows, in one transaction, and refuses a newer one."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from caseapp.domain.errors import CaseAppError
from caseapp.store import engine as engines

HEAD = "0014"
"""The newest revision in `db/migrations/versions`; a test compares the two."""


class NewerSchema(CaseAppError):
    """The file was last used by a newer edition of the program."""

    code = "database.newer-schema"


class OlderSchema(CaseAppError):
    """The file must be brought up to date, after a backup."""

    code = "database.older-schema"


class NotOurs(CaseAppError):
    """The file opens, but holds none of our tables."""

    code = "database.not-ours"


def revision(engine: Engine) -> str | None:
    """The file's schema revision; None for an empty file."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def check(engine: Engine) -> bool:
    """Tell whether the schema is an older one; raises NewerSchema or NotOurs."""
    found = revision(engine)
    if found is None:
        raise NotOurs()
    if found > HEAD:
        raise NewerSchema()
    return found < HEAD


def upgrade(engine: Engine, scripts: Path, *, target: str = "head") -> None:
    """Run the revisions in one transaction, so that a kill leaves the old schema or the new one."""
    with engines.writing(engine).begin() as connection:
        run(connection, scripts, target)


def run(connection: Connection, scripts: Path, target: str) -> None:
    """Run Alembic on a connection that the caller began and commits."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, target)
