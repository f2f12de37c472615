"""A file before anything of it is written, the same for every kind of import."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caseapp.domain.imports import ImportSummary
from caseapp.exchange.layouts import Layout


@dataclass(frozen=True, slots=True)
class Looked:
    """What was understood; `reading` goes back to the source that made it."""

    reading: Any
    summary: ImportSummary
    how_read: str
    is_known: bool
    title: str
    columns: tuple[tuple[str, str], ...]
    path: Path
    data: bytes = b""
    """The file itself, of kinds that are small enough to hold."""
    layout: Layout | None = None
    """How an export of calls is read."""
    unsure: tuple[str, ...] = ()
    """What of a proposed layout somebody should look at, a sentence each."""
