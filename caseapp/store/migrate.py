"""Brings a file's schema to the one this program knows, in one transaction, and refuses a newer one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from caseapp.domain.errors import CaseAppError
from caseapp.store import engine as engines
from caseapp.store.progress import Watch

HEAD = "0028"
"""The newest revision in `db/migrations/versions`; a test compares the two."""

NEWEST_KEYS = "0028"
"""The newest revision since which the search keys say something else; after a later one they stay."""

_OLDER_KEYS = 1
"""In SQLite's `user_version`: the schema is brought up to date, and the search keys are not yet."""


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
    """Tell whether the schema is an older one, or the keys in the file are; raises NewerSchema or NotOurs."""
    found = revision(engine)
    if found is None:
        raise NotOurs()
    if found > HEAD:
        raise NewerSchema()
    with engine.connect() as connection:
        return found < HEAD or has_older_keys(connection)


def upgrade(engine: Engine, scripts: Path, *, target: str = "head") -> None:
    """Run the revisions in one transaction, so that a kill leaves the old schema or the new one."""
    with engines.once(engine).begin() as connection:
        run(connection, scripts, target)


def upgrade_but_for_keys(engine: Engine, scripts: Path, watch: Watch) -> None:
    """The same for a file in use: one with older search keys counts as older until `keys_written`, too."""
    found = revision(engine) or ""
    before = int(found or 0)
    watch(0, int(HEAD) - before)

    def told(*, step: Any, **_others: object) -> None:
        watch(int(step.up_revision_id) - before, int(HEAD) - before)

    with engines.once(engine).begin() as connection:
        run(connection, scripts, "head", told)
        if found < NEWEST_KEYS:
            connection.exec_driver_sql(f"PRAGMA user_version = {_OLDER_KEYS}")


def keys_written(connection: Connection) -> None:
    """The transaction of this connection writes the keys of this edition."""
    connection.exec_driver_sql("PRAGMA user_version = 0")


def has_older_keys(connection: Connection) -> bool:
    """Tell whether the search keys in the file are those of an older edition."""
    return connection.exec_driver_sql("PRAGMA user_version").scalar() == _OLDER_KEYS


def run(connection: Connection, scripts: Path, target: str, told: Callable[..., None] | None = None) -> None:
    """Run Alembic on a connection that the caller began and commits; `told` is called after each revision."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["told"] = told
    command.upgrade(config, target)
