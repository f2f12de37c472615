"""Where things lie on this machine, the same from a checkout, an installation and a one-folder build."""

import sys
from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("caseapp", appauthor=False)


def _root() -> Path:
    bundled = getattr(sys, "_MEIPASS", None)
    return Path(bundled) if bundled else Path(__file__).resolve().parents[2]


def resource(*parts: str) -> Path:
    """A file of the `resources` folder."""
    return _root().joinpath("resources", *parts)


def database_assets(*parts: str) -> Path:
    """A file of the `db` folder: migrations, seed lists."""
    return _root().joinpath("db", *parts)


def data_folder() -> Path:
    """Where a new database goes unless the user says otherwise; on Windows never a roaming profile."""
    return Path(_DIRS.user_data_dir)


def state_folder() -> Path:
    """Window state, logs and other things that can be lost without harm."""
    return Path(_DIRS.user_state_dir)
