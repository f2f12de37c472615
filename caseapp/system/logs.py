"""A log that says where something went wrong and never what it was about."""

import logging
import logging.handlers
import secrets
import traceback
from pathlib import Path
from types import TracebackType

from typing_extensions import override

from caseapp.system import files

_LOG = logging.getLogger("caseapp")


class _PlacesOnly(logging.Formatter):
    """Writes the places of a failure; its message and values may hold a person and are left out."""

    @override
    def formatException(self, ei: object) -> str:
        kind, _error, trace = ei if isinstance(ei, tuple) else (None, None, None)
        return "\n".join([f"  {getattr(kind, '__name__', kind)}", *_places(trace)])


def start(folder: Path) -> None:
    """Log to a private file of this folder, at most four files of 1 MB."""
    files.private_folder(folder)
    handler = logging.handlers.RotatingFileHandler(
        folder / "caseapp.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
    )
    (folder / "caseapp.log").chmod(0o600)
    handler.setFormatter(_PlacesOnly("%(asctime)s %(levelname)s %(name)s %(message)s"))
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    _LOG.propagate = False


def report(error: BaseException) -> str:
    """Log an unexpected failure; returns the report's id, which a user can pass on."""
    number = secrets.token_hex(4)
    _LOG.error("report %s", number, exc_info=(type(error), error, error.__traceback__))
    return number


def _places(trace: TracebackType | None) -> list[str]:
    return [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]
